import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// Searches in an index whose documents lie in another order than they came in.
@Suite struct ReorderedIndexTests {
  private func documents(_ corpus: inout RandomCorpus, count: Int) -> [Document] {
    (0..<count).map { number in
      Document(
        id: "document-\(number)", path: "\(number % 7).md", title: number % 3 == 0 ? corpus.piece() : "",
        titleIsSeparate: true, fields: [Field(name: "tag", value: .keyword(corpus.piece()))],
        passages: corpus.texts(count: corpus.number(0...3), longest: 12).enumerated().map { line, text in
          Passage(
            text: text, range: 0..<text.utf8.count, line: line + 1, headings: [corpus.piece()],
            language: [.english, .chinese][number % 2])
        })
    }
  }

  /// The hits without their ranks; of equal scores in the order of the documents' ids.
  private func hits(_ searcher: Searcher, _ ranking: Ranking) throws -> [SearchHit] {
    let reader = searcher.makeHitReader(ranking)
    return try ranking.hits.map { try reader.hit($0, rank: 0) }.sorted {
      ($1.score, $0.id, $0.passage) < ($0.score, $1.id, $1.passage)
    }
  }

  @Test(arguments: 0..<12)
  func queriesFindTheSameAsWithoutReordering(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 900 + seed)
    let analyzer = AnalyzerDescription.builtIn[Int(seed) % AnalyzerDescription.builtIn.count]
    let documents = documents(&corpus, count: seed == 0 ? 900 : corpus.number(1...150))
    let storesTexts = seed % 3 != 2
    let similarity = corpus.similarity()
    let plain = try Searcher(
      BuiltIndex(documents: documents, analyzer: analyzer, storesTexts: storesTexts).reader, similarity: similarity)
    let reordered = try Searcher(
      BuiltIndex(documents: documents, analyzer: analyzer, storesTexts: storesTexts, reordersDocuments: true).reader,
      similarity: similarity)
    for number in 0..<25 {
      let query = corpus.query()
      let language: Language? = number % 4 == 3 ? .chinese : nil
      let label: Comment = "seed \(seed), query \(number): \(query)"
      let expected = try plain.search(query, limit: 10_000, language: language)
      let found = try reordered.search(query, limit: 10_000, language: language)
      #expect(found.total == expected.total, label)
      #expect(try hits(reordered, found) == hits(plain, expected), label)
      let few = try reordered.search(query, limit: 5, language: language, countsAll: false)
      #expect(few.hits == Array(found.hits.prefix(5)), label)
      #expect(try reordered.count(query) == plain.count(query), label)
    }
  }
}
