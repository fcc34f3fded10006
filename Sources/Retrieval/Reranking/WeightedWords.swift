import IndexFormat

/// The words of a query that some passage holds, each with what it weighs.
struct WeightedWords {
  struct Term {
    let known: KnownTerm
    /// How much it counts in the query.
    let queryWeight: Float
    /// Its inverse document frequency, by the similarity's formula.
    let rarity: Float
  }

  private(set) var terms: [Term] = []
  /// The sum of the weights of all terms, which no score of BM25 reaches.
  private(set) var sum: Float = 0

  init(_ words: TermBag, _ compiler: QueryCompiler) throws(IndexError) {
    terms.reserveCapacity(words.drivers.count + words.boosters.count)
    for term in words.drivers { try append(term, compiler) }
    for term in words.boosters { try append(term, compiler) }
  }

  private mutating func append(_ term: TermBag.Term, _ compiler: QueryCompiler) throws(IndexError) {
    let known = try compiler.known(term.key)
    guard known.documentFrequency > 0 else { return }
    let rarity = compiler.weight(known.documentFrequency)
    terms.append(Term(known: known, queryWeight: term.weight, rarity: rarity))
    sum += term.weight * rarity
  }
}
