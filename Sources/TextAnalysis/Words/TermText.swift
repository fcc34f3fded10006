import ByteStorage

/// The text of a term that is put together from pieces of the folded text.
struct TermText: ~Copyable {
  /// Room for the longest key and for reading 16 bytes beyond its end.
  private var storage = PlainBuffer<UInt8>(capacity: TokenBuffer.longestKey + 32)
  /// More was added than a key holds, so that there is no term.
  private(set) var isTooLong = false
  /// Only lower-case ASCII letters and apostrophes so far.
  private(set) var isStemmable = true

  var bytes: UnsafeBufferPointer<UInt8> { storage.elements }

  mutating func removeAll() {
    storage.count = 0
    isTooLong = false
    isStemmable = true
  }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
    guard storage.count + piece.count < TokenBuffer.longestKey else {
      isTooLong = true
      return
    }
    for byte in piece {
      if byte &- 0x61 >= 26 && byte != 0x27 { isStemmable = false }
      storage.append(byte)
    }
  }

  mutating func append(_ other: borrowing TermText) {
    append(other.bytes)
    if other.isTooLong { isTooLong = true }
  }
}
