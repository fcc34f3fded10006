/// Integers of variable length through bare pointers, in the form that `ByteCursor.readVariable` reads: for loops in which
/// the checks of an array would cost more than the work. Whoever calls has checked that there is room.
@usableFromInline
package enum VariableInteger {
  /// The most bytes of an integer of 64 bits.
  @inlinable
  package static var longest: Int { 10 }

  /// The most bytes of an integer of 35 bits.
  @inlinable
  package static var longestOf35Bits: Int { 5 }

  /// Writes an integer and moves `output` behind it.
  @inlinable
  @inline(__always)
  package static func write(_ value: UInt64, to output: inout UnsafeMutablePointer<UInt8>) {
    var rest = value
    while rest >= 0x80 {
      output.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
      output += 1
      rest >>= 7
    }
    output.pointee = UInt8(truncatingIfNeeded: rest)
    output += 1
  }

  /// Reads an integer and moves `input` behind it.
  @inlinable
  @inline(__always)
  package static func read(_ input: inout UnsafePointer<UInt8>) -> UInt64 {
    var byte = UInt64(input.pointee)
    input += 1
    if byte < 0x80 { return byte }
    var value = byte & 0x7F
    var shift: UInt64 = 7
    repeat {
      byte = UInt64(input.pointee)
      input += 1
      value |= (byte & 0x7F) &<< shift
      shift &+= 7
    } while byte >= 0x80
    return value
  }
}
