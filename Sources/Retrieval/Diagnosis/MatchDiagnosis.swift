package import IndexFormat
package import SearchModel

/// Why a document is not found by a query, or why it stands where it stands.
package struct MatchDiagnosis: Sendable {
  /// A passage of the document.
  package struct PassageFacts: Sendable, Hashable {
    /// Counted from 0.
    package var number: Int
    /// The line on which it begins.
    package var line: Int
    package var language: Language
    /// Scored tokens.
    package var length: Int
  }

  package var document: DocumentRecord
  package var passages: [PassageFacts]
  /// The query, part by part.
  package var query: ClauseDiagnosis
  /// Where the best passage stands among all; nil where none matches.
  package var standing: Standing?
  /// False where the index keeps no texts, so that nothing can be told of what stands there instead.
  package var hasTexts: Bool
}

/// A part of a query beside a document.
package struct ClauseDiagnosis: Sendable {
  /// What is asked of the part.
  package enum Demand: String, Sendable {
    /// It adds to the score, and one such part must match where none is required.
    case optional
    case required
    case prohibited
    /// A field, which selects and does not score.
    case restriction
  }

  /// The part in the query language.
  package var text: String
  package var demand: Demand
  /// The passages of the document that it matches.
  package var passages: [Int]
  /// Why it matches none, or why what matches is a reason against the document.
  package var causes: [MissCause] = []
  /// The terms that a word is looked for by.
  package var terms: [TermPresence] = []
  /// What a group is made of.
  package var parts: [ClauseDiagnosis] = []

  /// True where the part does not stand against the document.
  package var isMet: Bool { demand == .prohibited ? passages.isEmpty : !passages.isEmpty }

  /// The causes of this part and of all parts of it.
  package var allCauses: [MissCause] { causes + parts.flatMap(\.allCauses) }
}

/// A term of the query in the document and in the index.
package struct TermPresence: Sendable, Hashable {
  /// The term with its kind in front.
  package var label: String
  /// The passages of the document that hold it.
  package var passages: [Int]
  /// How many passages of the index hold it.
  package var documentFrequency: Int
}

/// Where a document stands in a ranking.
package struct Standing: Sendable {
  /// A passage in the ranking.
  package struct Place: Sendable {
    /// Counted from 1 among all passages.
    package var rank: Int
    package var id: String
    /// Which passage of its document, counted from 0.
    package var passage: Int
    package var explanation: Explanation
  }

  /// A term that gives one passage more than the other.
  package struct Difference: Sendable, Hashable {
    package var label: String
    /// The parts of the two scores.
    package var here: Float
    package var before: Float
    /// Occurrences, and scored tokens of the passage, where the term occurs.
    package var hereNumbers: [FormulaNumber]
    package var beforeNumbers: [FormulaNumber]
  }

  package var place: Place
  /// Rank among documents, each by its best passage.
  package var documentRank: Int
  /// How many passages match in all.
  package var total: Int
  /// The hit that stands before it, which is of another document; nil for the first.
  package var before: Place?
  /// What the two scores differ by, the greatest first.
  package var differences: [Difference]
}

/// What asking after a document comes to.
package enum DocumentLookup: Sendable {
  case found(MatchDiagnosis)
  /// No document has this id or path; these are the nearest.
  case unknown(nearest: [String])
}
