import Evaluation
import Retrieval
import Suo

/// Searches for all topics of an experiment, each document ranked by its best passage.
struct TopicsRun {
  let file: String
  let tag: String
  let options: SearchOptions

  /// A document that was found for a topic.
  struct Result {
    let topic: String
    let document: String
    /// Counted from 1.
    let rank: Int
    let score: Float
  }

  /// Prints the run.
  func run(_ location: IndexLocation) throws {
    let run = TrecRun(tag: tag)
    let output = OutputWriter()
    var hasHits = false
    try forEachResult(location) { result in
      try output.line(
        run.line(topic: result.topic, document: result.document, rank: result.rank, score: result.score))
      hasHits = true
    }
    try output.flush()
    if !hasHits { throw CommandError.finished(.nothingFound) }
  }

  /// Hands over the results of all topics, those of one topic best first.
  func forEachResult(_ location: IndexLocation, _ body: (Result) throws -> Void) throws {
    var input = try InputBytes(file)
    let topics = try Topics.read(input.readAll(), file: input.name)
    let index = try location.open()
    for topic in topics {
      // A topic is somebody's question: no character in it has a meaning of its own.
      let query = Query(words: topic.text)
      let documents = try index.withSearcher(options) { searcher throws(RetrievalError) in
        try ranked(query, searcher)
      }
      for (index, document) in documents.enumerated() {
        try body(
          Result(
            topic: topic.identifier, document: document.identifier, rank: index + 1, score: document.score))
      }
    }
  }

  private struct RankedDocument {
    var identifier: String
    var score: Float
  }

  private func ranked(_ query: Query, _ searcher: Searcher) throws(RetrievalError) -> [RankedDocument] {
    let (documents, ranking) = try searcher.searchDocuments(
      query.node, limit: options.limit, language: options.language)
    let reader = searcher.makeHitReader(ranking)
    var ranked: [RankedDocument] = []
    for passages in documents {
      guard let best = passages.first else { continue }
      do {
        ranked.append(RankedDocument(identifier: try reader.documentIdentifier(of: best.passage), score: best.score))
      } catch { throw .index(error) }
    }
    return ranked
  }
}
