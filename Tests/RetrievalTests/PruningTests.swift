import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// Leaving out what cannot be among the hits changes nothing of the hits.
@Suite struct PruningTests {
  private let methods: [UnionMethod] = [.pruned, .exhaustive, .lessWork, .pruned]

  /// Texts of words whose frequencies fall as Zipf's law has it, in stretches that favour other words.
  private func texts(_ generator: inout SeededGenerator, count: Int) -> [String] {
    (0..<count).map { number in
      let favourite = number / 700 % 40
      return (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        generator.chance(0.1) ? "w\(favourite)" : "w\(Int(200 / Double.random(in: 1...200, using: &generator)))"
      }.joined(separator: " ")
    }
  }

  @Test(arguments: 0..<9)
  func prunedSearchFindsWhatAnExhaustiveOneFinds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let index = try BuiltIndex(texts(&generator, count: 9000), analyzer: .whitespace)
    let model = ScoringModel.allCases[Int(seed)]
    let similarity =
      seed % 2 == 0 ? BM25(model) : BM25(model, k1: Float.random(in: 0...3, using: &generator), b: 0.3)
    let comparison = try StepwiseComparison(index.reader, similarity: similarity)
    for number in 0..<80 {
      comparison.searcher.unions = methods[number % methods.count]
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
        try comparison.expectTheSame(query, limit: limit, "seed \(seed), query \(number)")
      }
    }
  }

  @Test(arguments: 0..<4)
  func weighedTermsArePrunedAlike(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 500 + seed)
    let reader = try BuiltIndex(corpus.texts(count: 3000, longest: 8)).reader
    let searcher = try Searcher(reader)
    let stepwise = try Searcher(reader)
    stepwise.isStepwise = true
    for number in 0..<100 {
      searcher.unions = methods[number % methods.count]
      let query = QueryNode.group(
        (0..<corpus.number(1...5)).map { _ in
          QueryClause(.optional, .word(corpus.piece() + ["", "什么", "的", "谁"][corpus.number(0...3)]))
        })
      for limit in [1, 10, 200] {
        let expected = try stepwise.search(query, limit: limit)
        let context = "seed \(seed), query \(number), limit \(limit): \(query)"
        #expect(try searcher.search(query, limit: limit, countsAll: false).hits == expected.hits, "\(context)")
        #expect(try searcher.search(query, limit: limit).total == expected.total, "\(context)")
      }
    }
  }

  /// A byte of what is kept of a frequent word does not hold these frequencies.
  @Test func wordsThatOccurManyTimesInAPassageAreScoredExactly() throws {
    var generator = SeededGenerator(seed: 79)
    let texts = (0..<4000).map { number in
      let words = (0..<9).map { _ in "w\(Int.random(in: 0..<12, using: &generator))" }
      let repeated = number % 900 == 7 ? [254, 255, 256, 300, 700][number / 900] : 0
      return (words + [String](repeating: "w3", count: repeated)).joined(separator: " ")
    }
    let comparison = try StepwiseComparison(BuiltIndex(texts, analyzer: .whitespace).reader)
    comparison.searcher.unions = .pruned
    for number in 0..<40 {
      let words = ["w3", "w\(number % 12)", "w\(number % 7)"]
      let query = QueryNode.group(words.map { QueryClause(.optional, .word($0)) })
      for limit in [1, 10, 1000] { try comparison.expectTheSame(query, limit: limit, "query \(number)") }
    }
  }

  @Test func boostersAloneMatchNothing() throws {
    var generator = SeededGenerator(seed: 77)
    let characters = Array("焦虑症抑郁睡眠记忆")
    let texts = (0..<9000).map { _ in
      String((0..<Int.random(in: 1...12, using: &generator)).map { _ in generator.pick(characters) })
    }
    let reader = try BuiltIndex(texts).reader
    let searcher = try Searcher(reader)
    let stepwise = try Searcher(reader)
    stepwise.isStepwise = true
    for _ in 0..<60 {
      let run = String((0..<Int.random(in: 2...5, using: &generator)).map { _ in generator.pick(characters) })
      let expected = try stepwise.search(.word(run), limit: 20)
      let pruned = try searcher.search(.word(run), limit: 20, countsAll: false)
      #expect(pruned.hits == expected.hits, "\(run)")
      #expect(try searcher.search(.word(run), limit: 20).total == expected.total, "\(run)")
    }
  }

  @Test func manyTermsAreAddedUp() throws {
    var generator = SeededGenerator(seed: 78)
    let reader = try BuiltIndex(texts(&generator, count: 2000), analyzer: .whitespace).reader
    let searcher = try Searcher(reader)
    let stepwise = try Searcher(reader)
    stepwise.isStepwise = true
    for count in [40, 500, 3000] {
      let words = (0..<count).map { "w\($0 % 400 + $0 / 400 * 1000)" }
      let query = QueryNode.group((words + (0..<1500).map { "absent\($0)" }).map { QueryClause(.optional, .word($0)) })
      for limit in [10, 1000] {
        let expected = try stepwise.search(query, limit: limit).hits
        for method in methods {
          searcher.unions = method
          #expect(
            try searcher.search(query, limit: limit, countsAll: false).hits == expected, "\(count) words, \(method)")
        }
      }
    }
  }
}
