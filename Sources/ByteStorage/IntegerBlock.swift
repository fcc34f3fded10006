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

  /// Unpacks 128 integers from `packedBytes(bits: bits)` bytes at `input`; `bits` is at most 32.
  package static func unpack(_ input: UnsafeRawPointer, bits: Int, into output: UnsafeMutablePointer<UInt32>) {
    suo_unpack_128(input.assumingMemoryBound(to: UInt8.self), UInt32(bits), output)
  }

  /// Turns 128 gaps less 1 in place into ascending numbers that begin above `base`.
  static func ascend(_ values: UnsafeMutablePointer<UInt32>, base: UInt32) { suo_ascend_128(base, values) }

  /// Unpacks 128 ascending numbers that begin above `base`, stored as their gaps less 1.
  package static func unpackAscending(
    _ input: UnsafeRawPointer, bits: Int, base: UInt32, into output: UnsafeMutablePointer<UInt32>
  ) {
    suo_unpack_128_ascending(input.assumingMemoryBound(to: UInt8.self), UInt32(bits), base, output)
  }
}
