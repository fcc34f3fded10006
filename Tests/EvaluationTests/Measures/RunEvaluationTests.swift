import Foundation
import Testing

@testable import Evaluation

@Suite struct RunEvaluationTests {
  private func evaluate(_ judgements: String, _ run: String) throws -> RunEvaluation {
    try RunEvaluation(
      RankedRun(Array(run.utf8), file: "run"), judgements: Judgements(Array(judgements.utf8), file: "qrels"),
      measures: Measure.standard)
  }

  /// The figures are those of ir-measures 0.4.3 with pytrec_eval.
  @Test func tiesMissingTopicsAndUnjudgedDocuments() throws {
    let judgements = "a 0 d1 3\na 0 d2 1\na 0 d3 0\na 0 d4 2\na 0 d5 -1\nb 0 x 1\nc 0 y 0\nd 0 y 1\n"
    var run = "z Q0 d1 1 1 t\na Q0 d3 1 5 t\na Q0 d1 2 4 t\na Q0 d5 3 4 t\na Q0 u 4 3 t\na Q0 d2 5 1 t\nb Q0 x 12 1 t\n"
    for rank in 0..<11 { run += "b Q0 n\(rank) \(rank) \(20 - rank) t\n" }
    let evaluation = try evaluate(judgements, run)
    #expect(evaluation.topics.map(\.text) == ["a", "b", "c", "d"])
    #expect(evaluation.missingTopics.map(\.text) == ["c", "d"])
    #expect(evaluation.unjudgedTopicCount == 1)
    let expected: [String: [Double]] = [
      "nDCG@10": [0.3962428552132234, 0], "nDCG@20": [0.3962428552132234, 0.27023815442731974],
      "MAP": [0.24444444444444446, 0.08333333333333333], "MRR@10": [0.5, 0], "P@5": [0.4, 0],
      "P@10": [0.2, 0], "R@10": [0.6666666666666666, 0], "R@100": [0.6666666666666666, 1],
      "R@1000": [0.6666666666666666, 1],
    ]
    for measure in Measure.standard {
      let values = try #require(expected[measure.description]) + [0, 0]
      for (found, value) in zip(evaluation.values(measure), values) {
        #expect(abs(found - value) < 1e-12, "\(measure)")
      }
      #expect(abs(evaluation.mean(measure) - values.reduce(0, +) / 4) < 1e-12)
    }
  }

  /// Files of random judgements and results against definitions that count ranks one by one.
  @Test(arguments: 1...60) func agreesWithTheDefinitions(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var grades: [Int: [Int: Int]] = [:]
    var scores: [Int: [Int: Float]] = [:]
    for topic in 0...Int.random(in: 0...4, using: &generator) {
      for _ in 0..<Int.random(in: 1...30, using: &generator) {
        grades[topic, default: [:]][Int.random(in: 0..<40, using: &generator)] =
          Int.random(in: -1...3, using: &generator)
      }
      guard topic == 0 || Bool.random(using: &generator) else { continue }
      for _ in 0..<Int.random(in: 1...60, using: &generator) {
        scores[topic, default: [:]][Int.random(in: 0..<80, using: &generator)] =
          Float(Int.random(in: -4...4, using: &generator)) / 4
      }
    }
    let tabbed = Bool.random(using: &generator)
    var judgements = ""
    for (topic, found) in grades {
      for (document, grade) in found {
        judgements += tabbed ? "t\(topic)\td\(document)\t\(grade)\n" : "t\(topic) 0 d\(document) \(grade)\n"
      }
    }
    var lines: [String] = []
    for (topic, found) in scores {
      for (document, score) in found { lines.append("t\(topic) Q0 d\(document) 1 \(score) t\n") }
    }
    let evaluation = try evaluate(judgements, lines.shuffled(using: &generator).joined())
    for (index, topic) in evaluation.topics.enumerated() {
      let number = try #require(Int(topic.text.dropFirst()))
      let definitions = Definitions(grades: grades[number] ?? [:], scores: scores[number] ?? [:])
      for measure in Measure.standard {
        #expect(abs(evaluation.values(measure)[index] - definitions.value(measure)) < 1e-9, "\(measure) of \(topic)")
      }
    }
  }
}

/// The measures as sums over pairs of documents and ranks.
private struct Definitions {
  let grades: [Int: Int]
  let scores: [Int: Float]

  /// One more than the documents that are better, or as good with a greater id.
  private func rank(_ document: Int) -> Int? {
    guard let own = scores[document] else { return nil }
    return 1 + scores.count { $0.value > own || ($0.value == own && "d\($0.key)" > "d\(document)") }
  }

  /// The same with the lesser ids first.
  private func reverseRank(_ document: Int) -> Int? {
    guard let own = scores[document] else { return nil }
    return 1 + scores.count { $0.value > own || ($0.value == own && "d\($0.key)" < "d\(document)") }
  }

  private var relevant: [Int] { grades.filter { $0.value > 0 }.map(\.key) }

  private func found(_ cutoff: Int) -> Double { Double(relevant.count { (rank($0) ?? .max) <= cutoff }) }

  func value(_ measure: Measure) -> Double {
    guard !relevant.isEmpty else { return 0 }
    let total = Double(relevant.count)
    switch measure {
    case .normalizedDiscountedCumulativeGain(let cutoff):
      var gain = 0.0
      for document in relevant {
        guard let rank = rank(document), rank <= cutoff else { continue }
        gain += Double(grades[document] ?? 0) / (log(Double(rank) + 1) / log(2))
      }
      var ideal = 0.0
      var rank = 0
      for grade in [3, 2, 1] {
        for _ in 0..<grades.count(where: { $0.value == grade }) {
          rank += 1
          if rank <= cutoff { ideal += Double(grade) / (log(Double(rank) + 1) / log(2)) }
        }
      }
      return gain / ideal
    case .averagePrecision:
      return relevant.compactMap(rank).map { found($0) / Double($0) }.reduce(0, +) / total
    case .reciprocalRank(let cutoff):
      guard let best = relevant.compactMap(reverseRank).min(), best <= cutoff else { return 0 }
      return 1 / Double(best)
    case .precision(let cutoff): return found(cutoff) / Double(cutoff)
    case .recall(let cutoff): return found(cutoff) / total
    }
  }
}
