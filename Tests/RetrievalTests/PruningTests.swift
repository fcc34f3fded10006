import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// Leaving out what cannot be among the hits changes nothing of the hits.
@Suite struct PruningTests {
  /// Texts of words whose frequencies fall as Zipf's law has it, in stretches that favour other words.
  private func texts(_ generator: inout SeededGenerator, count: Int) -> [String] {
    (0..<count).map { number in
      let favourite = number / 700 % 40
      return (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        generator.chance(0.1) ? "w\(favourite)" : "w\(Int(200 / Double.random(in: 1...200, using: &generator)))"
      }.joined(separator: " ")
    }
  }

  @Test(arguments: 0..<6)
  func prunedSearchFindsWhatAnExhaustiveOneFinds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let index = try BuiltIndex(texts(&generator, count: 9000), analyzer: .whitespace)
    let similarity = seed % 2 == 0 ? BM25() : BM25(k1: Float.random(in: 0...3, using: &generator), b: 0.3)
    let searcher = try Searcher(index.reader, similarity: similarity)
    for number in 0..<120 {
      let words = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        // Mostly frequent words, so that conjunctions and phrases have matches.
        "w\(Int(210 / Double.random(in: 1...210, using: &generator)))"
      }
      let query: QueryNode =
        switch number % 3 {
        case 0: .group(words.map { QueryClause(.optional, .word($0)) })
        case 1: .group(words.prefix(3).map { QueryClause(.required, .word($0)) })
        default: .phrase(words.prefix(3).joined(separator: " "))
        }
      for limit in [1, 10, 100, 1000] {
        let all = try searcher.search(query, limit: limit)
        let pruned = try searcher.search(query, limit: limit, countsAll: false)
        #expect(pruned.hits == all.hits, "seed \(seed), query \(number), limit \(limit): \(query)")
        #expect(pruned.total.value <= all.total.value)
      }
    }
  }

  @Test func boostersAloneMatchNothing() throws {
    var generator = SeededGenerator(seed: 77)
    let characters = Array("焦虑症抑郁睡眠记忆")
    let texts = (0..<9000).map { _ in
      String((0..<Int.random(in: 1...12, using: &generator)).map { _ in generator.pick(characters) })
    }
    let searcher = try Searcher(try BuiltIndex(texts).reader)
    for _ in 0..<60 {
      let run = String((0..<Int.random(in: 2...5, using: &generator)).map { _ in generator.pick(characters) })
      let all = try searcher.search(.word(run), limit: 20)
      let pruned = try searcher.search(.word(run), limit: 20, countsAll: false)
      #expect(pruned.hits == all.hits, "\(run)")
    }
  }
}
