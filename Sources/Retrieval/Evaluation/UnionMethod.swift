/// How the best passages of a union are found.
enum UnionMethod {
  /// The way that is likely to be less work.
  case lessWork
  /// `UnionEvaluator`, which leaves out what cannot be among the hits.
  case pruned
  /// `ExhaustiveUnion`, which scores all, where the union has no boosters.
  case exhaustive

  /// Postings a term that are scored sooner than it is found out which of them are worth it, and how many more for each hit that
  /// is wanted, since the threshold rises the later the more are wanted.
  private static let postingsPerTerm = 350
  private static let postingsPerHit = 10

  /// True to score all postings of terms, none of them a booster.
  func scoresAll(_ terms: RangeTerms, limit: Int) -> Bool {
    switch self {
    case .pruned: return false
    case .exhaustive: return true
    case .lessWork:
      var postings = 0
      for term in 0..<terms.count { postings += Int(terms.list(term).term.documentFrequency) }
      let hits = min(limit, postings)
      return postings <= terms.count * (UnionMethod.postingsPerTerm + UnionMethod.postingsPerHit * hits)
    }
  }
}
