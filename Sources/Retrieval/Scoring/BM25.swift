/// Okapi BM25 with a non-negative inverse document frequency, in the arithmetic of Lucene 8 and later.
///
/// A term that occurs `f` times in a passage of `l` scored tokens scores `w · f / (f + k1 · (1 − b + b · l / l̄))`, with
/// `w = q · ln(1 + (N − n + ½) / (n + ½))`: `q` is how often the query names the term, `N` the number of passages, `n` of
/// those that hold the term, and `l̄` the mean length. Unlike in the original there is no factor `k1 + 1`, which changes
/// no order. All steps are in single precision, as there.
///
/// Source: Robertson et al., "Okapi at TREC-3" (1994); the `1 +` keeps `w` above 0 when `n > N / 2`.
package struct BM25: Sendable, Hashable {
  /// How soon further occurrences stop to count; 0 or more.
  package var k1: Float
  /// How much longer passages are held back; 0 (not at all) to 1.
  package var b: Float

  /// The values of the original experiments, and Lucene's.
  package init(k1: Float = 1.2, b: Float = 0.75) {
    self.k1 = k1
    self.b = b
  }

  /// `ln(1 + (N − n + ½) / (n + ½))`.
  package static func inverseDocumentFrequency(passages: Int, documentFrequency: Int) -> Float {
    Float(logarithm(1 + (Double(passages) - Double(documentFrequency) + 0.5) / (Double(documentFrequency) + 0.5)))
  }

  /// `1 / (k1 · (1 − b + b · l / l̄))`, the part of the formula that depends on the passage alone.
  package func inverseNorm(length: UInt32, averageLength: Float) -> Float {
    1 / (k1 * ((1 - b) + b * Float(length) / averageLength))
  }

  /// The score of one term: `w − w / (1 + f · inverseNorm)`, which equals the formula above.
  @inline(__always)
  package static func score(weight: Float, frequency: UInt32, inverseNorm: Float) -> Float {
    weight - weight / (1 + Float(frequency) * inverseNorm)
  }
}
