/// A score as a tree: each value is the sum of those below it, up to rounding, or what its description says.
public struct Explanation: Sendable, Hashable {
  /// The score of this part.
  public var value: Float
  /// What the part is, with the formula and its numbers.
  public var description: String
  /// What of the query met what of the passage; nil where the part is not about one term.
  public var match: TermMatch?
  /// The numbers of the formula, in the order in which they are of interest.
  public var numbers: [FormulaNumber]
  /// The parts that it is the sum of.
  public var details: [Explanation]

  /// A part of a score.
  public init(
    value: Float, description: String, match: TermMatch? = nil, numbers: [FormulaNumber] = [],
    details: [Explanation] = []
  ) {
    self.value = value
    self.description = description
    self.match = match
    self.numbers = numbers
    self.details = details
  }
}

/// A number that a score is computed from.
public struct FormulaNumber: Sendable, Hashable {
  /// What it is, such as `frequency`.
  public var name: String
  /// The number.
  public var value: Double

  /// A number of a formula.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// A term through which a query met a passage.
public struct TermMatch: Sendable, Hashable {
  /// As what the query and the passage met.
  public enum Channel: String, Sendable, CaseIterable {
    /// A word or number as it stands.
    case exact
    /// A single character.
    case character
    /// Two characters that follow each other.
    case gram
    /// All forms of a word.
    case stem
    /// What is written as one, such as `covid19` for COVID-19.
    case compound
    /// Quoted text.
    case phrase
    /// All words that begin alike.
    case prefix
  }

  /// The channel.
  public var channel: Channel
  /// The term as the index has it.
  public var term: String
  /// The words of the query that mean it, as typed, each once.
  public var query: [String]
  /// How the passage writes it, each writing once; empty in an index without texts, and for phrases and prefixes.
  public var found: [String]
  /// True where query and passage write the same in other ways: in case, accents, width, hyphens, or traditional and
  /// simplified characters.
  public var isFolded: Bool

  /// A term that a query met.
  public init(channel: Channel, term: String, query: [String], found: [String], isFolded: Bool) {
    self.channel = channel
    self.term = term
    self.query = query
    self.found = found
    self.isFolded = isFolded
  }
}
