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
  /// The terms that occur in the current range: what parts of their bounds the eighths reach, the bounds, the terms.
  private let parts: UnsafeMutablePointer<UInt64>
  private let bounds: UnsafeMutablePointer<UInt16>
  private let found: UnsafeMutablePointer<Int>
  /// Those of them that occur in the live eighths, strongest first: what each can add there, in 255ths of a unit of bounds,
  /// above 32 bits with its index.
  private let active: UnsafeMutablePointer<UInt64>
  /// What all from each active term on can add, as a score.
  private let rest: UnsafeMutablePointer<Float>
  /// By passage of the range; −0 where nothing has been added.
  private let sums: UnsafeMutablePointer<Double>

  /// Fewer postings outside a window are scored with those inside.
  private static let leastToLeaveOut = 20
  /// To look a passage up costs as much as to add so many postings.
  private static let postingsPerLookup = 6

  init(_ owner: RangeTerms, firstPassage: Int, _ memory: ScratchMemory) {
    self.owner = owner
    terms = owner.terms
    count = owner.count
    scorer = owner.scorer
    self.firstPassage = firstPassage
    self.memory = memory
    hasBoosters = (0..<owner.count).contains { !owner.terms[$0].isDriver }
    parts = memory.allocate(UInt64.self, owner.count)
    bounds = memory.allocate(UInt16.self, owner.count)
    found = memory.allocate(Int.self, owner.count)
    active = memory.allocate(UInt64.self, owner.count)
    rest = memory.allocate(Float.self, owner.count + 1)
    sums = memory.allocate(Double.self, RangeBounds.rangeSize)
    sums.initialize(repeating: -0.0, count: RangeBounds.rangeSize)
  }

  /// Offers every passage that can be among the hits.
  func evaluate(into hits: inout TopHits) throws(RetrievalError) {
    var floor: Float = 0
    for term in 0..<count where terms[term].isDriver {
      floor = max(floor, terms[term].weight * owner.bounds(term).floor(of: hits.limit))
    }
    floor *= 1 - RangeSchedule.slack
    let (bounds, unit) = owner.sumOfBounds(all: false, memory)
    let schedule = RangeSchedule(
      bounds: bounds, rangeCount: owner.rangeCount, unit: unit, threshold: max(hits.threshold, floor),
      limit: hits.limit, ordersAll: false, memory)
    try schedule.forEach(threshold: { max(hits.threshold, floor) }) { range, _ throws(RetrievalError) in
      try score(range, threshold: max(hits.threshold, floor) * (1 - RangeSchedule.slack), unit: unit, into: &hits)
    }
  }

  private func score(
    _ range: Int, threshold: Float, unit: Float, into hits: inout TopHits
  ) throws(RetrievalError) {
    let window = activate(range, threshold: threshold, unit: unit)
    guard !window.places.isEmpty else { return }
    let base = UInt32(truncatingIfNeeded: range * RangeBounds.rangeSize)
    var place = 0
    while place < window.active && rest[place] >= threshold {
      try add(Int(truncatingIfNeeded: active[place] & 0xFFFF_FFFF), range, base, window.places, nil)
      place += 1
    }
    var alive = reaching(threshold - rest[place], window.places)
    while place < window.active && !alive.isEmpty {
      try add(Int(truncatingIfNeeded: active[place] & 0xFFFF_FFFF), range, base, window.places, alive)
      place += 1
      alive = reaching(threshold - rest[place], window.places)
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

  /// Adds the scores of a term in a part of a range; where only few passages there can still be hits, only to these.
  @inline(__always)
  private func add(
    _ term: Int, _ range: Int, _ base: UInt32, _ window: Range<Int>, _ alive: PassageMask?
  ) throws(RetrievalError) {
    let postings = terms[term].postings(range)
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
        try alive.forEach { offset throws(RetrievalError) in
          guard let place = terms[term].place(of: base + UInt32(offset), in: stretch) else { return }
          guard terms[term].blocks.decodeFrequencies() else { throw .index(owner.damaged(term)) }
          sums[offset] += Double(
            scorer.score(
              base + UInt32(offset), frequency: terms[term].blocks.frequencies[place], weight: terms[term].weight))
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
      let postings = terms[term].postings(range)
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

  /// Finds the part of a range that can reach `threshold`, and orders the terms that occur there by what they can add,
  /// greatest first.
  @inline(__always)
  private func activate(
    _ range: Int, threshold: Float, unit: Float
  ) -> (places: Range<Int>, active: Int) {
    var foundCount = 0
    for term in 0..<count {
      let bound = terms[term].bound(range)
      guard bound > 0 else { continue }
      parts[foundCount] = terms[term].eighths(range)
      bounds[foundCount] = bound
      found[foundCount] = term
      foundCount += 1
    }
    var live: UInt32 = 255
    if threshold > 0 && count <= RangeTerms.mostTerms {
      let least = UInt16(min(threshold / unit, 65_535))
      live = ScoringKernels.eighths(parts, bounds, count: foundCount, reaching: least, .sum)
      if live == 0 { return (0..<0, 0) }
    }
    var activeCount = 0
    for index in 0..<foundCount {
      let part = RangeTerm.greatestPart(parts[index], live)
      guard part > 0 else { continue }
      let entry = UInt64(UInt32(bounds[index]) * part) << 32 | UInt64(found[index])
      var place = activeCount
      while place > 0 && active[place - 1] < entry {
        active[place] = active[place - 1]
        place -= 1
      }
      active[place] = entry
      activeCount += 1
    }
    rest[activeCount] = 0
    let scale = unit / 255 * (1 + RangeSchedule.slack)
    var sum: UInt64 = 0
    var place = activeCount
    while place > 0 {
      place -= 1
      sum += active[place] >> 32
      rest[place] = Float(sum) * scale
    }
    return (RangeTerm.window(live), activeCount)
  }
}
