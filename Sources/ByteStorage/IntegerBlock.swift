private import CKernels

/// Blocks of 128 integers packed to the width of the widest; the loops are in C.
@usableFromInline
package enum IntegerBlock {
  /// Integers in a block: four lanes of 32, one 128-bit load a row.
  @inlinable
  package static var size: Int { 128 }

  /// Bytes of a packed block: 16 for every bit of width.
  @inlinable
  package static func packedBytes(bits: Int) -> Int { 16 * bits }

  /// Bits of the widest of `count` integers.
  package static func bits(_ values: UnsafePointer<UInt32>, count: Int) -> Int {
    var union: UInt32 = 0
    for index in 0..<count { union |= values[index] }
    return 32 - union.leadingZeroBitCount
  }

  /// The sum of `count` integers.
  package static func sum(_ values: UnsafePointer<UInt32>, count: Int) -> UInt64 {
    suo_sum(values, UInt32(truncatingIfNeeded: count))
  }

  /// Packs 128 integers, each below `2^bits`, into `packedBytes(bits: bits)` bytes at `output`.
  package static func pack(_ values: UnsafePointer<UInt32>, bits: Int, to output: UnsafeMutablePointer<UInt8>) {
    suo_pack_128(values, UInt32(bits), output)
  }
}
