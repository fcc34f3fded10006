import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// The engine's rankings equal those of the slow scorer: the same passages in the same order with the same scores.
@Suite struct RankingOracleTests {
  @Test(arguments: 0..<40)
  func randomQueriesRankAsTheSlowScorerDoes(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let analyzer = AnalyzerDescription.builtIn[Int(seed) % AnalyzerDescription.builtIn.count]
    let texts = corpus.texts(count: corpus.number(1...60), longest: corpus.number(1...40))
    try compare(&corpus, texts, analyzer, queries: 25, "seed \(seed)")
  }

  @Test(arguments: 100..<104)
  func longPostingsRankAsTheSlowScorerDoes(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let texts = corpus.texts(count: 1500, longest: 12)
    try compare(&corpus, texts, .bilingual, queries: 12, "seed \(seed)")
  }

  private func compare(
    _ corpus: inout RandomCorpus, _ texts: [String], _ analyzer: AnalyzerDescription, queries: Int, _ label: String
  ) throws {
    let index = try BuiltIndex(texts, analyzer: analyzer)
    let oracle = try NaiveScorer(texts, analyzer)
    let similarity = corpus.similarity()
    let searcher = try Searcher(index.reader, similarity: similarity)
    for number in 0..<queries {
      searcher.weighsTerms = number % 4 != 0
      let query = corpus.query()
      let limit = [1, 10, 1000][number % 3]
      let ranking = try searcher.search(query, limit: limit)
      let expected = oracle.rank(ranking.plan, similarity)
      #expect(ranking.hits == Array(expected.prefix(limit)), "\(label), query \(number): \(query)")
      #expect(ranking.total.value == expected.count, "\(label), query \(number): \(query)")
      #expect(try searcher.count(query) == ranking.total.value, "count, \(label), query \(number): \(query)")
      let pruned = try searcher.search(query, limit: limit, countsAll: false)
      #expect(pruned.hits == ranking.hits, "pruned, \(label), query \(number): \(query)")
    }
  }
}
