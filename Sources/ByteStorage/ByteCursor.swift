/// Reads a view from front to back; every read checks what remains.
package struct ByteCursor: Sendable {
  package let view: ByteView
  /// Bytes read so far.
  package private(set) var offset: Int

  package init(_ view: ByteView, offset: Int = 0) {
    self.view = view
    self.offset = offset
  }

  /// Bytes that are left.
  package var remaining: Int { view.count - offset }

  /// A little-endian integer.
  package mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type
  ) throws(StorageError) -> Value {
    let value = try view.load(offset, as: type)
    offset += MemoryLayout<Value>.size
    return value
  }

  /// A variable-length integer: seven bits a byte, lowest first, the high bit set on all bytes but the last.
  package mutating func readVariable() throws(StorageError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    var position = offset
    while position < view.count {
      let byte = UInt64((view.base + position).load(as: UInt8.self))
      position += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 {
        // The tenth byte holds the last bit of 64; more would be lost.
        guard shift < 63 || byte <= 1 else { throw .malformedInteger(offset: offset) }
        offset = position
        return value
      }
      shift += 7
      guard shift <= 63 else { throw .malformedInteger(offset: offset) }
    }
    throw .outOfBounds(offset: offset, needed: position - offset + 1, available: view.count)
  }

  /// A variable-length integer that must not exceed `limit`.
  package mutating func readVariable(atMost limit: Int) throws(StorageError) -> Int {
    let start = offset
    let value = try readVariable()
    guard value <= UInt64(limit) else {
      throw .inconsistent(reason: "expected a number up to \(limit) at offset \(start), found \(value)")
    }
    return Int(value)
  }

  /// The next `count` bytes.
  package mutating func readBytes(_ count: Int) throws(StorageError) -> ByteView {
    let bytes = try view.slice(offset, count)
    offset += count
    return bytes
  }

  /// A text with its length in front.
  package mutating func readText() throws(StorageError) -> String {
    let start = offset
    let bytes = try readBytes(readVariable(atMost: remaining))
    guard let text = bytes.withBytes({ String(validating: $0, as: UTF8.self) }) else {
      throw .inconsistent(reason: "expected UTF-8 text at offset \(start)")
    }
    return text
  }
}
