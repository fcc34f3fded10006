package import ByteStorage

/// A column of non-negative integers with random access: blocks of 128, each with a straight line below its values and the
/// width of the differences from it. Lines that rise make columns small in which values do, as offsets and line numbers.
///
/// Form: count u64; for each block where the line begins u64, the byte offset of its differences u32, by how much the line
/// rises with each value u32, in parts of 256, and the width of the differences in bits u8; then the differences, lowest bit
/// first; then 8 zero bytes, so that every value can be read with one wide load.
package struct PackedColumn: Sendable {
  /// How many values there are.
  package let count: Int
  private let view: ByteView
  private let payload: Int

  static let blockSize = 128
  static let directoryEntryBytes = 17
  /// The parts of 1 in which the rise of a line is counted, as a power of two.
  static let riseBits = 8
  /// Widths above this would need a ninth byte; they are stored with 64 bits.
  static let widestUnaligned = 56

  /// Opens a column and checks that every block lies inside it.
  package init(_ view: ByteView) throws(StorageError) {
    guard let count = Int(exactly: try view.load(0, as: UInt64.self)), count <= Int(UInt32.max) else {
      throw .inconsistent(reason: "a column of more than 2^32 values")
    }
    self.count = count
    self.view = view
    let blocks = (count + PackedColumn.blockSize - 1) / PackedColumn.blockSize
    payload = 8 + blocks * PackedColumn.directoryEntryBytes
    guard payload + 8 <= view.count else {
      throw .outOfBounds(offset: 8, needed: payload, available: view.count)
    }
  }

  /// The value at `index`.
  package subscript(index: Int) -> UInt64 {
    get throws(StorageError) {
      guard index >= 0 && index < count else {
        throw .outOfBounds(offset: index, needed: 1, available: count)
      }
      let entry = 8 + index / PackedColumn.blockSize * PackedColumn.directoryEntryBytes
      let place = index % PackedColumn.blockSize
      let start = try view.load(entry, as: UInt64.self)
      let line = start &+ PackedColumn.height(of: try view.load(entry + 12, as: UInt32.self), at: place)
      let bits = Int(try view.load(entry + 16, as: UInt8.self))
      if bits == 0 { return line }
      let bit = place * bits
      let offset = payload + Int(try view.load(entry + 8, as: UInt32.self)) + bit / 8
      let word = try view.load(offset, as: UInt64.self) >> UInt64(bit % 8)
      guard bits < 64 else { return line &+ word }
      return line &+ (word & (1 << UInt64(bits) &- 1))
    }
  }

  /// How much higher a line with this rise is at a place of the block than at its beginning.
  static func height(of rise: UInt32, at place: Int) -> UInt64 {
    (UInt64(rise) &* UInt64(truncatingIfNeeded: place)) >> UInt64(riseBits)
  }

  /// The value at `index` as an offset or an ordinal that must not exceed `limit`.
  package func ordinal(_ index: Int, atMost limit: Int) throws(StorageError) -> Int {
    let value = try self[index]
    guard value <= UInt64(limit) else {
      throw .inconsistent(reason: "expected a number up to \(limit) in row \(index), found \(value)")
    }
    return Int(value)
  }

  /// In an ascending column, the last index whose value is not above `value`, or nil where all are.
  package func lastIndex(notAbove value: UInt64) throws(StorageError) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if try self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
