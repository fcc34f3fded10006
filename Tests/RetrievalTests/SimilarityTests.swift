import ByteStorage
import SearchModel
import TestSupport
import Testing

@testable import Retrieval

/// The variants of BM25 are the formulas of their systems and papers, written here as those write them.
@Suite struct SimilarityTests {
  private struct Case {
    var N: Double
    var n: Double
    var f: Double
    var l: Double
    var mean: Double
    var k1: Double
    var b: Double

    init(_ generator: inout SeededGenerator) {
      let passages = Int.random(in: 1...100_000, using: &generator)
      N = Double(passages)
      n = Double(generator.chance(0.1) ? passages : Int.random(in: 1...passages, using: &generator))
      f = Double(Int.random(in: 1...generator.pick([3, 300]), using: &generator))
      l = f + Double(Int.random(in: 0...generator.pick([30, 5000]), using: &generator))
      mean = Double(Float.random(in: 1...800, using: &generator))
      k1 = Double(Float.random(in: 0...3, using: &generator))
      b = Double(Float.random(in: 0...1, using: &generator))
    }

    func score(_ model: ScoringModel, length: Double) -> Double {
      let norm = 1 - b + b * length / mean
      let saturated = f / (f + k1 * norm)
      let robertson = logarithm((N - n + 0.5) / (n + 0.5))
      let lucene = logarithm(1 + (N - n + 0.5) / (n + 0.5))
      let delta = 0.5
      switch model {
      case .bm25, .lucene, .anserini: return lucene * saturated
      case .tantivy: return lucene * saturated * (1 + k1)
      case .pisa, .fts5: return max(robertson, 1e-6) * saturated * (k1 + 1)
      case .atire: return logarithm(N / n) * (k1 + 1) * f / (f + k1 * norm)
      case .bm25l:
        let c = f / norm
        return logarithm((N + 1) / (n + 0.5)) * (k1 + 1) * (c + delta) / (k1 + c + delta)
      case .bm25plus: return logarithm((N + 1) / n) * ((k1 + 1) * f / (k1 * norm + f) + delta)
      }
    }
  }

  /// The lengths of Lucene's byte, decoded one by one as `SmallFloat` describes them.
  private static let byteLengths: [Int] = (0..<256).map { byte in
    guard byte >= 24 else { return byte }
    let bits = (byte - 24) & 7
    let shift = (byte - 24) >> 3 - 1
    return 24 + (shift < 0 ? bits : (bits | 8) << shift)
  }

  private static func rounded(_ length: Double) -> Double {
    Double(byteLengths.last { Double($0) <= length } ?? 0)
  }

  @Test(arguments: ScoringModel.allCases)
  func scoresAreThoseOfTheFormula(model: ScoringModel) {
    var generator = SeededGenerator(seed: 11)
    for number in 0..<300 {
      let given = Case(&generator)
      let lengths = generator.pick(LengthPrecision.allCases)
      let similarity = BM25(model, k1: Float(given.k1), b: Float(given.b), lengths: lengths)
      let norms = NormTable(similarity, averageLength: Float(given.mean))
      let weight =
        similarity.scale
        * similarity.inverseDocumentFrequency(passages: Int(given.N), documentFrequency: Int(given.n))
      let score = norms.score(
        weight: weight, frequency: UInt32(given.f), inverseNorm: norms.inverseNorm(UInt32(given.l)))
      let expected = given.score(model, length: lengths == .exact ? given.l : SimilarityTests.rounded(given.l))
      #expect(
        abs(Double(score) - expected) <= 1e-6 * max(Double(weight), 1e-20), "case \(number): \(given) \(lengths)")
    }
  }

  @Test func aByteTellsTheseLengthsApart() {
    for length in UInt32(0)...1200 {
      #expect(LengthPrecision.exact.rounded(length) == length)
      #expect(Double(LengthPrecision.lucene.rounded(length)) == SimilarityTests.rounded(Double(length)))
    }
    for length in SimilarityTests.byteLengths {
      #expect(Int(LengthPrecision.lucene.rounded(UInt32(length))) == length)
      if length > 40 { #expect(Int(LengthPrecision.lucene.rounded(UInt32(length - 1))) < length - 1) }
    }
    #expect(SimilarityTests.byteLengths.last == 2_013_265_944)
    #expect(LengthPrecision.lucene.rounded(.max) == 24 + 0xF000_0000)
  }

  @Test(arguments: ScoringModel.allCases)
  func moreOccurrencesAndShorterPassagesNeverScoreLess(model: ScoringModel) {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<100 {
      let similarity = BM25(model, k1: .random(in: 0...3, using: &generator), b: .random(in: 0...1, using: &generator))
      let norms = NormTable(similarity, averageLength: .random(in: 1...500, using: &generator))
      func score(_ frequency: UInt32, _ length: UInt32) -> Float {
        norms.score(weight: 1, frequency: frequency, inverseNorm: norms.inverseNorm(length))
      }
      let frequency = UInt32.random(in: 1...50, using: &generator)
      let length = UInt32.random(in: 1...4000, using: &generator)
      #expect(score(frequency + 1, length) >= score(frequency, length))
      #expect(score(frequency, length + 1) <= score(frequency, length))
      #expect(score(frequency, length) > 0)
    }
  }

  @Test(arguments: ScoringModel.allCases)
  func boundsHoldInSinglePrecision(model: ScoringModel) {
    var generator = SeededGenerator(seed: 13)
    var broken = 0
    for _ in 0..<2000 {
      let similarity = BM25(model, k1: .random(in: 0...3, using: &generator), b: .random(in: 0...1, using: &generator))
      // A passage may be far longer than the average, and then what a word gains is next to nothing.
      let norms = NormTable(similarity, averageLength: .random(in: 1...20, using: &generator))
      let length = UInt32.random(in: 1...generator.pick([100, 10_000, 1_000_000]), using: &generator)
      let frequency = UInt32.random(in: 1...generator.pick([2, 100]), using: &generator)
      let weight = Float.random(in: 0.1...20, using: &generator)
      let score = norms.score(weight: weight, frequency: frequency, inverseNorm: norms.inverseNorm(length))
      let codes = ScoringKernels.codes(
        ofEighths: [norms.score(weight: 1, frequency: frequency, inverseNorm: norms.inverseNorm(length))]
          + [Float](repeating: -1, count: 7), margin: RangeBounds.roundingMargin)
      for part in [Float(codes.code) / RangeBounds.unit, Float(codes.peaks & 255) / 255]
      where weight * part * (1 + RangeSchedule.slack) < score { broken += 1 }
    }
    #expect(broken == 0)
  }

  @Test func aTermThatIsEverywhereStillFinds() throws {
    let index = try BuiltIndex(["a b", "a c c", "a a"], analyzer: .whitespace)
    for model in ScoringModel.allCases {
      let searcher = try Searcher(index.reader, similarity: BM25(model))
      for countsAll in [true, false] {
        let either = try searcher.search(.word("a"), limit: 10, countsAll: countsAll)
        #expect(either.hits.count == 3, "\(model)")
        let both = QueryNode.group([QueryClause(.required, .word("a")), QueryClause(.required, .word("b"))])
        #expect(try searcher.search(both, limit: 10, countsAll: countsAll).hits.map(\.passage) == [0], "\(model)")
      }
    }
  }
}
