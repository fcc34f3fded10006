private import CKernels

/// 128 integers packed to a width that most of them fit, with the high bits of the others set apart (patched frame of
/// reference; Zukowski et al., "Super-Scalar RAM-CPU Cache Compression", 2006).
///
/// Form: `bits` u8, `exceptions` u8, 16 · bits packed bytes, then for each exception its index (u8) and the bits above
/// the width (variable-length integer).
package enum PatchedBlock {
  /// Appends the packed form of 128 integers.
  ///
  /// - Parameter patience: bytes that an exception must save beyond its own; each costs time when the block is decoded.
  package static func encode(_ values: UnsafePointer<UInt32>, patience: Int = 0, to output: inout [UInt8]) {
    let bits = cheapestWidth(values, patience)
    let limit: UInt64 = 1 << UInt64(bits)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: IntegerBlock.size) { low in
      var exceptions = 0
      for index in 0..<IntegerBlock.size {
        if UInt64(values[index]) >= limit { exceptions += 1 }
        low[index] = UInt32(truncatingIfNeeded: UInt64(values[index]) & (limit - 1))
      }
      output.append(UInt8(bits))
      output.append(UInt8(exceptions))
      IntegerBlock.pack(low.baseAddress!, bits: bits, to: &output)
      guard exceptions > 0 else { return }
      for index in 0..<IntegerBlock.size where UInt64(values[index]) >= limit {
        output.append(UInt8(index))
        output.append(variable: UInt64(values[index]) >> UInt64(bits))
      }
    }
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
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 33) { byWidth in
      byWidth.initialize(repeating: 0)
      for index in 0..<IntegerBlock.size { byWidth[32 - values[index].leadingZeroBitCount] += 1 }
      var best = 32
      var bestCost = Int.max
      for bits in 0...32 {
        var cost = IntegerBlock.packedBytes(bits: bits)
        for wider in stride(from: bits + 1, through: 32, by: 1) where byWidth[wider] > 0 {
          cost += byWidth[wider] * (1 + (wider - bits + 6) / 7 + patience)
        }
        if cost < bestCost { (best, bestCost) = (bits, cost) }
      }
      return best
    }
  }
}
