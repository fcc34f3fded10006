import ByteStorage
import IndexFormat

/// Finds the passages that hold all of several terms, one after the other for a phrase, without looking into ranges of
/// passages where one of them is missing or where no passage can be among the hits.
struct ConjunctionEvaluator {
  private let owner: RangeTerms
  private let terms: UnsafeMutablePointer<RangeTerm>
  private let firstPassage: Int
  private let memory: ScratchMemory
  /// The terms, rarest first.
  private let order: UnsafeMutablePointer<UInt32>
  /// For each term, by its place in the query, the passages of the current window that hold it, and the posting of the first
  /// of them.
  private let masks: UnsafeMutablePointer<PassageMask>
  private let firstPostings: UnsafeMutablePointer<Int>
  /// What is known of the terms in the current range; their bounds there, and what parts of them its eighths reach.
  private let entries: UnsafeMutablePointer<RangeEntry>
  private let bounds: UnsafeMutablePointer<UInt16>
  private let parts: UnsafeMutablePointer<UInt64>
  /// What the terms from each on, rarest first, can add in the current window.
  private let rest: UnsafeMutablePointer<Float>
  /// For a phrase: what compares positions; else each term scores by itself.
  private let phrase: PhraseCounter.Room?
  private let counter: PhraseCounter?
  private let fetcher: PostingsFetcher
  /// All terms, and by term the first posting in the current range, as the fetcher wants them.
  private let all: UnsafeMutablePointer<UInt64>
  private let begins: UnsafeMutablePointer<UInt64>

  init(_ owner: RangeTerms, _ phrase: PhraseCounter?, firstPassage: Int, _ memory: ScratchMemory) {
    self.owner = owner
    counter = phrase
    fetcher = PostingsFetcher(owner, memory)
    all = memory.allocate(UInt64.self, owner.count)
    begins = memory.allocate(UInt64.self, owner.count)
    for term in 0..<owner.count { all[term] = UInt64(term) }
    self.phrase = phrase?.room
    self.firstPassage = firstPassage
    self.memory = memory
    terms = owner.terms
    order = memory.allocate(UInt32.self, owner.count)
    masks = memory.allocate(PassageMask.self, owner.count)
    masks.initialize(repeating: PassageMask(), count: owner.count)
    firstPostings = memory.allocate(Int.self, owner.count)
    entries = memory.allocate(RangeEntry.self, owner.count)
    bounds = memory.allocate(UInt16.self, owner.count)
    parts = memory.allocate(UInt64.self, owner.count)
    rest = memory.allocate(Float.self, owner.count + 1)
    for term in 0..<owner.count {
      let frequency = owner.list(term).term.documentFrequency
      var place = term
      while place > 0 && owner.list(Int(order[place - 1])).term.documentFrequency > frequency {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = UInt32(term)
    }
  }

  /// Offers the matching passages and returns how many there are; without `countsAll` those that cannot be among the hits
  /// are left out.
  func evaluate(countsAll: Bool, into hits: inout TopHits) throws(RetrievalError) -> Int {
    let isRanked = hits.limit > 0
    var count = 0
    let threshold = countsAll ? 0 : max(hits.threshold, 0)
    let schedule =
      terms[Int(order[0])].isSparse
      ? sparseSchedule(threshold, limit: countsAll ? 0 : hits.limit)
      : denseSchedule(threshold, limit: countsAll ? 0 : hits.limit)
    try schedule.forEach(threshold: { countsAll ? 0 : hits.threshold }) { range, next throws(RetrievalError) in
      fetcher.fetchEntries(ofRange: next)
      let candidates = try intersect(
        range, threshold: countsAll ? 0 : hits.threshold * (1 - RangeSchedule.slack), unit: schedule.unit)
      guard !candidates.isEmpty else { return }
      // Where nothing is ranked, terms that are all there are a match whatever they would score.
      if !isRanked && phrase == nil {
        count += candidates.count
        return
      }
      let base = UInt32(truncatingIfNeeded: range * RangeBounds.rangeSize)
      try candidates.forEach { offset throws(RetrievalError) in
        let passage = base + UInt32(offset)
        let found =
          if let phrase {
            try score(
              passage, phrase, reaching: countsAll ? -.infinity : hits.threshold,
              before: countsAll ? .max : hits.firstTooLate - firstPassage)
          } else {
            try score(passage, reaching: countsAll ? -.infinity : hits.threshold * (1 - RangeSchedule.slack))
          }
        guard let found else { return }
        count += 1
        if found >= hits.threshold {
          hits.offer(ScoredPassage(passage: firstPassage + Int(passage), score: found))
        }
      }
    }
    return count
  }

  /// Goes through the ranges of the rarest term, which are few.
  private func sparseSchedule(_ threshold: Float, limit: Int) -> RangeSchedule {
    let lead = Int(order[0])
    guard let occupied = terms[lead].occupied else { preconditionFailure("a sparse term has occupied ranges") }
    let ranges = memory.allocate(UInt32.self, terms[lead].occupiedCount)
    let bounds = memory.allocate(UInt16.self, terms[lead].occupiedCount)
    var total: Float = 0
    for term in 0..<owner.count { total += terms[term].weight }
    let unit = total / 65_000
    var count = 0
    ranges: for place in 0..<terms[lead].occupiedCount {
      let range = Int(occupied[place])
      var sum: Float = 0
      var least = UInt16.max
      for step in 0..<owner.count {
        let term = Int(order[step])
        let code = terms[term].code(range)
        if code == 0 { continue ranges }
        sum += terms[term].weight * Float(code)
        least = min(least, code)
      }
      let bound = (phrase.map { $0.weight * Float(least) } ?? sum) / RangeBounds.unit * (1 + RangeSchedule.slack)
      if bound < threshold { continue }
      ranges[count] = UInt32(range)
      bounds[count] = UInt16((bound / unit).rounded(.up)) + 1
      count += 1
    }
    return RangeSchedule(ranges, bounds, count: count, unit: unit, limit: limit, ordersAll: limit > 0, memory)
  }

  private func denseSchedule(_ threshold: Float, limit: Int) -> RangeSchedule {
    guard let phrase else {
      let (bounds, unit) = owner.sumOfBounds(all: true, memory)
      return RangeSchedule(
        bounds: bounds, rangeCount: owner.rangeCount, unit: unit, threshold: threshold, limit: limit,
        ordersAll: limit > 0, memory)
    }
    // A phrase occurs at most as often as the rarest of its terms, and scores at most as the least of them.
    let padded = RangeBounds.paddedCount(owner.rangeCount)
    let bounds = memory.allocate(UInt16.self, padded)
    bounds.update(from: terms[0].spreadCodes(memory), count: padded)
    for term in 1..<max(owner.count, 1) {
      ScoringKernels.takeLeast(bounds, terms[term].spreadCodes(memory), count: padded)
    }
    return RangeSchedule(
      bounds: bounds, rangeCount: owner.rangeCount, unit: phrase.weight / RangeBounds.unit, threshold: threshold,
      limit: limit, ordersAll: limit > 0, memory)
  }

  /// The passages of a range that hold all terms and may reach `threshold`; sets `masks` and `firstPostings`.
  private func intersect(_ range: Int, threshold: Float, unit: Float) throws(RetrievalError) -> PassageMask {
    let weight = phrase?.weight
    for term in 0..<owner.count {
      entries[term] = terms[term].entry(range)
      parts[term] = entries[term].eighths
      begins[term] = UInt64(entries[term].firstPosting)
      let bound = (weight ?? terms[term].weight) * Float(entries[term].code) / (RangeBounds.unit * unit)
      bounds[term] = UInt16(min(bound + 1, 65_535))
    }
    let least: UInt16 = threshold > 0 ? UInt16(min(threshold / unit, 65_535)) : 0
    let live = ScoringKernels.eighths(
      parts, bounds, count: owner.count, reaching: least,
      phrase == nil ? .sumOfAll : .leastOfAll)
    guard live != 0 else { return PassageMask() }
    fetcher.fetchBlocks(all, count: owner.count, begins)
    let window = RangeTerm.window(live)
    rest[owner.count] = 0
    for step in (0..<owner.count).reversed() {
      let term = Int(order[step])
      let bound = Float(UInt32(bounds[term]) * RangeTerm.greatestPart(parts[term], live))
      rest[step] = rest[step + 1] + bound * (unit / 255)
    }
    let base = UInt32(truncatingIfNeeded: range * RangeBounds.rangeSize)
    var common = PassageMask()
    for step in 0..<owner.count {
      let term = Int(order[step])
      var mask = PassageMask()
      let postings = entries[term].postings
      firstPostings[term] = postings.upperBound
      var first = postings.lowerBound
      while first < postings.upperBound {
        guard let all = terms[term].load(first, postings.upperBound, frequencies: false) else {
          throw .index(owner.damaged(term))
        }
        let stretch = terms[term].narrow(all, to: window, base)
        if !stretch.isEmpty {
          firstPostings[term] = min(firstPostings[term], first + stretch.lowerBound - all.lowerBound)
          mask.insert(terms[term].blocks.documents, stretch, base)
        }
        first += all.count
      }
      masks[term] = mask
      if step == 0 { common = mask } else { common.formIntersection(mask) }
      if common.isEmpty { break }
    }
    return common
  }

  /// Decodes the block that holds a passage of the current window, with its frequencies, and gives the passage's place.
  @inline(__always)
  private func place(of passage: UInt32, _ term: Int) throws(RetrievalError) -> Int {
    let posting = firstPostings[term] + masks[term].rank(Int(passage & UInt32(RangeBounds.rangeSize - 1)))
    guard let stretch = terms[term].load(posting, posting + 1, frequencies: true), !stretch.isEmpty else {
      throw .index(owner.damaged(term))
    }
    return stretch.lowerBound
  }

  /// The score of a passage that holds all terms, or nil where it cannot reach `least`.
  private func score(_ passage: UInt32, reaching least: Float) throws(RetrievalError) -> Float? {
    var sum = 0.0
    for step in 0..<owner.count {
      if Float(sum) + rest[step] < least { return nil }
      let term = Int(order[step])
      let place = try place(of: passage, term)
      let frequency = terms[term].blocks.frequencies[place]
      sum += Double(owner.scorer.score(passage, frequency: frequency, weight: terms[term].weight))
    }
    return Float(sum)
  }

  /// The score of the phrase, or nil where the terms do not form it, where it cannot reach `least`, and where it can reach no
  /// more and the passage is not before `firstTooLate`.
  private func score(
    _ passage: UInt32, _ phrase: PhraseCounter.Room, reaching least: Float, before firstTooLate: Int
  ) throws(RetrievalError) -> Float? {
    var rarest = UInt32.max
    for term in 0..<owner.count {
      let place = try place(of: passage, term)
      phrase.places[term] = place
      rarest = min(rarest, terms[term].blocks.frequencies[place])
    }
    // What the phrase would score if every mention of the rarest term were one of the phrase is never less, to the last bit,
    // than what it scores: no step of the formula turns two numbers round. So ties are decided before positions are read.
    let bound = owner.scorer.score(passage, frequency: rarest, weight: phrase.weight)
    guard bound > least || bound == least && Int(passage) < firstTooLate else { return nil }
    for step in 0..<owner.count {
      let term = Int(order[step])
      guard let positions = phrase.positions[term].positions(of: phrase.places[term], beside: terms[term].blocks) else {
        throw .index(damagedPositions(term))
      }
      phrase.lists[step].positions = positions
    }
    let frequency = PhraseOccurrences.count(phrase.lists, owner.count, below: phrase.limit)
    return frequency == 0 ? nil : owner.scorer.score(passage, frequency: frequency, weight: phrase.weight)
  }

  private func damagedPositions(_ term: Int) -> IndexError { counter?.damaged(term) ?? owner.damaged(term) }
}
