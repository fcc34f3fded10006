import ByteStorage

/// Collects the values of a `PackedColumn`.
package struct PackedColumnWriter: Sendable {
  package private(set) var count = 0
  private var pending: [UInt64] = []
  private var directory: [UInt8] = []
  private var payload: [UInt8] = []

  package init() { pending.reserveCapacity(PackedColumn.blockSize) }

  /// A column of these values.
  package static func encode(_ values: some Sequence<UInt64>) -> [UInt8] {
    var writer = PackedColumnWriter()
    for value in values { writer.append(value) }
    return writer.finish()
  }

  package mutating func append(_ value: UInt64) {
    count += 1
    pending.append(value)
    if pending.count == PackedColumn.blockSize { flush() }
  }

  package mutating func append(_ value: Int) {
    precondition(value >= 0, "columns hold non-negative integers")
    append(UInt64(value))
  }

  /// The bytes of the column.
  package consuming func finish() -> [UInt8] {
    if !pending.isEmpty { flush() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 + directory.count + payload.count)
    bytes.append(littleEndian: UInt64(count))
    bytes += directory
    bytes += payload
    bytes.append(littleEndian: UInt64(0))
    return bytes
  }

  private mutating func flush() {
    var line = Line(below: pending, rise: 0)
    if let rise = PackedColumnWriter.rise(of: pending) {
      let rising = Line(below: pending, rise: rise)
      if rising.bits < line.bits { line = rising }
    }
    let bits = line.bits
    directory.append(littleEndian: line.start)
    directory.append(littleEndian: UInt32(payload.count))
    directory.append(littleEndian: line.rise)
    directory.append(UInt8(bits))
    var word: UInt64 = 0
    var used = 0
    for (place, value) in pending.enumerated() where bits > 0 {
      let difference = value &- line.start &- PackedColumn.height(of: line.rise, at: place)
      word |= difference << UInt64(used)
      used += bits
      if used >= 64 {
        payload.append(littleEndian: word)
        used -= 64
        word = used == 0 ? 0 : difference >> UInt64(bits - used)
      }
    }
    if used > 0 {
      withUnsafeBytes(of: word.littleEndian) { payload.append(contentsOf: $0.prefix((used + 7) / 8)) }
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// The rise from the first of some values to the last, in parts of 256 for each; nil where they do not rise, or so far that
  /// differences from a line might not be told from others.
  private static func rise(of values: [UInt64]) -> UInt32? {
    guard let first = values.first, let last = values.last, first < last, values.allSatisfy({ $0 < 1 << 62 }) else {
      return nil
    }
    let (parts, overflow) = (last - first).multipliedReportingOverflow(by: 1 << UInt64(PackedColumn.riseBits))
    return overflow ? nil : UInt32(exactly: parts / UInt64(values.count - 1))
  }

  /// A straight line below the values of a block.
  private struct Line {
    let rise: UInt32
    /// The height at the first value; below zero it wraps around.
    let start: UInt64
    /// The width of the differences.
    let bits: Int

    init(below values: [UInt64], rise: UInt32) {
      self.rise = rise
      if rise == 0 {
        let start = values.min() ?? 0
        self.start = start
        bits = Line.width(of: values.reduce(0) { $0 | ($1 - start) })
      } else {
        // Values and heights are below 2^62, so that their differences are ordinary signed numbers.
        var lowest = Int64.max
        var highest = Int64.min
        for (place, value) in values.enumerated() {
          let above = Int64(value) - Int64(PackedColumn.height(of: rise, at: place))
          lowest = min(lowest, above)
          highest = max(highest, above)
        }
        start = UInt64(bitPattern: lowest)
        bits = Line.width(of: UInt64(highest - lowest))
      }
    }

    private static func width(of difference: UInt64) -> Int {
      let bits = 64 - difference.leadingZeroBitCount
      return bits > PackedColumn.widestUnaligned ? 64 : bits
    }
  }
}
