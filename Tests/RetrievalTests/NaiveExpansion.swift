import SearchModel
import TextAnalysis

@testable import Retrieval

/// Feedback computed the slow, obvious way: every term of the index has its mean over the best passages, in doubles.
struct NaiveExpansion {
  /// How often each scored term stands in each passage.
  private var passages: [[[UInt8]: Int]] = []
  private var lengths: [Int] = []

  /// - Parameter texts: of each passage the text, and what is searched with it.
  init(_ texts: [[String]], _ description: AnalyzerDescription) throws {
    let analyzer = try Analyzer(description)
    var buffer = TokenBuffer()
    for parts in texts {
      var counts: [[UInt8]: Int] = [:]
      for text in parts {
        analyzer.analyze(text, into: &buffer)
        for token in buffer.tokens where token.roles.contains(.scored) {
          counts[Array(buffer.key(of: token)), default: 0] += 1
        }
      }
      passages.append(counts)
      lengths.append(counts.values.reduce(0, +))
    }
  }

  /// The weights of all terms after feedback, and what of them was added.
  func weights(
    _ words: TermBag, by hits: [ScoredPassage], _ similarity: BM25
  ) -> [[UInt8]: (weight: Double, added: Double)] {
    var frequencies: [[UInt8]: Int] = [:]
    for passage in passages { for key in passage.keys { frequencies[key, default: 0] += 1 } }
    func rarity(_ key: [UInt8]) -> Double {
      guard let frequency = frequencies[key] else { return 0 }
      return Double(similarity.scale)
        * Double(similarity.inverseDocumentFrequency(passages: passages.count, documentFrequency: frequency))
    }
    let meanLength = Float(lengths.reduce(0, +)) / Float(passages.count)
    let sum = (words.drivers + words.boosters).reduce(0) { $0 + Double($1.weight) * rarity($1.key) }
    let best = hits.prefix(10)
    var means: [[UInt8]: Double] = [:]
    var shares: [Double] = []
    for hit in best { shares.append(Double(exponential((hit.score - best[0].score) / (0.1 * Float(sum))))) }
    for (hit, share) in zip(best, shares) {
      let norm = Double(
        similarity.inverseNorm(length: UInt32(lengths[hit.passage]), averageLength: meanLength))
      let vector = passages[hit.passage].map { key, frequency in
        (key: key, value: rarity(key) * (1 - Double(similarity.gainedPart) / (1 + Double(frequency) * norm)))
      }
      let length = vector.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
      for (key, value) in vector where length > 0 {
        means[key, default: 0] += share / shares.reduce(0, +) * value / length
      }
    }
    let chosen = means.filter { frequencies[$0.key, default: 0] >= 2 && $0.key[0] != UInt8(ascii: "c") }
      // Terms that are alike in all passages must not be told apart by the last bit.
      .sorted {
        abs($0.value - $1.value) > 1e-12 ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
      }.prefix(40)
    var weights: [[UInt8]: (weight: Double, added: Double)] = [:]
    let total = chosen.reduce(0) { $0 + $1.value }
    for term in words.drivers + words.boosters {
      weights[term.key] = (Double(term.weight) * (total > 0 ? 0.6 : 1), 0)
    }
    for (key, mean) in chosen where total > 0 {
      let added = 0.4 * sum * mean / total / rarity(key)
      weights[key] = ((weights[key]?.weight ?? 0) + added, added)
    }
    return weights
  }
}
