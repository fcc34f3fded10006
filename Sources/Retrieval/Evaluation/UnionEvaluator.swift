import ByteStorage
import IndexFormat

/// Finds the best passages for a bag of terms without scoring those that cannot be among them.
///
/// The bounds of the terms are added up over all ranges of 128 passages at once; only ranges whose sum reaches the threshold
/// are looked at, and of these only the eighths that do (live ranges; Mallia et al., "Fast Disjunctive Candidate Generation
/// Using Live Block Filtering", 2021). There the strongest term adds its scores first; once those that are left cannot lift
/// a new passage over the threshold, they are added only where passages still can reach it (MaxScore; Turtle and Flood,
/// 1995).
struct UnionEvaluator {
  private let owner: RangeTerms
  private let terms: UnsafeMutablePointer<RangeTerm>
  private let count: Int
  private let firstPassage: Int
  private let memory: ScratchMemory
  private let hasBoosters: Bool
  /// The terms that occur in the current range.
  private let found: FoundTerms
  private let fetcher: PostingsFetcher
  /// Those of them that occur in the live eighths: what each can add there, in 255ths of a unit of bounds, above 32 bits with
  /// its index.
  private let active: UnsafeMutablePointer<UInt64>
  private let sums: RangeSums
  /// By term, the set of passages that hold it, where that is kept.
  private let sets: UnsafePointer<TermSet>
  private let query: UnsafePointer<TermSetQuery>
  private let areAllKept: Bool

  /// - Parameter sets: by term, the set of passages that hold it, where that is kept.
  init(_ owner: RangeTerms, sets: UnsafePointer<TermSet>, firstPassage: Int, _ memory: ScratchMemory) {
    self.owner = owner
    self.sets = sets
    terms = owner.terms
    count = owner.count
    self.firstPassage = firstPassage
    self.memory = memory
    hasBoosters = (0..<owner.count).contains { !owner.terms[$0].isDriver }
    areAllKept = (0..<owner.count).allSatisfy { sets[$0].held != nil }
    found = FoundTerms(count: owner.count, memory)
    fetcher = PostingsFetcher(owner, sets: sets, memory)
    active = memory.allocate(UInt64.self, owner.count)
    sums = RangeSums(owner, memory)
    let query = memory.allocate(TermSetQuery.self, 1)
    query.initialize(
      to: TermSetQuery(sets, postings: found.postings, owner.norms))
    self.query = UnsafePointer(query)
  }

  /// Offers every passage that can be among the hits.
  func evaluate(into hits: inout TopHits) throws(RetrievalError) {
    let floor = owner.floor(of: hits.limit)
    let table = count <= RangeTerms.mostTerms ? RangeTermTable(owner, memory) : nil
    let unit = table?.unit ?? owner.scaleBounds()
    let schedule = UnionSchedule(
      bounds: table?.bounds ?? owner.greatestBounds(memory), rangeCount: owner.rangeCount, unit: unit,
      limit: hits.limit, memory)
    try schedule.forEach(threshold: { max(hits.threshold, floor) }) { range, next throws(RetrievalError) in
      let threshold = max(hits.threshold, floor) * (1 - RangeSchedule.slack)
      let (live, count) = activate(range, next: next, table, threshold: threshold, unit: unit)
      if live != 0 { try score(range, live, active: count, threshold: threshold, unit: unit, into: &hits) }
    }
  }

  private func score(
    _ range: Int, _ live: UInt32, active count: Int, threshold: Float, unit: Float, into hits: inout TopHits
  ) throws(RetrievalError) {
    let base = UInt32(truncatingIfNeeded: range * RangeBounds.rangeSize)
    let scale = unit / 255 * (1 + RangeSchedule.slack)
    let window = RangeTerm.window(live)
    var alive = PassageMask(eighths: live)
    // Terms whose sets are not kept come first: most of them are rare.
    let others = areAllKept ? 0 : bringOthersForward(count)
    if others > 0 {
      // What the terms that are left can add, in the numbers of `active`.
      var left: UInt64 = 0
      for place in 0..<count { left += active[place] >> 32 }
      var place = 0
      while place < others && !alive.isEmpty {
        let term = takeStrongest(place, of: others)
        try sums.add(term, found.postings(term), base, window, alive)
        left -= active[place] >> 32
        let least = threshold - Float(left) * scale
        if least > 0 { alive.formIntersection(sums.reaching(least, window)) }
        place += 1
      }
    }
    if others < count && !alive.isEmpty {
      alive.withWords { words in
        SetKernels.score(
          query, active + others, count: count - others, inRange: range, reaching: threshold, scale: scale,
          to: sums.values, alive: words)
      }
    }
    // Without a threshold every passage of the window is alive until now.
    if threshold <= 0 { alive.formIntersection(sums.reaching(0, window)) }
    alive.forEach { offset in
      let score = Float(sums.values[offset])
      if score >= hits.threshold && (!hasBoosters || isDriven(base + UInt32(offset), range)) {
        hits.offer(ScoredPassage(passage: firstPassage + Int(base) + offset, score: score))
      }
    }
    if others > 0 || threshold <= 0 || !alive.isEmpty { sums.clear() }
  }

  /// Brings the active terms whose sets are not kept before the others, and returns how many there are.
  @inline(__always)
  private func bringOthersForward(_ count: Int) -> Int {
    var others = 0
    for place in 0..<count where sets[Int(truncatingIfNeeded: active[place] & 0xFFFF_FFFF)].held == nil {
      (active[others], active[place]) = (active[place], active[others])
      others += 1
    }
    return others
  }

  /// Brings the term to `place` that can add most of those from there on. Few are ever needed, so they are not sorted.
  @inline(__always)
  private func takeStrongest(_ place: Int, of count: Int) -> Int {
    var best = active[place]
    var bestPlace = place
    for other in place + 1..<max(count, place + 1) {
      bestPlace = active[other] > best ? other : bestPlace
      best = max(best, active[other])
    }
    active[bestPlace] = active[place]
    active[place] = best
    return Int(truncatingIfNeeded: best & 0xFFFF_FFFF)
  }

  /// True where a passage of a range holds a term that makes it match.
  private func isDriven(_ passage: UInt32, _ range: Int) -> Bool {
    for term in 0..<count where terms[term].isDriver {
      let postings = terms[term].entry(range).postings
      var first = postings.lowerBound
      while first < postings.upperBound {
        // The block has been decoded before without an error.
        guard let stretch = terms[term].load(first, postings.upperBound, frequencies: false) else { return false }
        if terms[term].place(of: passage, in: stretch) != nil { return true }
        first += stretch.count
      }
    }
    return false
  }

  /// Finds the eighths of a range that can reach `threshold`, as bits, and how many terms are active there.
  @inline(__always)
  private func activate(
    _ range: Int, next: Int, _ table: RangeTermTable?, threshold: Float, unit: Float
  ) -> (live: UInt32, active: Int) {
    fetcher.fetchLengths(next)
    var foundCount = 0
    if let table {
      foundCount = table.terms(inRange: range, next: next, into: found)
    } else {
      for term in 0..<count {
        let bound = terms[term].bound(range)
        guard bound > 0 else { continue }
        let entry = terms[term].entry(range)
        found.parts[foundCount] = entry.eighths
        found.bounds[foundCount] = bound
        found.terms[foundCount] = UInt32(truncatingIfNeeded: term)
        found.postings[term] = UInt64(entry.count) << 32 | UInt64(entry.firstPosting)
        foundCount += 1
      }
    }
    var live: UInt32 = 255
    if threshold > 0 && table != nil {
      let least = UInt16(min(threshold / unit, 65_535))
      live = ScoringKernels.eighths(found.parts, found.bounds, count: foundCount, reaching: least, .sum)
      if live == 0 { return (0, 0) }
    }
    let activeCount = ScoringKernels.liveTerms(
      found.bounds, found.parts, found.terms, count: foundCount, live: live, into: active)
    fetcher.fetch(active, count: activeCount, found.postings, range)
    return (live, activeCount)
  }
}
