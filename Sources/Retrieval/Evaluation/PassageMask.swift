import ByteStorage

/// A set of passages of one range of 128, by their distance from its first.
struct PassageMask: BitwiseCopyable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  init(_ bits: (low: UInt64, high: UInt64)) { (low, high) = bits }

  /// The passages of those eighths of a range whose bits in `live` are set.
  @inline(__always)
  init(eighths live: UInt32) {
    for eighth in 0..<4 {
      low |= (0 &- UInt64(live >> UInt32(eighth) & 1)) & 0xFFFF << UInt64(16 * eighth)
      high |= (0 &- UInt64(live >> UInt32(eighth + 4) & 1)) & 0xFFFF << UInt64(16 * eighth)
    }
  }

  var isEmpty: Bool { low | high == 0 }

  var count: Int { low.nonzeroBitCount + high.nonzeroBitCount }

  /// Adds the passages of a stretch of ascending ones, all in the range that begins at `base`.
  @inline(__always)
  mutating func insert(_ documents: UnsafePointer<UInt32>, _ stretch: Range<Int>, _ base: UInt32) {
    let bits = ScoringKernels.mask(documents + stretch.lowerBound, count: stretch.count, base: base)
    low |= bits.0
    high |= bits.1
  }

  /// Adds the passage at `offset`.
  @inline(__always)
  mutating func insert(_ offset: Int) {
    if offset & 64 == 0 { low |= 1 << UInt64(offset & 63) } else { high |= 1 << UInt64(offset & 63) }
  }

  /// How many passages of the set are before `offset`.
  @inline(__always)
  func rank(_ offset: Int) -> Int {
    let below: UInt64 = (1 << UInt64(offset & 63)) - 1
    return offset & 64 == 0
      ? (low & below).nonzeroBitCount : low.nonzeroBitCount + (high & below).nonzeroBitCount
  }

  @inline(__always)
  mutating func formUnion(_ other: PassageMask) {
    low |= other.low
    high |= other.high
  }

  @inline(__always)
  mutating func formIntersection(_ other: PassageMask) {
    low &= other.low
    high &= other.high
  }

  /// Removes the passages of all eighths of the range whose bits in `live` are not set.
  @inline(__always)
  mutating func keep(eighths live: UInt32) { formIntersection(PassageMask(eighths: live)) }

  /// Calls `body` with the set as two words of bits.
  @inline(__always)
  mutating func withWords(_ body: (UnsafeMutablePointer<UInt64>) -> Void) {
    withUnsafeMutablePointer(to: &self) { set in
      body(UnsafeMutableRawPointer(set).assumingMemoryBound(to: UInt64.self))
    }
  }

  /// Sets one after the other as the words of bits that they are, two each.
  @inline(__always)
  static func words(_ masks: UnsafePointer<PassageMask>) -> UnsafePointer<UInt64> {
    UnsafeRawPointer(masks).assumingMemoryBound(to: UInt64.self)
  }

  /// Calls `body` with each passage, ascending.
  @inline(__always)
  func forEach<Failure: Error>(_ body: (Int) throws(Failure) -> Void) throws(Failure) {
    var bits = low
    while bits != 0 {
      try body(bits.trailingZeroBitCount)
      bits &= bits &- 1
    }
    bits = high
    while bits != 0 {
      try body(64 + bits.trailingZeroBitCount)
      bits &= bits &- 1
    }
  }
}
