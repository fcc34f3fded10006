import IndexFormat

/// Chooses how plans are evaluated over one segment, and does it.
struct SegmentEvaluation {
  private let segment: Segment
  private let index: Int
  private let firstPassage: Int
  private let compiler: QueryCompiler
  private let unions: UnionMethod
  private let countsAll: Bool
  /// False where passages that cannot be among the hits were left uncounted.
  private(set) var isExact = true

  init(_ reader: IndexReader, _ index: Int, _ compiler: QueryCompiler, _ unions: UnionMethod, countsAll: Bool) {
    segment = reader.segments[index]
    self.index = index
    firstPassage = reader.firstPassages[index]
    self.compiler = compiler
    self.unions = unions
    self.countsAll = countsAll
  }

  /// Offers the matching passages and returns how many there are.
  mutating func run(_ plan: QueryPlan, into hits: inout TopHits) throws(RetrievalError) -> Int {
    switch plan {
    case .bag(let bag):
      return try evaluate(bag, into: &hits)
    case .phrase(let phrase) where phrase.parts.count > 1:
      isExact = countsAll
      return try compiled { () throws(IndexError) in try compiler.conjunction(phrase, index) }?
        .evaluate(countsAll: countsAll, into: &hits) ?? 0
    case .boolean(let required, let optional, let prohibited) where optional.isEmpty && prohibited.isEmpty:
      guard SegmentEvaluation.areSingleTerms(required) else { break }
      isExact = countsAll
      return try compiled { () throws(IndexError) in try compiler.conjunction(required, index) }?
        .evaluate(countsAll: countsAll, into: &hits) ?? 0
    case .phrase, .boolean, .prefix, .unscored, .nothing:
      break
    }
    return try walk(plan, into: &hits)
  }

  private mutating func evaluate(_ bag: TermBag, into hits: inout TopHits) throws(RetrievalError) -> Int {
    let terms = try compiled { () throws(IndexError) in try compiler.rangeTerms(bag, index) }
    isExact = countsAll
    if hits.limit > 0 && bag.boosters.isEmpty && unions.scoresAll(terms, limit: hits.limit) {
      let union = try compiled { () throws(IndexError) in try compiler.exhaustiveUnion(terms, index) }
      let count = try union.evaluate(into: &hits)
      return countsAll ? count : 0
    }
    if hits.limit > 0 {
      let union = try compiled { () throws(IndexError) in try compiler.union(terms, index) }
      try union.evaluate(into: &hits)
    }
    return countsAll ? try count(terms, isAlone: hits.limit == 0) : 0
  }

  /// How many passages hold a driver.
  private func count(_ terms: RangeTerms, isAlone: Bool) throws(RetrievalError) -> Int {
    var drivers = 0
    var last = 0
    for term in 0..<terms.count where terms.terms[term].isDriver {
      drivers += 1
      last = term
    }
    // How many passages hold one term stands in the dictionary.
    if drivers <= 1 { return drivers == 0 ? 0 : Int(terms.list(last).term.documentFrequency) }
    let counter = try compiled { () throws(IndexError) in
      try compiler.counter(terms, index, isAlone: isAlone)
    }
    return try counter.count(passageCount: segment.lengths.count)
  }

  private func compiled<Value>(_ body: () throws(IndexError) -> Value) throws(RetrievalError) -> Value {
    do { return try body() } catch { throw .index(error) }
  }

  /// Steps through all passages that match, whatever the plan.
  func walk(_ plan: QueryPlan, into hits: inout TopHits) throws(RetrievalError) -> Int {
    let iterator = try compiler.iterator(plan, segment: index)
    var count = 0
    do throws(IndexError) {
      var passage = try iterator.advance(to: 0)
      while passage != PassageIterator.exhausted {
        count += 1
        if hits.limit > 0 {
          hits.offer(ScoredPassage(passage: firstPassage + Int(passage), score: Float(try iterator.score())))
        }
        passage = try iterator.advance(to: passage + 1)
      }
    } catch { throw .index(error) }
    return count
  }

  /// True for plans that are one term each.
  private static func areSingleTerms(_ plans: [QueryPlan]) -> Bool {
    for index in plans.indices {
      guard case .bag(let bag) = plans[index], bag.drivers.count == 1, bag.boosters.isEmpty else { return false }
    }
    return true
  }
}
