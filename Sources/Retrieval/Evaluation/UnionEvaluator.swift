import ByteStorage
import IndexFormat

/// Finds the best passages for a bag of terms without scoring those that cannot be among them.
///
/// The bounds of the terms are added up over all ranges of 128 passages at once; only ranges whose sum reaches the threshold
/// are looked at, and of these only the eighths that do (live ranges; Mallia et al., "Fast Disjunctive Candidate Generation
/// Using Live Block Filtering", 2021). By the sets of passages that hold the terms the bounds are then added up for every passage by
/// itself; where one is left, the strongest term adds its scores first, and once those that are left cannot lift a new passage over
/// the threshold, they are added only where passages still can reach it (MaxScore; Turtle and Flood, 1995).
struct UnionEvaluator {
  private let owner: RangeTerms
  private let terms: UnsafeMutablePointer<RangeTerm>
  private let count: Int
  private let firstPassage: Int
  private let memory: ScratchMemory
  private let hasBoosters: Bool
  private let fetcher: PostingsFetcher
  private let sums: RangeSums
  /// By term, the set of passages that hold it, where that is kept.
  private let sets: UnsafePointer<TermSet>
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
    fetcher = PostingsFetcher(owner, sets: sets, memory)
    sums = RangeSums(owner, memory)
  }

  /// Offers every passage that can be among the hits.
  func evaluate(into hits: inout TopHits) throws(RetrievalError) {
    let floor = owner.floor(of: hits.limit)
    let table = count <= RangeTerms.mostTerms ? RangeTermTable(owner, memory) : nil
    let unit = table?.unit ?? owner.scaleBounds()
    let schedule = UnionSchedule(
      bounds: table?.bounds ?? owner.greatestBounds(memory), rangeCount: owner.rangeCount, unit: unit,
      limit: hits.limit, memory)
    let live = memory.allocate(UInt8.self, UnionSchedule.mostAtATime)
    var active = ActiveTerms(owner, sets: sets, memory)
    try schedule.forEach(threshold: { max(hits.threshold, floor) }) { ranges, count, least throws(RetrievalError) in
      let count = keepLive(ranges, count: count, reaching: least, table, into: live)
      for place in 0..<count {
        let range = Int(ranges[place])
        let reached = max(hits.threshold, floor)
        var alive = PassageMask(eighths: UInt32(live[place]))
        if let table {
          alive.withWords { table.terms.keepReaching(schedule.leastBound(reached), inRange: range, sets, alive: $0) }
          if alive.isEmpty { continue }
        }
        activate(&active, range, live[place], table)
        try score(
          range, UInt32(live[place]), active, alive, threshold: reached * (1 - RangeSchedule.slack), unit: unit,
          into: &hits)
      }
    }
  }

  /// Keeps of some ranges those with eighths that can reach a bound, and tells these eighths, as bits.
  @inline(__always)
  private func keepLive(
    _ ranges: UnsafeMutablePointer<UInt32>, count: Int, reaching least: UInt16, _ table: RangeTermTable?,
    into live: UnsafeMutablePointer<UInt8>
  ) -> Int {
    if let table { return table.terms.keepLive(ranges, count: count, reaching: least, sets, into: live) }
    live.update(repeating: 255, count: count)
    return count
  }

  /// Takes the terms that occur in the live eighths of a range, and fetches what they are read from.
  @inline(__always)
  private func activate(_ active: inout ActiveTerms, _ range: Int, _ live: UInt8, _ table: RangeTermTable?) {
    if let table {
      active.count = table.terms.activeTerms(
        inRange: range, live: UInt32(live), into: active.terms, postings: active.postings)
    } else {
      active.takeAll(of: owner, inRange: range)
    }
    fetcher.fetchLengths(range)
    fetcher.fetch(active.terms, count: active.count, active.postings, range)
  }

  private func score(
    _ range: Int, _ live: UInt32, _ active: ActiveTerms, _ alive: PassageMask, threshold: Float, unit: Float,
    into hits: inout TopHits
  ) throws(RetrievalError) {
    let count = active.count
    let base = UInt32(truncatingIfNeeded: range * RangeBounds.rangeSize)
    let scale = unit * (1 + RangeSchedule.slack)
    let window = RangeTerm.window(live)
    var alive = alive
    // Terms whose sets are not kept come first: most of them are rare.
    let others = areAllKept ? 0 : active.bringForward(without: sets)
    if others > 0 {
      // What the terms that are left can add, in units.
      var left: UInt64 = 0
      for place in 0..<count { left += active.terms[place] >> 32 }
      var place = 0
      while place < others && !alive.isEmpty {
        let term = active.takeStrongest(place, of: others)
        try sums.add(term, active.postings(term), base, window, alive)
        left -= active.terms[place] >> 32
        let least = threshold - Float(left) * scale
        if least > 0 { alive.formIntersection(sums.reaching(least, window)) }
        place += 1
      }
    }
    if others < count && !alive.isEmpty {
      alive.withWords { words in
        SetKernels.score(
          active.query, active.terms + others, count: count - others, inRange: range, reaching: threshold, scale: scale,
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
}
