import IndexFormat

/// The numbers that score a term or a phrase in every passage.
struct TermScoring {
  /// Query weight times inverse document frequency.
  let weight: Float
  let norms: NormTable
  /// How the term or phrase is called in explanations.
  let label: String
  let documentFrequencies: [Int]

  /// For what is matched and never scored.
  static func unweighted(_ norms: NormTable) -> TermScoring {
    TermScoring(weight: 0, norms: norms, label: "", documentFrequencies: [])
  }

  @inline(__always)
  func score(frequency: UInt32, length: UInt32) -> Float {
    BM25.score(weight: weight, frequency: frequency, inverseNorm: norms.inverseNorm(length))
  }

  func part(frequency: UInt32, length: UInt32) -> ScorePart {
    ScorePart(
      label: label, score: score(frequency: frequency, length: length), frequency: Int(frequency),
      documentFrequencies: documentFrequencies, weight: weight, length: Int(length))
  }
}
