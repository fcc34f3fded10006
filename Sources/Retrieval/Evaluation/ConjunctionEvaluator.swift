import ByteStorage
import IndexFormat

/// Finds the passages that hold all of several terms, one after the other for a phrase: the sets of passages that hold each
/// are brought together range by range, then the ranges are looked at in the order of their bounds, those left out in which
/// no passage can be among the hits.
struct ConjunctionEvaluator {
  private let owner: RangeTerms
  private let count: Int
  /// Rarest first.
  private let terms: UnsafeMutablePointer<RequiredTerm>
  /// By place among `terms`, the term's number in the query.
  private let order: UnsafePointer<Int>
  /// The passages of the current range that are looked at.
  private let candidates: UnsafeMutablePointer<PassageMask>
  /// By place among `terms`, bounds in the current range and what parts of them its eighths reach.
  private let bounds: UnsafeMutablePointer<UInt16>
  private let parts: UnsafeMutablePointer<UInt64>
  private let firstPassage: Int
  private let memory: ScratchMemory
  /// For a phrase: what compares positions; else each term scores by itself.
  private let phrase: PhraseCounter.Room?
  private let counter: PhraseCounter?

  /// In fewer passages than this no eighth is left out: to find out costs as much as to score them.
  private static let leastToNarrow = 4
  /// As many ranges as this are worth an order.
  private static let leastToOrder = 8

  /// What fewer ranges are scored by is not fetched beforehand.
  private static let leastToFetch = 64

  /// - Parameter masks: by number in the query.
  init(
    _ owner: RangeTerms, masks: UnsafePointer<RangeMasks.View>, _ phrase: PhraseCounter?, firstPassage: Int,
    _ memory: ScratchMemory
  ) {
    self.owner = owner
    counter = phrase
    self.phrase = phrase?.room
    self.firstPassage = firstPassage
    self.memory = memory
    count = owner.count
    terms = memory.allocate(RequiredTerm.self, count)
    order = UnsafePointer(owner.order(memory))
    candidates = memory.allocate(PassageMask.self, 1)
    bounds = memory.allocate(UInt16.self, count)
    parts = memory.allocate(UInt64.self, count)
    for place in 0..<count {
      (terms + place).initialize(to: RequiredTerm(masks[order[place]], owner.terms[order[place]], memory))
    }
  }

  /// Offers the matching passages and returns how many there are; without `countsAll` those that cannot be among the hits
  /// are left out.
  func evaluate(countsAll: Bool, into hits: inout TopHits) throws(RetrievalError) -> Int {
    let common = CommonRanges(terms, count, rangeCount: owner.rangeCount, memory)
    // Where terms need not stand in order, all passages that hold them match.
    let isCounted = phrase == nil && (countsAll || hits.limit == 0)
    if isCounted && hits.limit == 0 { return common.passageCount }
    var found = 0
    let isPruned = !countsAll || phrase == nil
    let schedule = schedule(common, isRanked: isPruned && hits.limit > 0)
    try schedule.forEach(threshold: { isPruned ? hits.threshold : 0 }) { index, next throws(RetrievalError) in
      let threshold = isPruned ? hits.threshold * (1 - RangeSchedule.slack) : 0
      let range = Int(common.ranges[index])
      candidates.pointee = common.masks[index]
      if threshold > 0 && candidates.pointee.count >= ConjunctionEvaluator.leastToNarrow {
        narrow(range, threshold: threshold, unit: schedule.unit)
      }
      if common.count >= ConjunctionEvaluator.leastToFetch { fetch(Int(common.ranges[next])) }
      for term in 0..<count { terms[term].choose(candidates, range) }
      let base = UInt32(truncatingIfNeeded: range * RangeBounds.rangeSize)
      var chosen = 0
      try candidates.pointee.forEach { offset throws(RetrievalError) in
        let passage = base + UInt32(offset)
        let place = chosen
        chosen += 1
        let score =
          if let phrase {
            try score(
              passage, place, phrase, reaching: isPruned ? hits.threshold : -.infinity,
              before: isPruned ? hits.firstTooLate - firstPassage : .max)
          } else {
            try score(passage, place)
          }
        guard let score else { return }
        found += 1
        if score >= hits.threshold { hits.offer(ScoredPassage(passage: firstPassage + Int(passage), score: score)) }
      }
    }
    return isCounted ? common.passageCount : found
  }

  /// The ranges in the order in which they are to be looked at.
  private func schedule(_ common: CommonRanges, isRanked: Bool) -> RangeSchedule {
    let bounds = memory.allocate(UInt16.self, common.count)
    var total = phrase?.weight ?? 0
    if phrase == nil {
      for term in 0..<count { total += terms[term].weight }
    }
    // So that no bound exceeds the greatest number by being rounded up.
    let unit = max(total, .leastNormalMagnitude) / 65_000
    let isOrdered = isRanked && common.count >= ConjunctionEvaluator.leastToOrder
    for place in 0..<common.count {
      bounds[place] = isOrdered ? UInt16((bound(Int(common.ranges[place])) / unit).rounded(.up)) + 1 : .max
    }
    return RangeSchedule(bounds, count: common.count, unit: unit, isOrdered: isOrdered, memory)
  }

  /// A score that no passage of a range exceeds. A phrase occurs at most as often as the rarest of its terms.
  private func bound(_ range: Int) -> Float {
    var sum: Float = 0
    var least = UInt16.max
    for term in 0..<count {
      let code = terms[term].entry(range).code
      sum += terms[term].weight * Float(code)
      least = min(least, code)
    }
    return (phrase.map { $0.weight * Float(least) } ?? sum) / RangeBounds.unit * (1 + RangeSchedule.slack)
  }

  /// Fetches what the next range will be scored by: ranges are looked at in the order of their bounds, and lie far apart.
  @inline(__always)
  private func fetch(_ range: Int) {
    for term in 0..<count {
      let entry = terms[term].entry(range)
      let first = Int(entry.firstPosting)
      Prefetch.bytes(terms[term].postings.frequencies + first, count: Int(entry.count))
      if let phrase, phrase.areKnown {
        Prefetch.bytes(phrase.known[term].starts + first, count: 4 * Int(entry.count))
      }
    }
  }

  /// Leaves out the passages of those eighths of a range where none can reach `threshold`.
  private func narrow(_ range: Int, threshold: Float, unit: Float) {
    for term in 0..<count {
      let entry = terms[term].entry(range)
      let weight = phrase?.weight ?? terms[term].weight
      parts[term] = entry.eighths
      bounds[term] = UInt16(min(weight * Float(entry.code) / (RangeBounds.unit * unit) + 1, 65_535))
    }
    let least = UInt16(min(threshold / unit, 65_535))
    candidates.pointee.keep(
      eighths: ScoringKernels.eighths(
        parts, bounds, count: count, reaching: least, phrase == nil ? .sumOfAll : .leastOfAll))
  }

  /// How often a candidate holds a term, by its place among the candidates and the term's among `terms`.
  @inline(__always)
  private func frequency(_ term: Int, _ place: Int) throws(RetrievalError) -> UInt32 {
    let frequency = terms[term].postings.frequencies[Int(terms[term].chosen[place])]
    return frequency < RangeMasks.mostFrequent ? UInt32(frequency) : try exactFrequency(term, place)
  }

  private func exactFrequency(_ term: Int, _ place: Int) throws(RetrievalError) -> UInt32 {
    owner.terms[order[term]].blocks.frequencies[try load(term, place)]
  }

  /// Decodes the block of a candidate's posting, and gives the posting's place there.
  private func load(_ term: Int, _ place: Int) throws(RetrievalError) -> Int {
    let posting = Int(terms[term].chosen[place])
    guard let stretch = owner.terms[order[term]].load(posting, posting + 1, frequencies: true), !stretch.isEmpty else {
      throw .index(owner.damaged(order[term]))
    }
    return stretch.lowerBound
  }

  /// The score of a candidate.
  @inline(__always)
  private func score(_ passage: UInt32, _ place: Int) throws(RetrievalError) -> Float? {
    let norm = owner.scorer.norm(passage)
    var sum = 0.0
    for term in 0..<count {
      let frequency = try frequency(term, place)
      sum += Double(owner.scorer.score(norm: norm, frequency: frequency, weight: terms[term].weight))
    }
    return Float(sum)
  }

  /// The score of the phrase, or nil where the terms do not form it, where it cannot reach `least`, and where it can reach no
  /// more and the passage is not before `firstTooLate`.
  private func score(
    _ passage: UInt32, _ place: Int, _ phrase: PhraseCounter.Room, reaching least: Float, before firstTooLate: Int
  ) throws(RetrievalError) -> Float? {
    var rarest = UInt32.max
    for term in 0..<count { rarest = min(rarest, try frequency(term, place)) }
    // What the phrase would score if every mention of the rarest term were one of the phrase is never less, to the last bit,
    // than what it scores: no step of the formula turns two numbers round. So ties are decided before positions are read.
    let norm = owner.scorer.norm(passage)
    let bound = owner.scorer.score(norm: norm, frequency: rarest, weight: phrase.weight)
    guard bound > least || bound == least && Int(passage) < firstTooLate else { return nil }
    let frequency = try phrase.areKnown ? knownOccurrences(phrase, place) : storedOccurrences(phrase, place)
    return frequency == 0 ? nil : owner.scorer.score(norm: norm, frequency: frequency, weight: phrase.weight)
  }

  /// How often a passage holds the phrase, whose terms' positions are kept decoded.
  @inline(__always)
  private func knownOccurrences(_ phrase: PhraseCounter.Room, _ place: Int) -> UInt32 {
    for term in 0..<count {
      phrase.knownLists[term].positions = phrase.known[term].positions(of: Int(terms[term].chosen[place]))
    }
    if count == 2 {
      let (lead, other) = (phrase.knownLists[0], phrase.knownLists[1])
      return MaskKernels.pairs(lead.positions, other.positions, distance: Int(other.offset) - Int(lead.offset))
    }
    return PhraseOccurrences.count(phrase.knownLists, count, below: phrase.limit)
  }

  /// How often a passage holds the phrase, whose terms' positions are read from the index.
  private func storedOccurrences(_ phrase: PhraseCounter.Room, _ place: Int) throws(RetrievalError) -> UInt32 {
    for term in 0..<count {
      let posting = try load(term, place)
      guard let positions = phrase.stored[term].positions(of: posting, beside: owner.terms[order[term]].blocks) else {
        throw .index(damagedPositions(order[term]))
      }
      phrase.storedLists[term].positions = positions
    }
    return PhraseOccurrences.count(phrase.storedLists, count, below: phrase.limit)
  }

  private func damagedPositions(_ term: Int) -> IndexError { counter?.damaged(term) ?? owner.damaged(term) }
}
