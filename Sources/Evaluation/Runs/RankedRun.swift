/// The documents that a search engine found for each topic.
///
/// Their order comes from the scores; the ranks that a file names, and the order of its lines, mean nothing.
package struct RankedRun: Sendable {
  /// A document with its score.
  package struct Result: Sendable, Equatable {
    package let document: Identifier
    package let score: Double
  }

  /// What the run is called in tables and messages.
  package let name: String
  private let results: [Identifier: [Result]]

  /// Reads a run in the form of TREC: `qid Q0 docid rank score tag`. The file may be compressed by gzip.
  ///
  /// - Parameter file: the name of the run and for messages.
  package init(_ bytes: [UInt8], file: String) throws(EvaluationError) {
    var builder = RankedRunBuilder(name: file)
    try RecordLines(bytes, file: file).forEach { line throws(EvaluationError) in
      let words = line.words
      guard words.count == 6 else { throw .malformedResult(file: file, line: line.number, words: words.count) }
      guard let score = Double(words[4]), score.isFinite else {
        throw .malformedScore(file: file, line: line.number, text: String(words[4]))
      }
      builder.add(
        topic: Identifier(String(words[0])), document: Identifier(String(words[2])), score: score,
        line: line.number)
    }
    guard !builder.isEmpty else { throw .noResults(file: file) }
    self = try builder.finish()
  }

  init(name: String, results: [Identifier: [Result]]) {
    self.name = name
    self.results = results
  }

  /// The topics that have a result.
  package var topics: some Collection<Identifier> { results.keys }

  /// The results of a topic, best first; nil where there are none.
  package func results(of topic: Identifier, ties: TieOrder) -> [Result]? {
    results[topic]?.sorted(by: ties.precedes)
  }

  /// Whether there are results of a topic.
  package func contains(_ topic: Identifier) -> Bool { results[topic] != nil }
}
