import SearchModel
import TextAnalysis

@testable import Retrieval

/// A ranking computed the slow, obvious way: every passage is analyzed and scored against every term.
struct NaiveScorer {
  private struct AnalyzedPassage {
    /// How often each scored or positional key occurs.
    var counts: [[UInt8]: Int] = [:]
    /// The positions of each positional key.
    var positions: [[UInt8]: Set<Int>] = [:]
    var length = 0
  }

  private let passages: [AnalyzedPassage]
  private let averageLength: Float

  /// What a passage is searched by.
  struct Source {
    /// The text, and what stands before it.
    var texts: [String]
    /// What stands above it, and how often it counts.
    var headings: [(text: String, times: Int)] = []
  }

  /// Where headings begin: what is quoted stands before.
  private static let firstOfHeadings = 1 << 31

  init(_ texts: [String], _ description: AnalyzerDescription) throws {
    try self.init(texts.map { Source(texts: [$0]) }, description)
  }

  init(_ sources: [Source], _ description: AnalyzerDescription) throws {
    let analyzer = try Analyzer(description)
    var buffer = TokenBuffer()
    passages = sources.map { source in
      var passage = AnalyzedPassage()
      func add(_ text: String, at start: inout Int) {
        analyzer.analyze(text, into: &buffer)
        for token in buffer.tokens {
          let key = Array(buffer.key(of: token))
          passage.counts[key, default: 0] += 1
          if token.roles.contains(.positional) {
            passage.positions[key, default: []].insert(start + Int(token.position))
          }
          if token.roles.contains(.scored) { passage.length += 1 }
        }
        start += Int(buffer.unitCount) + 100
      }
      var place = 0
      for text in source.texts { add(text, at: &place) }
      place = NaiveScorer.firstOfHeadings
      for heading in source.headings {
        for _ in 0..<heading.times { add(heading.text, at: &place) }
      }
      return passage
    }
    let total = passages.reduce(0) { $0 + $1.length }
    averageLength = total > 0 ? Float(Double(total) / Double(passages.count)) : 1
  }

  /// All matching passages with their scores, best first.
  func rank(_ plan: QueryPlan, _ similarity: BM25) -> [ScoredPassage] {
    passages.indices.compactMap { index in
      guard let score = score(plan, passages[index], similarity) else { return nil }
      return ScoredPassage(passage: index, score: Float(score))
    }.sorted { $0.precedes($1) }
  }

  /// The score of a passage, or nil where it does not match.
  private func score(_ plan: QueryPlan, _ passage: AnalyzedPassage, _ similarity: BM25) -> Double? {
    switch plan {
    case .nothing: return nil
    case .bag(let bag):
      guard bag.drivers.contains(where: { passage.counts[$0.key] != nil }) else { return nil }
      return (bag.drivers + bag.boosters).reduce(0.0) { sum, term in
        guard let frequency = passage.counts[term.key] else { return sum }
        return sum + contribution(term.weight * weight(term.key, similarity), frequency, passage, similarity)
      }
    case .phrase(let phrase):
      func count(_ passage: AnalyzedPassage) -> Int {
        occurrences(of: phrase.units, in: passage, reachesHeadings: phrase.reachesHeadings)
      }
      let frequency = count(passage)
      guard frequency > 0 else { return nil }
      let holding = passages.reduce(0) { $0 + (count($1) > 0 ? 1 : 0) }
      let weight =
        similarity.model == .fts5
        ? weight(holding, similarity) : phrase.units.reduce(0) { $0 + self.weight($1, similarity) }
      return contribution(weight, frequency, passage, similarity)
    case .prefix(let prefix):
      func count(_ passage: AnalyzedPassage) -> Int {
        passage.counts.keys.filter { $0.starts(with: prefix.key) }.reduce(0) {
          $0 + occurrences(of: prefix.units.dropLast() + [$1], in: passage, reachesHeadings: true)
        }
      }
      let frequency = count(passage)
      guard frequency > 0 else { return nil }
      let holding = passages.reduce(0) { $0 + (count($1) > 0 ? 1 : 0) }
      return contribution(weight(holding, similarity), frequency, passage, similarity)
    case .unscored(let inner):
      return score(inner, passage, similarity).map { _ in 0 }
    case .boolean(let required, let optional, let prohibited):
      var sum = 0.0
      for inner in required {
        guard let part = score(inner, passage, similarity) else { return nil }
        sum += part
      }
      let parts = optional.compactMap { score($0, passage, similarity) }
      if required.isEmpty && parts.isEmpty { return nil }
      if prohibited.contains(where: { score($0, passage, similarity) != nil }) { return nil }
      return parts.reduce(sum, +)
    }
  }

  private func occurrences(of units: [[UInt8]], in passage: AnalyzedPassage, reachesHeadings: Bool) -> Int {
    guard let first = passage.positions[units[0]] else { return 0 }
    return first.filter { start in
      guard reachesHeadings || start < NaiveScorer.firstOfHeadings else { return false }
      return units.enumerated().allSatisfy { passage.positions[$0.element]?.contains(start + $0.offset) ?? false }
    }.count
  }

  private func weight(_ key: [UInt8], _ similarity: BM25) -> Float {
    weight(passages.reduce(0) { $0 + ($1.counts[key] == nil ? 0 : 1) }, similarity)
  }

  private func weight(_ holding: Int, _ similarity: BM25) -> Float {
    similarity.scale
      * similarity.inverseDocumentFrequency(passages: passages.count, documentFrequency: holding)
  }

  private func contribution(
    _ weight: Float, _ frequency: Int, _ passage: AnalyzedPassage, _ similarity: BM25
  ) -> Double {
    let norm = similarity.inverseNorm(length: UInt32(passage.length), averageLength: averageLength)
    return Double(weight - weight * similarity.gainedPart / (1 + Float(frequency) * norm))
  }
}
