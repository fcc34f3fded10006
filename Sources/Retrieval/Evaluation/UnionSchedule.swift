import ByteStorage

/// The ranges of passages that may hold hits of a union: first so many of the greatest bounds that the threshold rises early, then
/// the others that reach it, as they lie in the index, so that a block is decoded once.
struct UnionSchedule {
  /// By range, padded; 0 once the range is taken.
  private let bounds: UnsafeMutablePointer<UInt16>
  private let padded: Int
  /// The score that a bound of 1 stands for.
  private let unit: Float
  private let ranges: UnsafeMutablePointer<UInt32>
  /// How many ranges come first.
  private let leaderCount: Int
  private let memory: ScratchMemory

  private static let bucketCount = 64
  /// Ranges that are handed out together.
  static let mostAtATime = 32
  /// The same of the first ones, which raise the threshold most.
  private static let leadersAtATime = 4
  /// Fewer ranges than this are brought into the order of their bounds.
  private static let mostSorted = 48

  /// - Parameters:
  ///   - bounds: by range, padded; written to.
  ///   - limit: hits that are wanted.
  init(bounds: UnsafeMutablePointer<UInt16>, rangeCount: Int, unit: Float, limit: Int, _ memory: ScratchMemory) {
    self.bounds = bounds
    self.unit = unit
    self.memory = memory
    padded = RangeBounds.paddedCount(rangeCount)
    ranges = memory.allocate(UInt32.self, padded)
    leaderCount = min(max(limit, 10), max(rangeCount / 4, 10))
  }

  /// Calls `body` with ranges, one or several at a time, as long as their bounds reach the score that `threshold` tells. They may
  /// be overwritten.
  ///
  /// - Parameter body: is also told the bound that has to be reached now.
  @inline(__always)
  func forEach(
    threshold: () -> Float,
    _ body: (_ ranges: UnsafeMutablePointer<UInt32>, _ count: Int, _ least: UInt16) throws(RetrievalError) -> Void
  ) throws(RetrievalError) {
    var leads = true
    while true {
      let least = leastBound(threshold())
      let first = leads ? max(least, leastLeader()) : least
      let count = ScoringKernels.collect(bounds, count: padded, reaching: first, into: ranges)
      if leads { sort(count) }
      let most = leads ? UnionSchedule.leadersAtATime : UnionSchedule.mostAtATime
      var place = 0
      while place < count {
        let start = place
        let least = leastBound(threshold())
        var taken = 0
        while place < count && taken < most {
          let range = ranges[place]
          place += 1
          if bounds[Int(range)] >= least {
            ranges[start + taken] = range
            taken += 1
          }
          bounds[Int(range)] = 0
        }
        if taken > 0 { try body(ranges + start, taken, least) }
      }
      guard leads && first > leastBound(threshold()) else { return }
      leads = false
    }
  }

  /// The least bound of a range that may hold a passage of this score; at least 1.
  @inline(__always)
  func leastBound(_ score: Float) -> UInt16 {
    UInt16(max(min(score * (1 - RangeSchedule.slack) / unit, 65_535), 1))
  }

  /// A bound that about as many ranges reach as are to come first.
  private func leastLeader() -> UInt16 {
    // Of few leaders hardly two stand together, so the greatest of every 32 bounds tell enough.
    let isCoarse = leaderCount * RangeBounds.padding * 2 <= padded
    let count = isCoarse ? padded / RangeBounds.padding : padded
    var sample = UnsafePointer(bounds)
    if isCoarse {
      let greatest = memory.allocate(UInt16.self, count)
      ScoringKernels.greatest(bounds, count: padded, into: greatest)
      sample = UnsafePointer(greatest)
    }
    var greatest: UInt16 = 0
    for index in 0..<count { greatest = max(greatest, sample[index]) }
    let width = UInt32(greatest) / UInt32(UnionSchedule.bucketCount) + 1
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: UnionSchedule.bucketCount) { sizes in
      sizes.initialize(repeating: 0)
      for index in 0..<count { sizes[Int(UInt32(sample[index]) / width)] += 1 }
      var taken: UInt32 = 0
      var lowest = UnionSchedule.bucketCount
      while lowest > 0 && taken < leaderCount {
        lowest -= 1
        taken += sizes[lowest]
      }
      return UInt16(max(UInt32(lowest) * width, 1))
    }
  }

  /// Brings ranges into the order of their bounds, the greatest first, where they are few.
  private func sort(_ count: Int) {
    guard count <= UnionSchedule.mostSorted else { return }
    for start in 0..<count {
      let range = ranges[start]
      let bound = bounds[Int(range)]
      var place = start
      while place > 0 && bounds[Int(ranges[place - 1])] < bound {
        ranges[place] = ranges[place - 1]
        place -= 1
      }
      ranges[place] = range
    }
  }
}
