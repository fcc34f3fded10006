extension [UInt8] {
  /// Appends an integer, lowest byte first.
  package mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Appends an integer in the form that `ByteCursor.readVariable` reads.
  @inlinable
  package mutating func append(variable value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a non-negative integer in the form that `ByteCursor.readVariable` reads.
  @inlinable
  package mutating func append(variable value: Int) {
    precondition(value >= 0, "variable-length integers are not negative")
    append(variable: UInt64(value))
  }

  /// Appends a text with its length in front.
  package mutating func append(text: String) {
    var text = text
    // Through a buffer: byte by byte it would take several times as long.
    text.withUTF8 { bytes in
      append(variable: bytes.count)
      append(contentsOf: bytes)
    }
  }
}
