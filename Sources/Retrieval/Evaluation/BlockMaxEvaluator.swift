import ByteStorage
import IndexFormat

/// Finds the best passages for a bag of terms without scoring those that cannot be among them.
///
/// Passages are divided into windows. In each, the bounds of the terms tell whether a passage can reach the hits at all.
/// If so, the terms that matter there are added up, and the others are looked up only for passages that could still make
/// it (MaxScore; Turtle and Flood, 1995, with bounds by block as in Ding and Suel, 2011). The windows of greatest promise
/// come first, so that the threshold rises early. What survives is scored once more term by term in the order of the
/// query, so scores equal those of an exhaustive search to the bit.
final class BlockMaxEvaluator {
  private let segment: Segment
  private let firstPassage: Int
  private let owner: WindowTerms
  private let terms: UnsafeMutableBufferPointer<WindowTerm>
  private let scorer: BlockScorer
  /// Indices of the terms that can occur in the current window, weakest first.
  private let order: UnsafeMutablePointer<UInt32>
  private let driverCount: Int
  private let sums: UnsafeMutablePointer<Float>
  private let candidates: UnsafeMutablePointer<UInt32>

  private static let windowSize = ScoreBounds.windowSize
  /// With fewer postings than this for each window, adding all of them up costs less than choosing among the windows.
  static let leastPostingsPerWindow = 20
  /// To look a term up for a passage that may be a hit costs as much as to add up so many postings.
  static let postingsPerRescoredTerm = 60
  /// A term is added up instead of looked up when more candidates than this wait for each of its blocks.
  private static let candidatesPerBlock = 2

  init(
    _ bag: TermBag, _ segment: Segment, _ index: Int, firstPassage: Int, _ compiler: QueryCompiler
  ) throws(IndexError) {
    self.segment = segment
    self.firstPassage = firstPassage
    scorer = BlockScorer(segment, compiler.norms)
    var found: [(PostingsCursor, TermScoring, ScoreBounds)] = []
    var drivers = 0
    for (number, term) in (bag.drivers + bag.boosters).enumerated() {
      guard let (cursor, scoring) = try compiler.term(term, index) else { continue }
      found.append((cursor, scoring, try compiler.bounds(term, cursor, segment)))
      if number < bag.drivers.count { drivers += 1 }
    }
    owner = WindowTerms(found, segment)
    terms = owner.terms
    driverCount = drivers
    order = .allocate(capacity: max(found.count, 1))
    sums = .allocate(capacity: BlockMaxEvaluator.windowSize)
    candidates = .allocate(capacity: BlockMaxEvaluator.windowSize)
    sums.initialize(repeating: 0, count: BlockMaxEvaluator.windowSize)
  }

  deinit {
    order.deallocate()
    sums.deallocate()
    candidates.deallocate()
  }

  /// Offers every passage that can be among the hits.
  func evaluate(into hits: inout TopHits) throws(IndexError) {
    guard driverCount > 0 else { return }
    let windows = owner.windowCount
    var promise = [Float](repeating: 0, count: windows)
    promise.withUnsafeMutableBufferPointer { promise in
      for index in 0..<terms.count {
        let weight = terms[index].weight
        let greatest = terms[index].greatest
        for window in 0..<windows { promise[window] += weight * greatest[window] }
      }
    }
    for window in WindowTerms.leaders(promise) {
      try score(window, into: &hits)
      promise[window] = 0
    }
    for window in 0..<windows where promise[window] > 0 {
      if promise[window] * (1 + WindowTerms.slack) < hits.threshold { continue }
      try score(window, into: &hits)
    }
  }

  private func score(_ window: Int, into hits: inout TopHits) throws(IndexError) {
    let base = UInt32(window * BlockMaxEvaluator.windowSize)
    let size = min(BlockMaxEvaluator.windowSize, segment.lengths.count - Int(base))
    let active = activate(window)
    // The weakest terms that together cannot lift a passage over the threshold need not be added up.
    let threshold = hits.threshold * (1 - WindowTerms.slack)
    var optional = 0
    var rest: Float = 0
    while optional < active && rest + terms[Int(order[optional])].bound < threshold {
      rest += terms[Int(order[optional])].bound
      optional += 1
    }
    guard optional < active else { return }
    for place in optional..<active { try add(Int(order[place]), window: window, base: base, size: size) }
    var count = collect(atLeast: threshold - rest)
    while optional > 0 && count > 0 {
      optional -= 1
      let term = Int(order[optional])
      rest -= terms[term].bound
      if count > BlockMaxEvaluator.candidatesPerBlock
        * terms[term].blocks(window: window, windowCount: owner.windowCount)
      {
        try add(term, window: window, base: base, size: size)
        count = collect(atLeast: threshold - rest)
      } else {
        count = try lookUp(term, window: window, base: base, count, atLeast: threshold - rest)
      }
    }
    for index in 0..<count {
      let passage = base + candidates[index]
      // The threshold has risen since the candidates were collected.
      guard sums[Int(candidates[index])] >= hits.threshold * (1 - WindowTerms.slack) else { continue }
      if let score = try exactScore(passage, window: window) {
        hits.offer(ScoredPassage(passage: firstPassage + Int(passage), score: score))
      }
    }
    sums.update(repeating: 0, count: BlockMaxEvaluator.windowSize)
  }

  /// Sets the bounds of all terms for a window and orders those that can occur in it, weakest first.
  private func activate(_ window: Int) -> Int {
    var active = 0
    for index in 0..<terms.count {
      let bound = terms[index].weight * terms[index].greatest[window]
      terms[index].bound = bound
      guard bound > 0 else { continue }
      var place = active
      while place > 0 && terms[Int(order[place - 1])].bound > bound {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = UInt32(index)
      active += 1
    }
    return active
  }

  /// Collects the passages whose sums are positive and reach `least`.
  private func collect(atLeast least: Float) -> Int {
    ScoringKernels.collect(
      sums, count: BlockMaxEvaluator.windowSize, reaching: max(least, .leastNormalMagnitude), into: candidates)
  }

  /// Adds a term's scores to the sums of a window.
  private func add(_ term: Int, window: Int, base: UInt32, size: Int) throws(IndexError) {
    let documents = terms[term].documents
    var block = Int(terms[term].firstBlock[window])
    let end = base + UInt32(size)
    while block < terms[term].blockCount {
      try terms[term].load(block)
      let count = terms[term].count
      if documents[0] >= end { return }
      let first = documents[0] >= base ? 0 : WindowTerm.firstIndex(in: documents, count, reaching: base)
      let last = documents[count - 1] < end ? count : WindowTerm.firstIndex(in: documents, count, reaching: end)
      if first < last {
        let frequencies = try terms[term].frequencies()
        let here = documents + first
        let contributions = scorer.score(
          here, frequencies + first, count: last - first, weight: terms[term].weight)
        for index in 0..<(last - first) { sums[Int(here[index] &- base)] += contributions[index] }
      }
      if last < count { return }
      block += 1
    }
  }

  /// Looks a term up for each candidate and keeps those whose sums still can reach `least`.
  private func lookUp(
    _ term: Int, window: Int, base: UInt32, _ count: Int, atLeast least: Float
  ) throws(IndexError) -> Int {
    var kept = 0
    let bound = terms[term].bound
    for index in 0..<count {
      let offset = candidates[index]
      guard sums[Int(offset)] + bound >= least else { continue }
      if let place = try terms[term].find(base + offset, window: window) {
        sums[Int(offset)] += terms[term].scoring.score(
          frequency: try terms[term].frequencies()[place], length: segment.lengths[base + offset])
      }
      guard sums[Int(offset)] >= least else { continue }
      candidates[kept] = offset
      kept += 1
    }
    return kept
  }

  /// The score as an exhaustive search adds it up, or nil where no driver matches.
  private func exactScore(_ passage: UInt32, window: Int) throws(IndexError) -> Float? {
    var sum = 0.0
    var isDriven = false
    for index in 0..<terms.count where terms[index].bound > 0 {
      guard let place = try terms[index].find(passage, window: window) else { continue }
      if index < driverCount { isDriven = true }
      sum += Double(
        terms[index].scoring.score(
          frequency: try terms[index].frequencies()[place], length: segment.lengths[passage]))
    }
    return isDriven ? Float(sum) : nil
  }
}
