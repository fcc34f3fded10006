import IndexFormat

/// A query with its words cut into terms: what to match and what to score, for any segment of one index.
enum QueryPlan: Hashable, Sendable {
  /// Terms of one word or run. Any driver makes a passage match; drivers and boosters score.
  case bag(TermBag)
  /// Terms at consecutive units.
  case phrase(PhrasePlan)
  /// All terms that begin with a key, as if they were one.
  case prefix(PrefixPlan)
  /// Matches where the inner plan does, and scores nothing.
  indirect case unscored(QueryPlan)
  /// All required ones must match, none of the prohibited, and without a required one any of the optional.
  case boolean(required: [QueryPlan], optional: [QueryPlan], prohibited: [QueryPlan])
  /// Matches nothing: a word that has no letters, digits or characters.
  case nothing
}

extension QueryPlan {
  /// True where it is plain that nothing matches.
  var isNothing: Bool {
    if case .nothing = self { true } else { false }
  }

  /// The words that alone make up the score, where phrases, prefixes or several parts do not.
  var scoredWords: TermBag? {
    switch self {
    case .bag(let bag): return bag
    case .boolean(let required, let optional, _) where optional.isEmpty:
      var words: TermBag?
      for plan in required {
        switch plan {
        case .unscored: continue
        case .bag(let bag) where words == nil: words = bag
        case .bag, .phrase, .prefix, .boolean, .nothing: return nil
        }
      }
      return words
    case .boolean, .phrase, .prefix, .unscored, .nothing: return nil
    }
  }
}

/// Scored terms with how much they count in the query.
struct TermBag: Hashable, Sendable {
  struct Term: Hashable, Sendable {
    /// The key in the dictionary.
    var key: [UInt8]
    /// How much it counts, beside how rare it is; above 0.
    var weight: Float = 1
    /// The declaration that brought it into the query, or nil for a term that the query names.
    var declaration: AbbreviationExpansion.Declaration?
    /// The part of the weight that the best passages gave it; all of it for a term that the query does not name.
    var feedback: Float = 0
  }

  /// A passage that holds one of these matches.
  var drivers: [Term]
  /// These add to the score of passages that match: single characters of a longer run say too little alone.
  var boosters: [Term] = []
}

/// Terms that must stand at consecutive units.
struct PhrasePlan: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    var key: [UInt8]
    /// Units after the phrase's first.
    var offset: Int
  }

  /// What is looked for: parts that cover every unit of the phrase, by offset.
  var parts: [Part]
  /// The terms of the single units, whose document frequencies weigh the phrase.
  var units: [[UInt8]]
  /// True where the phrase may also stand in a heading above the passage: what is quoted must stand in the text.
  var reachesHeadings = false

  /// Positions from here on do not count.
  var positionLimit: UInt32 { reachesHeadings ? .max : HeadingPositions.first }
}

/// The beginning of a word, with the units that stand before it.
struct PrefixPlan: Hashable, Sendable {
  /// Terms that cover the units before the last one, which is only begun.
  var leading: [PhrasePlan.Part]
  /// The keys of all units; the term of the last one only has to begin with its key.
  var units: [[UInt8]]

  /// How many units stand before the last one.
  var leadingUnits: Int { units.count - 1 }
  /// The key that the last unit's term begins with.
  var key: [UInt8] { units[units.count - 1] }
}
