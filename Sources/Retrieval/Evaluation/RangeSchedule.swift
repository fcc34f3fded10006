/// The ranges of passages that may hold hits, with their bounds, in an order that lets the threshold rise early: the most
/// promising ones first, then the others as they lie in the index, so that a block is decoded once.
struct RangeSchedule {
  let ranges: UnsafeMutablePointer<UInt32>
  let bounds: UnsafeMutablePointer<UInt16>
  let count: Int
  /// The score that a bound of 1 stands for.
  let unit: Float
  private let leaders: UnsafeMutablePointer<UInt32>
  private(set) var leaderCount = 0

  /// Sums in single precision may be off by this part; what they exclude is excluded for certain.
  static let slack: Float = 1e-5
  private static let bucketCount = 64
  /// Fewer ranges than this are not worth an order of their own.
  private static let leastRanges = 8

  /// - Parameters:
  ///   - ranges: ascending.
  ///   - limit: hits that are wanted.
  ///   - ordersAll: true to keep the order of the bounds to the end; worth it where a range costs more than to decode blocks
  ///     again.
  init(
    _ ranges: UnsafeMutablePointer<UInt32>, _ bounds: UnsafeMutablePointer<UInt16>, count: Int, unit: Float, limit: Int,
    ordersAll: Bool, _ memory: ScratchMemory
  ) {
    self.ranges = ranges
    self.bounds = bounds
    self.count = count
    self.unit = unit
    leaders = memory.allocate(UInt32.self, max(count, 1))
    if count >= RangeSchedule.leastRanges { chooseLeaders(limit, ordersAll: ordersAll) }
  }

  /// Calls `body` with range after range, as long as its bound reaches the score that `threshold` tells; `next` is the
  /// range that is likely to come after it.
  @inline(__always)
  func forEach(
    threshold: () -> Float, _ body: (_ range: Int, _ next: Int) throws(RetrievalError) -> Void
  ) throws(RetrievalError) {
    for place in 0..<leaderCount {
      let index = Int(leaders[place])
      let next = place + 1 < leaderCount ? Int(leaders[place + 1]) : 0
      let bound = bound(index)
      bounds[index] = 0
      if bound >= threshold() { try body(Int(ranges[index]), Int(ranges[next])) }
    }
    guard leaderCount < count else { return }
    // The next range is found before this one is looked at.
    var least = threshold()
    var next = firstIndex(from: 0, reaching: least)
    while next < count {
      let index = next
      next = firstIndex(from: index + 1, reaching: least)
      if bound(index) >= least {
        try body(Int(ranges[index]), Int(ranges[min(next, count - 1)]))
        least = threshold()
      }
    }
  }

  /// The score that no passage of a range exceeds.
  @inline(__always)
  private func bound(_ index: Int) -> Float { Float(bounds[index]) * unit * (1 + RangeSchedule.slack) }

  /// The first range from an index on that has not been looked at and may hold a score, or `count`.
  @inline(__always)
  private func firstIndex(from start: Int, reaching least: Float) -> Int {
    var index = start
    while index < count, bounds[index] == 0 || bound(index) < least { index += 1 }
    return index
  }

  /// Picks so many ranges of the greatest bounds that they may hold all hits, the greatest first, by buckets of bounds.
  private mutating func chooseLeaders(_ limit: Int, ordersAll: Bool) {
    var least = UInt16.max
    var greatest: UInt16 = 0
    for index in 0..<count {
      least = min(least, bounds[index])
      greatest = max(greatest, bounds[index])
    }
    let width = (UInt32(greatest) - UInt32(least)) / UInt32(RangeSchedule.bucketCount) + 1
    let bottom = UInt32(least)
    let wanted = ordersAll ? count : min(max(limit, 10), max(count / 4, 10))
    leaderCount = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: RangeSchedule.bucketCount + 1) { ends in
      ends.initialize(repeating: 0)
      for index in 0..<count { ends[Int((UInt32(bounds[index]) - bottom) / width)] += 1 }
      // From the top bucket down: where each begins among the leaders, until enough are taken.
      var taken: UInt32 = 0
      var lowest = RangeSchedule.bucketCount
      while lowest > 0 && taken < wanted {
        lowest -= 1
        let size = ends[lowest]
        ends[lowest] = taken
        taken += size
      }
      for index in 0..<count {
        let bucket = Int((UInt32(bounds[index]) - bottom) / width)
        guard bucket >= lowest else { continue }
        leaders[Int(ends[bucket])] = UInt32(index)
        ends[bucket] += 1
      }
      return Int(taken)
    }
  }
}
