import IndexFormat

/// Chooses how a plan is evaluated over one segment, and does it.
final class SegmentEvaluation {
  private let plan: QueryPlan
  private let segment: Segment
  private let index: Int
  private let firstPassage: Int
  private let compiler: QueryCompiler
  private let countsAll: Bool
  /// False where passages that cannot be among the hits were left uncounted.
  private(set) var isExact = true

  init(_ plan: QueryPlan, _ reader: IndexReader, _ index: Int, _ compiler: QueryCompiler, countsAll: Bool) {
    self.plan = plan
    segment = reader.segments[index]
    self.index = index
    firstPassage = reader.firstPassages[index]
    self.compiler = compiler
    self.countsAll = countsAll
  }

  /// Offers the matching passages and returns how many there are.
  func run(into hits: inout TopHits) throws(RetrievalError) -> Int {
    do throws(IndexError) {
      switch plan {
      case .bag(let bag):
        return try evaluate(bag, into: &hits)
      case .phrase(let phrase) where phrase.parts.count > 1:
        isExact = countsAll
        return try ConjunctionEvaluator.phrase(phrase, segment, index, firstPassage: firstPassage, compiler)?
          .evaluate(countsAll: countsAll, into: &hits) ?? 0
      case .boolean(let required, let optional, let prohibited) where optional.isEmpty && prohibited.isEmpty:
        guard let terms = SegmentEvaluation.singleTerms(required) else { break }
        isExact = countsAll
        return try ConjunctionEvaluator.all(terms, segment, index, firstPassage: firstPassage, compiler)?
          .evaluate(countsAll: countsAll, into: &hits) ?? 0
      case .phrase, .boolean, .prefix, .unscored, .nothing:
        break
      }
    } catch { throw .index(error) }
    return try walk(into: &hits)
  }

  private func evaluate(_ bag: TermBag, into hits: inout TopHits) throws(IndexError) -> Int {
    // How many passages hold one term stands in the dictionary.
    if hits.limit == 0 && bag.drivers.count == 1 {
      return try compiler.postingCount(TermBag(drivers: bag.drivers), index)
    }
    let windows = segment.lengths.count / ScoreBounds.windowSize + 1
    let postings = try compiler.postingCount(bag, index)
    let rescored = min(hits.limit, segment.lengths.count) * (bag.drivers.count + bag.boosters.count)
    if countsAll || postings < BlockMaxEvaluator.leastPostingsPerWindow * windows
      || postings < BlockMaxEvaluator.postingsPerRescoredTerm * rescored
    {
      return try BagEvaluator(bag, segment, index, compiler).evaluate(firstPassage: firstPassage, into: &hits)
    }
    isExact = false
    try BlockMaxEvaluator(bag, segment, index, firstPassage: firstPassage, compiler).evaluate(into: &hits)
    return 0
  }

  /// Steps through all passages that match, whatever the plan.
  private func walk(into hits: inout TopHits) throws(RetrievalError) -> Int {
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

  /// The terms of plans that are one term each, or nil where one is more.
  private static func singleTerms(_ plans: [QueryPlan]) -> [TermBag.Term]? {
    var terms: [TermBag.Term] = []
    for plan in plans {
      guard case .bag(let bag) = plan, bag.drivers.count == 1, bag.boosters.isEmpty else { return nil }
      terms.append(bag.drivers[0])
    }
    return terms
  }
}
