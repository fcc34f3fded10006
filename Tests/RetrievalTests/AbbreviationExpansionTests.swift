import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// Abbreviations that texts declare are found by their long forms, and long forms by their abbreviations.
@Suite struct AbbreviationExpansionTests {
  private static let texts = [
    "The dorsolateral prefrontal cortex (DLPFC) plans.",
    "Stimulation of the DLPFC helps.",
    "The dorsolateral prefrontal cortices in sleep.",
    "People who drink from the well of sleep.",
    "Who said that? Those who know.",
    "WHO (World Health Organization) said so.",
    "They who wait, and the cats who sleep.", "Whoever it was who called, and who did not.",
    "The one who sleeps.", "A man who dreams.", "Someone who counts.", "A child who sings.",
    "A panic disorder (PD) is treated.", "Another panic disorder (PD) too.", "Parkinson disease (PD) is another.",
    "Health for the world.",
  ]

  private func found(
    _ query: String, expands: Bool = true, in texts: [String] = texts, by analyzer: AnalyzerDescription = .bilingual
  ) throws -> [Int] {
    let index = try BuiltIndex(texts, analyzer: analyzer)
    let searcher = try Searcher(index.reader)
    searcher.expandsAbbreviations = expands
    return try searcher.search(QueryParser.parse(query), limit: 100).hits.map(\.passage).sorted()
  }

  private func terms(_ query: String, in texts: [String] = texts) throws -> [String: Float] {
    let index = try BuiltIndex(texts)
    guard case .bag(let bag) = try Searcher(index.reader).search(QueryParser.parse(query), limit: 1).plan else {
      return [:]
    }
    return [String: Float](
      uniqueKeysWithValues: bag.drivers.map { (String(decoding: $0.key, as: UTF8.self), $0.weight) })
  }

  @Test(arguments: [AnalyzerDescription.bilingual, .english])
  func `Each form finds the other`(analyzer: AnalyzerDescription) throws {
    #expect(try found("DLPFC", by: analyzer) == [0, 1, 2])
    #expect(try found("DLPFC", expands: false, by: analyzer) == [0, 1])
    #expect(try found("dorsolateral prefrontal cortex", by: analyzer) == [0, 1, 2])
    #expect(try found("dorsolateral prefrontal cortex", expands: false, by: analyzer) == [0, 2])
    #expect(try found("DLPFC OR Parkinson", by: analyzer).contains(2))
    #expect(try found("DLPFC lang:und", by: analyzer) == [0, 1, 2])
    #expect(try found("DLPFC -plans", by: analyzer) == [1, 2])
  }

  @Test func `What is quoted or demanded is meant as it stands`() throws {
    for query in ["\"DLPFC\"", "+DLPFC", "DLP*", "DLPFC AND stimulation", "\"dorsolateral prefrontal cortex\""] {
      #expect(try found(query) == found(query, expands: false), "\(query)")
    }
    // Something else between the words divides the long form.
    let divided = "dorsolateral prefrontal \"in\" cortex"
    #expect(try found(divided) == found(divided, expands: false))
  }

  @Test func `A word in small letters is expanded unless it is an ordinary one`() throws {
    #expect(try found("dlpfc") == [0, 1, 2])
    #expect(try !found("who").contains(15))
    #expect(try found("WHO").contains(15))
    #expect(try !found("Who").contains(15))
  }

  @Test func `Other forms never weigh more than the word and divide its share by their declarations`() throws {
    let terms = try terms("PD")
    #expect(terms["spd"] == 1)
    let panic = try #require(terms["spanic"])
    let parkinson = try #require(terms["sparkinson"])
    #expect(panic > parkinson && panic < 0.25 && terms["sdisord"] == panic && terms["sdiseas"] == parkinson)
    let both = try self.terms("PD panic")
    #expect(both["spanic"] == 1 && both["sdisord"] == panic)
    #expect(try self.terms("panic disorder")["spd"].map { $0 > 0 && $0 < 0.25 } == true)
    // Both forms in one query leave nothing to add.
    #expect(try self.terms("PD panic disorder Parkinson disease").values.allSatisfy { $0 == 1 })
  }

  @Test func `The longest long form is taken`() throws {
    let texts = ["heart rate (HR)", "heart rate variability (HRV)", "HR", "HRV"]
    #expect(try terms("heart rate variability", in: texts).keys.sorted() == ["sheart", "shrv", "srate", "svariabl"])
    #expect(try terms("heart rate", in: texts).keys.sorted() == ["sheart", "shr", "srate"])
  }

  @Test func `An explanation names the declaration`() throws {
    let index = try BuiltIndex(Self.texts)
    let searcher = try Searcher(index.reader)
    let ranking = try searcher.search(.word("DLPFC"), limit: 10)
    let explanation = try searcher.explain(#require(ranking.hits.first { $0.passage == 2 }), ranking)
    #expect(
      explanation.details.allSatisfy {
        $0.description.contains("by the abbreviation dlpfc of dorsolater prefront cortex")
      })
    #expect(explanation.details.count == 2)
  }

  /// The engine's scores of expanded queries are those of the slow scorer, for any number of threads.
  @Test(arguments: 0..<12) func `Expanded queries rank as the slow scorer ranks them`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "heart rate (HR)", "HR", "heart", "rate", "sleep", "panic disorder (PD)", "Parkinson disease (PD)", "PD", "panic",
      "disease", "睡眠", "HRV (heart rate variability)", "variability",
    ]
    func text(_ count: Int) -> String { (0..<count).map { _ in generator.pick(pieces) }.joined(separator: " ") }
    let texts = (0..<200).map { _ in text(Int.random(in: 1...8, using: &generator)) }
    let index = try BuiltIndex(texts)
    let other = try BuiltIndex(texts, threads: 3)
    #expect(index.reader.manifest.segments.map(\.file) == other.reader.manifest.segments.map(\.file))
    let oracle = try NaiveScorer(texts, .bilingual)
    let searcher = try Searcher(index.reader)
    var expanded = 0
    for number in 0..<20 {
      let query = QueryParser.plainText(text(Int.random(in: 1...4, using: &generator)).filter { !"()".contains($0) })
      let ranking = try searcher.search(query, limit: 10, countsAll: number % 2 == 0)
      #expect(ranking.hits == Array(oracle.rank(ranking.plan, searcher.similarity).prefix(10)), "\(seed): \(query)")
      if case .bag(let bag) = ranking.plan, bag.drivers.contains(where: { $0.declaration != nil }) { expanded += 1 }
    }
    #expect(expanded > 0)
  }
}
