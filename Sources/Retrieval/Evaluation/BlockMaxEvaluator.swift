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
  private let terms: UnsafeMutableBufferPointer<Term>
  private let owners: [(PostingsCursor, ScoreBounds)]
  private let norms: NormTable
  private let windowCount: Int
  /// Indices of the terms that can occur in the current window, weakest first.
  private let order: UnsafeMutablePointer<UInt32>
  private let driverCount: Int
  private let sums: UnsafeMutablePointer<Float>
  private let candidates: UnsafeMutablePointer<UInt32>
  private let contributions: UnsafeMutablePointer<Float>
  private let inverseNorms: UnsafeMutablePointer<Float>
  private let lengths: UnsafeMutablePointer<UInt32>

  private static let windowSize = ScoreBounds.windowSize
  /// Windows that are scored before all others.
  private static let leadingWindows = 6
  /// Sums in single precision may be off by this part; what they exclude is excluded for certain.
  private static let slack: Float = 1e-5
  /// With fewer postings than this for each window, adding all of them up costs less than choosing among the windows.
  static let leastPostingsPerWindow = 20
  /// A term is added up instead of looked up when more candidates than this wait for each of its blocks.
  private static let candidatesPerBlock = 2

  /// A term of the query; what is reached through pointers is owned by `owners`.
  private struct Term {
    unowned(unsafe) let cursor: PostingsCursor
    let scoring: TermScoring
    let weight: Float
    /// The bounds by window.
    let greatest: UnsafePointer<Float>
    /// The first blocks by window.
    let firstBlock: UnsafePointer<UInt32>
    let blockCount: Int
    let hasDirectory: Bool
    /// The greatest score in the current window.
    var bound: Float = 0
  }

  init(
    _ bag: TermBag, _ segment: Segment, _ index: Int, firstPassage: Int, _ compiler: QueryCompiler
  ) throws(IndexError) {
    self.segment = segment
    self.firstPassage = firstPassage
    norms = compiler.norms
    var found: [(PostingsCursor, TermScoring, ScoreBounds)] = []
    var drivers = 0
    for (number, term) in (bag.drivers + bag.boosters).enumerated() {
      guard let (cursor, scoring) = try compiler.term(term, index) else { continue }
      found.append((cursor, scoring, try compiler.bounds(term, cursor, segment)))
      if number < bag.drivers.count { drivers += 1 }
    }
    owners = found.map { ($0.0, $0.2) }
    driverCount = drivers
    windowCount = (segment.lengths.count + BlockMaxEvaluator.windowSize - 1) / BlockMaxEvaluator.windowSize
    terms = .allocate(capacity: found.count)
    for (index, (cursor, scoring, bounds)) in found.enumerated() {
      (terms.baseAddress! + index).initialize(
        to: Term(
          cursor: cursor, scoring: scoring, weight: scoring.weight, greatest: bounds.greatest,
          firstBlock: bounds.firstBlock, blockCount: cursor.list.blockCount, hasDirectory: cursor.list.hasDirectory))
    }
    order = .allocate(capacity: max(found.count, 1))
    sums = .allocate(capacity: BlockMaxEvaluator.windowSize)
    candidates = .allocate(capacity: BlockMaxEvaluator.windowSize)
    contributions = .allocate(capacity: 128)
    inverseNorms = .allocate(capacity: 128)
    lengths = .allocate(capacity: 128)
    sums.initialize(repeating: 0, count: BlockMaxEvaluator.windowSize)
  }

  deinit {
    terms.deinitialize()
    terms.deallocate()
    order.deallocate()
    inverseNorms.deallocate()
    sums.deallocate()
    candidates.deallocate()
    contributions.deallocate()
    lengths.deallocate()
  }

  /// Offers every passage that can be among the hits.
  func evaluate(into hits: inout TopHits) throws(IndexError) {
    guard driverCount > 0 else { return }
    let windows = windowCount
    var promise = [Float](repeating: 0, count: windows)
    promise.withUnsafeMutableBufferPointer { promise in
      for index in 0..<terms.count {
        let weight = terms[index].weight
        let greatest = terms[index].greatest
        for window in 0..<windows { promise[window] += weight * greatest[window] }
      }
    }
    for window in BlockMaxEvaluator.leaders(promise) {
      try score(window, into: &hits)
      promise[window] = 0
    }
    for window in 0..<windows where promise[window] > 0 {
      if promise[window] * (1 + BlockMaxEvaluator.slack) < hits.threshold { continue }
      try score(window, into: &hits)
    }
  }

  /// The windows of greatest promise, best first.
  private static func leaders(_ promise: [Float]) -> [Int] {
    var leaders: [Int] = []
    for window in promise.indices where promise[window] > 0 {
      if leaders.count == leadingWindows, promise[leaders[leaders.count - 1]] >= promise[window] { continue }
      var place = leaders.count
      while place > 0 && promise[leaders[place - 1]] < promise[window] { place -= 1 }
      leaders.insert(window, at: place)
      if leaders.count > leadingWindows { leaders.removeLast() }
    }
    return leaders
  }

  private func score(_ window: Int, into hits: inout TopHits) throws(IndexError) {
    let base = UInt32(window * BlockMaxEvaluator.windowSize)
    let size = min(BlockMaxEvaluator.windowSize, segment.lengths.count - Int(base))
    let active = activate(window)
    // The weakest terms that together cannot lift a passage over the threshold need not be added up.
    let threshold = hits.threshold * (1 - BlockMaxEvaluator.slack)
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
      if count > BlockMaxEvaluator.candidatesPerBlock * blocks(of: term, window: window) {
        try add(term, window: window, base: base, size: size)
        count = collect(atLeast: threshold - rest)
      } else {
        count = try lookUp(term, window: window, base: base, count, atLeast: threshold - rest)
      }
    }
    for index in 0..<count {
      let passage = base + candidates[index]
      // The threshold has risen since the candidates were collected.
      guard sums[Int(candidates[index])] >= hits.threshold * (1 - BlockMaxEvaluator.slack) else { continue }
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

  /// How many blocks of a term reach into a window.
  private func blocks(of term: Int, window: Int) -> Int {
    guard terms[term].hasDirectory else { return 1 }
    let next = window + 1 < windowCount ? Int(terms[term].firstBlock[window + 1]) : terms[term].blockCount
    return next - Int(terms[term].firstBlock[window]) + 1
  }

  /// Adds a term's scores to the sums of a window.
  private func add(_ term: Int, window: Int, base: UInt32, size: Int) throws(IndexError) {
    let cursor = terms[term].cursor
    let blockCount = terms[term].blockCount
    let weight = terms[term].weight
    var block = Int(terms[term].firstBlock[window])
    let end = base + UInt32(size)
    while block < blockCount {
      try cursor.load(block)
      let documents = cursor.documents
      let count = cursor.count
      if documents[0] >= end { return }
      let first = documents[0] >= base ? 0 : BlockMaxEvaluator.firstIndex(in: documents, count, reaching: base)
      let last = documents[count - 1] < end ? count : BlockMaxEvaluator.firstIndex(in: documents, count, reaching: end)
      if first < last {
        let frequencies = try cursor.frequencies()
        segment.lengths.gather(documents + first, count: last - first, into: lengths)
        norms.gather(lengths, count: last - first, into: inverseNorms)
        ScoringKernels.score(
          frequencies: frequencies + first, norms: inverseNorms, count: last - first, weight: weight, into: contributions)
        let here = documents + first
        for index in 0..<(last - first) { sums[Int(here[index] &- base)] += contributions[index] }
      }
      if last < count { return }
      block += 1
    }
  }

  /// The index of the first document that is not before `target`.
  @inline(__always)
  private static func firstIndex(in documents: UnsafePointer<UInt32>, _ count: Int, reaching target: UInt32) -> Int {
    var low = 0
    var length = count
    // Without a branch that the processor could guess wrong.
    while length > 1 {
      let half = length / 2
      low += documents[low + half - 1] < target ? half : 0
      length -= half
    }
    return low + (length == 1 && documents[low] < target ? 1 : 0)
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
      if let place = try find(base + offset, term, window: window) {
        sums[Int(offset)] += terms[term].scoring.score(
          frequency: try terms[term].cursor.frequencies()[place], length: segment.lengths[base + offset])
      }
      guard sums[Int(offset)] >= least else { continue }
      candidates[kept] = offset
      kept += 1
    }
    return kept
  }

  /// The place of a passage in the block of a term that holds it, or nil.
  private func find(_ passage: UInt32, _ term: Int, window: Int) throws(IndexError) -> Int? {
    let cursor = terms[term].cursor
    var block = Int(terms[term].firstBlock[window])
    if terms[term].hasDirectory {
      while block < terms[term].blockCount && cursor.list.lastDocument(ofBlock: block) < passage { block += 1 }
      guard block < terms[term].blockCount else { return nil }
    }
    try cursor.load(block)
    let place = BlockMaxEvaluator.firstIndex(in: cursor.documents, cursor.count, reaching: passage)
    return place < cursor.count && cursor.documents[place] == passage ? place : nil
  }

  /// The score as an exhaustive search adds it up, or nil where no driver matches.
  private func exactScore(_ passage: UInt32, window: Int) throws(IndexError) -> Float? {
    var sum = 0.0
    var isDriven = false
    for index in 0..<terms.count where terms[index].bound > 0 {
      guard let place = try find(passage, index, window: window) else { continue }
      if index < driverCount { isDriven = true }
      sum += Double(
        terms[index].scoring.score(
          frequency: try terms[index].cursor.frequencies()[place], length: segment.lengths[passage]))
    }
    return isDriven ? Float(sum) : nil
  }
}
