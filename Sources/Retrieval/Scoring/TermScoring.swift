import IndexFormat

/// The numbers that score a term or a phrase in every passage.
struct TermScoring {
  /// What is scored.
  enum Subject {
    case term([UInt8], AbbreviationExpansion.Declaration?)
    case phrase([[UInt8]])
    case prefix([UInt8])
    /// Something that is matched and never scored.
    case nothing
  }

  /// Query weight times inverse document frequency.
  let weight: Float
  /// The part of it that `BM25.gainedPart` says.
  private let gained: Float
  let norms: NormTable
  let subject: Subject
  /// Passages that hold what is scored; of a phrase that is weighed by its units, those that hold each unit.
  let documentFrequencies: [Int]
  /// How much it counts in the query, beside the inverse document frequency.
  let queryWeight: Float
  /// The part of it that feedback gave.
  let feedback: Float

  init(
    weight: Float, norms: NormTable, subject: Subject, documentFrequencies: [Int], queryWeight: Float = 1,
    feedback: Float = 0
  ) {
    self.weight = weight
    gained = weight * norms.gainedPart
    self.norms = norms
    self.subject = subject
    self.documentFrequencies = documentFrequencies
    self.queryWeight = queryWeight
    self.feedback = feedback
  }

  /// For what is matched and never scored.
  static func unweighted(_ norms: NormTable) -> TermScoring {
    TermScoring(weight: 0, norms: norms, subject: .nothing, documentFrequencies: [])
  }

  @inline(__always)
  func score(frequency: UInt32, length: UInt32) -> Float {
    weight - gained / (1 + Float(frequency) * norms.inverseNorm(length))
  }

  func part(frequency: UInt32, length: UInt32) -> ScorePart {
    ScorePart(scoring: self, frequency: frequency, length: length)
  }
}

extension TermScoring.Subject {
  /// What explanations call it.
  var label: String {
    switch self {
    case .term(let key, let declaration): TermLabel.of(key) + (declaration.map { " by the \($0.description)" } ?? "")
    case .phrase(let units): "\"" + units.map { TermLabel.text(of: $0) }.joined(separator: " ") + "\""
    case .prefix(let key): TermLabel.of(key) + "*"
    case .nothing: ""
    }
  }
}
