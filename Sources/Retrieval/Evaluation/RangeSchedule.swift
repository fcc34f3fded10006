/// The ranges of passages that may hold hits, with their bounds; where it is worth it in an order that lets the threshold rise
/// early, the most promising ones first, else as they lie in the index.
struct RangeSchedule {
  /// The score that a bound of 1 stands for.
  let unit: Float
  private let bounds: UnsafePointer<UInt16>
  private let count: Int
  /// The ranges in the order of their bounds, or nil where they stay as they lie.
  private let order: UnsafePointer<UInt32>?

  /// Sums in single precision may be off by this part; what they exclude is excluded for certain.
  static let slack: Float = 1e-5
  private static let bucketCount = 64

  /// - Parameters:
  ///   - bounds: of `count` ranges; at least one where they are to be ordered.
  ///   - isOrdered: true to look at the greatest bounds first.
  init(
    _ bounds: UnsafePointer<UInt16>, count: Int, unit: Float, isOrdered: Bool, _ memory: ScratchMemory
  ) {
    self.bounds = bounds
    self.count = count
    self.unit = unit
    order = isOrdered ? RangeSchedule.order(bounds, count, memory) : nil
  }

  /// Calls `body` with range after range, as long as its bound reaches the score that `threshold` tells; `next` is the
  /// range that comes after it.
  @inline(__always)
  func forEach(
    threshold: () -> Float, _ body: (_ range: Int, _ next: Int) throws(RetrievalError) -> Void
  ) throws(RetrievalError) {
    for place in 0..<count {
      let range = self.range(place)
      // No passage of a range exceeds its bound.
      guard Float(bounds[range]) * unit * (1 + RangeSchedule.slack) >= threshold() else { continue }
      try body(range, self.range(min(place + 1, count - 1)))
    }
  }

  @inline(__always)
  private func range(_ place: Int) -> Int { order.map { Int($0[place]) } ?? place }

  /// Orders ranges by buckets of bounds, the greatest first, and in a bucket as they lie.
  private static func order(
    _ bounds: UnsafePointer<UInt16>, _ count: Int, _ memory: ScratchMemory
  ) -> UnsafePointer<UInt32> {
    let order = memory.allocate(UInt32.self, count)
    var least = UInt16.max
    var greatest: UInt16 = 0
    for range in 0..<count {
      least = min(least, bounds[range])
      greatest = max(greatest, bounds[range])
    }
    let width = (UInt32(greatest) - UInt32(least)) / UInt32(bucketCount) + 1
    let bottom = UInt32(least)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bucketCount) { ends in
      ends.initialize(repeating: 0)
      for range in 0..<count { ends[Int((UInt32(bounds[range]) - bottom) / width)] += 1 }
      // From the top bucket down: where each begins.
      var taken: UInt32 = 0
      for bucket in (0..<bucketCount).reversed() { (ends[bucket], taken) = (taken, taken + ends[bucket]) }
      for range in 0..<count {
        let bucket = Int((UInt32(bounds[range]) - bottom) / width)
        order[Int(ends[bucket])] = UInt32(truncatingIfNeeded: range)
        ends[bucket] += 1
      }
    }
    return UnsafePointer(order)
  }
}
