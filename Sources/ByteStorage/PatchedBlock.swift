private import CKernels

/// 128 integers packed to a width that most of them fit, with the high bits of the others set apart (patched frame of
/// reference; Zukowski et al., "Super-Scalar RAM-CPU Cache Compression", 2006).
///
/// Form: `bits` u8, `exceptions` u8, 16 · bits packed bytes, then for each exception its index (u8) and the bits above
/// the width (variable-length integer).
package enum PatchedBlock {
  /// Bytes of a block at most: all exceptions wider than the rest by all 32 bits would not be cheapest, but bound it.
  private static let longest = 2 + 16 * 32 + 6 * 128

  /// Appends the packed form of 128 integers.
  ///
  /// - Parameter patience: bytes that an exception must save beyond its own; each costs time when the block is decoded.
  package static func encode(
    _ values: UnsafePointer<UInt32>, patience: Int = 0, to output: inout PlainBuffer<UInt8>
  ) {
    let bits = cheapestWidth(values, patience)
    output.reserve(longest)
    let start = output.base + output.count
    var next = start + 2 + IntegerBlock.packedBytes(bits: bits)
    start[0] = UInt8(bits)
    start[1] = 0
    let widest = IntegerBlock.bits(values, count: IntegerBlock.size)
    if widest <= bits {
      IntegerBlock.pack(values, bits: bits, to: start + 2)
    } else {
      let mask: UInt32 = (1 << UInt32(bits)) - 1
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: IntegerBlock.size) { low in
        for index in 0..<IntegerBlock.size { low[index] = values[index] & mask }
        IntegerBlock.pack(low.baseAddress!, bits: bits, to: start + 2)
      }
      for index in 0..<IntegerBlock.size where values[index] > mask {
        start[1] += 1
        next[0] = UInt8(index)
        next += 1
        VariableInteger.write(UInt64(values[index] >> UInt32(bits)), to: &next)
      }
    }
    output.count += next - start
  }

  /// Unpacks 128 integers from `view` at `offset`.
  ///
  /// - Returns: the offset after the block.
  package static func decode(
    _ view: ByteView, at offset: Int, into output: UnsafeMutablePointer<UInt32>
  ) throws(StorageError) -> Int {
    guard offset >= 0, offset <= view.count else {
      throw .outOfBounds(offset: offset, needed: 2, available: view.count)
    }
    let used = decode(view.base + offset, count: view.count - offset, into: output)
    guard used > 0 else {
      throw .inconsistent(reason: "expected 128 packed integers at offset \(offset)")
    }
    return offset + used
  }

  /// Unpacks 128 integers from the `count` bytes at `input`, and adds `add` to each; nothing is read beyond them.
  ///
  /// - Returns: the bytes of the block, or 0 where they are not one.
  @inline(__always)
  package static func decode(
    _ input: UnsafeRawPointer, count: Int, adding add: UInt32 = 0, into output: UnsafeMutablePointer<UInt32>
  ) -> Int {
    suo_patched_128(input.assumingMemoryBound(to: UInt8.self), max(count, 0), add, output)
  }

  /// Unpacks 128 gaps less 1 from the `count` bytes at `input` and turns them into ascending numbers that begin above `base`.
  ///
  /// - Returns: the bytes of the block, or 0 where they are not one; and how many bits its widest gap may have.
  @inline(__always)
  package static func decodeAscending(
    _ input: UnsafeRawPointer, count: Int, base: UInt32, into output: UnsafeMutablePointer<UInt32>
  ) -> (used: Int, widest: Int) {
    var widest: UInt32 = 0
    let used = suo_patched_128_ascending(
      input.assumingMemoryBound(to: UInt8.self), max(count, 0), base, output, &widest)
    return (used, Int(widest))
  }

  /// The bytes of the block at `input`, of which `count` may be read; 0 where they are not one.
  package static func size(_ input: UnsafeRawPointer, count: Int) -> Int {
    guard count >= 2 else { return 0 }
    let bits = Int(input.load(as: UInt8.self))
    let exceptions = Int((input + 1).load(as: UInt8.self))
    var offset = 2 + IntegerBlock.packedBytes(bits: bits)
    guard bits <= 32, exceptions <= IntegerBlock.size else { return 0 }
    for _ in 0..<exceptions {
      offset += 1
      while offset < count, (input + offset).load(as: UInt8.self) >= 0x80 { offset += 1 }
      offset += 1
    }
    return offset <= count ? offset : 0
  }

  /// The width that makes the block smallest; the lower one of two equal.
  private static func cheapestWidth(_ values: UnsafePointer<UInt32>, _ patience: Int) -> Int {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 33) { byWidth in
      byWidth.initialize(repeating: 0)
      for index in 0..<IntegerBlock.size { byWidth[32 &- values[index].leadingZeroBitCount] &+= 1 }
      var widest = 32
      while byWidth[widest] == 0 { widest -= 1 }
      var best = widest
      var bestCost = IntegerBlock.packedBytes(bits: widest)
      var bits = widest - 1
      while bits >= 0 {
        var cost = IntegerBlock.packedBytes(bits: bits)
        var wider = bits + 1
        while wider <= widest {
          cost &+= Int(byWidth[wider]) &* (1 &+ (wider &- bits &+ 6) / 7 &+ patience)
          wider &+= 1
        }
        if cost <= bestCost { (best, bestCost) = (bits, cost) }
        bits -= 1
      }
      return best
    }
  }
}
