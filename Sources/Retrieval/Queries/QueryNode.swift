/// A query as its text means it, before any index is asked.
package enum QueryNode: Sendable, Hashable {
  /// A word or a run of characters as typed: found by its stem, its words, its bigrams.
  case word(String)
  /// Quoted text: found as it stands, apart from punctuation, blanks and case.
  case phrase(String)
  /// The beginning of a word.
  case prefix(String)
  /// A restriction on a field of the document; it selects and does not score.
  indirect case field(name: String, value: FieldCondition)
  /// Alternatives joined by `OR`: any of them must match.
  case any([QueryNode])
  /// Clauses side by side. Restrictions on fields must hold. Beside a required clause the other ones are optional; without
  /// one, any of them must match.
  case group([QueryClause])
}

/// A member of a group.
package struct QueryClause: Sendable, Hashable {
  /// What a clause demands.
  package enum Occurrence: Sendable, Hashable {
    /// Scores where it matches.
    case optional
    /// Must match, and scores.
    case required
    /// Must not match.
    case prohibited
  }

  package var occurrence: Occurrence
  package var node: QueryNode

  package init(_ occurrence: Occurrence, _ node: QueryNode) {
    self.occurrence = occurrence
    self.node = node
  }
}

/// What a field must hold.
package enum FieldCondition: Sendable, Hashable {
  case word(String)
  case phrase(String)
  case prefix(String)
}
