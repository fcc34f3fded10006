import ByteStorage
import IndexFormat

/// Finds the best passages for a bag of terms without scoring those that cannot be among them.
///
/// The bounds of the terms are added up over all ranges of 128 passages at once; only ranges whose sum reaches the threshold
/// are looked at, and of these only the eighths that do (live ranges; Mallia et al., "Fast Disjunctive Candidate Generation
/// Using Live Block Filtering", 2021). There the strongest term adds its scores first; once those that are left cannot lift
/// a new passage over the threshold, they are added only where passages still can reach it (MaxScore; Turtle and Flood,
/// 1995).
///
/// Scores are floats and their sums doubles, which have room for every bit: in whatever order they are added, the sum is
/// the same.
struct UnionEvaluator {
  private let owner: RangeTerms
  private let terms: UnsafeMutablePointer<RangeTerm>
  private let count: Int
  private let scorer: PostingsScorer
  private let firstPassage: Int
  private let memory: ScratchMemory
  private let hasBoosters: Bool
  /// The terms that occur in the current range.
  private let found: FoundTerms
  private let fetcher: PostingsFetcher
  /// Those of them that occur in the live eighths: what each can add there, in 255ths of a unit of bounds, above 32 bits with
  /// its index.
  private let active: UnsafeMutablePointer<UInt64>
  /// By passage of the range; −0 where nothing has been added.
  private let sums: UnsafeMutablePointer<Double>

  /// Fewer postings outside a window are scored with those inside.
  private static let leastToLeaveOut = 20
  /// To add the scores of single passages costs as much as to add those of so many postings each.
  private static let postingsPerLookup = 3

  init(_ owner: RangeTerms, firstPassage: Int, _ memory: ScratchMemory) {
    self.owner = owner
    terms = owner.terms
    count = owner.count
    scorer = owner.scorer
    self.firstPassage = firstPassage
    self.memory = memory
    hasBoosters = (0..<owner.count).contains { !owner.terms[$0].isDriver }
    found = FoundTerms(count: owner.count, memory)
    fetcher = PostingsFetcher(owner, memory)
    active = memory.allocate(UInt64.self, owner.count)
    sums = memory.allocate(Double.self, RangeBounds.rangeSize)
    sums.initialize(repeating: -0.0, count: RangeBounds.rangeSize)
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
      let window = activate(range, next: next, table, threshold: threshold, unit: unit)
      if !window.places.isEmpty { try score(range, window, threshold: threshold, unit: unit, into: &hits) }
    }
  }

  private func score(
    _ range: Int, _ window: (places: Range<Int>, active: Int), threshold: Float, unit: Float,
    into hits: inout TopHits
  ) throws(RetrievalError) {
    let base = UInt32(truncatingIfNeeded: range * RangeBounds.rangeSize)
    let scale = unit / 255 * (1 + RangeSchedule.slack)
    // What the terms from `place` on can add, in the numbers of `active` and as a score.
    var left: UInt64 = 0
    for place in 0..<window.active { left += active[place] >> 32 }
    var rest = Float(left) * scale
    var place = 0
    while place < window.active && rest >= threshold {
      let term = takeStrongest(place, of: window.active)
      try add(term, base, window.places, nil)
      left -= active[place] >> 32
      rest = Float(left) * scale
      place += 1
    }
    var alive = reaching(threshold - rest, window.places)
    while place < window.active && !alive.isEmpty {
      let term = takeStrongest(place, of: window.active)
      try add(term, base, window.places, alive)
      left -= active[place] >> 32
      rest = Float(left) * scale
      place += 1
      alive = reaching(threshold - rest, window.places)
    }
    if place == window.active {
      alive.forEach { offset in
        let score = Float(sums[offset])
        if score >= hits.threshold && (!hasBoosters || isDriven(base + UInt32(offset), range)) {
          hits.offer(ScoredPassage(passage: firstPassage + Int(base) + offset, score: score))
        }
      }
    }
    sums.update(repeating: -0.0, count: RangeBounds.rangeSize)
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

  /// Adds the scores of a term in a part of a range; where only few passages there can still be hits, only to these.
  @inline(__always)
  private func add(
    _ term: Int, _ base: UInt32, _ window: Range<Int>, _ alive: PassageMask?
  ) throws(RetrievalError) {
    let postings = found.postings(term)
    var first = postings.lowerBound
    while first < postings.upperBound {
      guard let all = terms[term].load(first, postings.upperBound, frequencies: false) else {
        throw .index(owner.damaged(term))
      }
      first += all.count
      // What lies outside the window does no harm; to find where the window begins and ends costs more than a few postings.
      let outside = all.count * (RangeBounds.rangeSize - window.count) / RangeBounds.rangeSize
      let stretch =
        outside < UnionEvaluator.leastToLeaveOut ? all : terms[term].narrow(all, to: window, base)
      guard !stretch.isEmpty else { continue }
      if let alive, alive.count * UnionEvaluator.postingsPerLookup < stretch.count {
        var here = PassageMask()
        here.insert(terms[term].blocks.documents, stretch, base)
        var both = alive
        both.formIntersection(here)
        if both.isEmpty { continue }
        guard terms[term].blocks.decodeFrequencies() else { throw .index(owner.damaged(term)) }
        both.forEach { offset in
          sums[offset] += Double(
            scorer.score(
              base + UInt32(offset),
              frequency: terms[term].blocks.frequencies[stretch.lowerBound + here.rank(offset)],
              weight: terms[term].weight))
        }
      } else {
        guard terms[term].blocks.decodeFrequencies() else { throw .index(owner.damaged(term)) }
        scorer.accumulate(
          terms[term].blocks.documents + stretch.lowerBound, terms[term].blocks.frequencies + stretch.lowerBound,
          count: stretch.count, weight: terms[term].weight, base: base, to: sums)
      }
    }
  }

  /// The passages of a part of a range that have been added to and whose sums reach `least`.
  @inline(__always)
  private func reaching(_ least: Float, _ window: Range<Int>) -> PassageMask {
    PassageMask(ScoringKernels.reaching(sums, in: window, Double(least)))
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

  /// Finds the part of a range that can reach `threshold`, empty where none can, and how many terms are active there.
  @inline(__always)
  private func activate(
    _ range: Int, next: Int, _ table: RangeTermTable?, threshold: Float, unit: Float
  ) -> (places: Range<Int>, active: Int) {
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
      if live == 0 { return (0..<0, 0) }
    }
    let activeCount = ScoringKernels.liveTerms(
      found.bounds, found.parts, found.terms, count: foundCount, live: live, into: active)
    fetcher.fetchBlocks(active, count: activeCount, found.postings)
    return (RangeTerm.window(live), activeCount)
  }
}
