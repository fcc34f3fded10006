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
    let smallest = pending.min() ?? 0
    let widest = pending.reduce(0) { $0 | ($1 - smallest) }
    var bits = 64 - widest.leadingZeroBitCount
    if bits > PackedColumn.widestUnaligned { bits = 64 }
    directory.append(littleEndian: smallest)
    directory.append(littleEndian: UInt32(payload.count))
    directory.append(UInt8(bits))
    var word: UInt64 = 0
    var used = 0
    for value in pending where bits > 0 {
      let difference = value - smallest
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
}
