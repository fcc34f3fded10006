import IndexFormat

/// The numbers that score a term or a phrase in every passage.
struct TermScoring {
  /// What is scored.
  enum Subject {
    case term([UInt8])
    case phrase([[UInt8]])
    case prefix([UInt8])
    /// Something that is matched and never scored.
    case nothing
  }

  /// Query weight times inverse document frequency.
  let weight: Float
  let norms: NormTable
  let subject: Subject
  let documentFrequencies: [Int]

  /// For what is matched and never scored.
  static func unweighted(_ norms: NormTable) -> TermScoring {
    TermScoring(weight: 0, norms: norms, subject: .nothing, documentFrequencies: [])
  }

  @inline(__always)
  func score(frequency: UInt32, length: UInt32) -> Float {
    norms.score(weight: weight, frequency: frequency, inverseNorm: norms.inverseNorm(length))
  }

  func part(frequency: UInt32, length: UInt32) -> ScorePart {
    ScorePart(
      label: subject.label, score: score(frequency: frequency, length: length), frequency: Int(frequency),
      documentFrequencies: documentFrequencies, weight: weight, length: Int(length))
  }
}

extension TermScoring.Subject {
  /// What explanations call it.
  var label: String {
    switch self {
    case .term(let key): TermLabel.of(key)
    case .phrase(let units): "\"" + units.map { TermLabel.text(of: $0) }.joined(separator: " ") + "\""
    case .prefix(let key): TermLabel.of(key) + "*"
    case .nothing: ""
    }
  }
}
