/// 128 integers packed to a width that most of them fit, with the high bits of the others set apart (patched frame of
/// reference; Zukowski et al., "Super-Scalar RAM-CPU Cache Compression", 2006).
///
/// Form: `bits` u8, `exceptions` u8, 16 · bits packed bytes, then for each exception its index (u8) and the bits above
/// the width (variable-length integer).
package enum PatchedBlock {
  /// Appends the packed form of 128 integers.
  package static func encode(_ values: UnsafePointer<UInt32>, to output: inout [UInt8]) {
    let bits = cheapestWidth(values)
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
    let header = try view.load(offset, as: UInt16.self)
    let bits = Int(header & 0xFF)
    let exceptions = Int(header >> 8)
    let packed = IntegerBlock.packedBytes(bits: bits)
    guard bits <= 32, exceptions <= IntegerBlock.size else {
      throw .inconsistent(reason: "expected a block of up to 32 bits at offset \(offset), found \(bits)")
    }
    guard packed <= view.count - offset - 2 else {
      throw .outOfBounds(offset: offset + 2, needed: packed, available: view.count)
    }
    IntegerBlock.unpack(view.base + (offset + 2), bits: bits, into: output)
    guard exceptions > 0 else { return offset + 2 + packed }
    var cursor = ByteCursor(view, offset: offset + 2 + packed)
    for _ in 0..<exceptions {
      let index = Int(try cursor.read(UInt8.self))
      guard index < IntegerBlock.size else {
        throw .inconsistent(reason: "expected an index below 128 at offset \(cursor.offset - 1), found \(index)")
      }
      let high = try cursor.readVariable(atMost: Int(UInt32.max))
      output[index] |= UInt32(truncatingIfNeeded: high << bits)
    }
    return cursor.offset
  }

  /// The width that makes the block smallest; the lower one of two equal.
  private static func cheapestWidth(_ values: UnsafePointer<UInt32>) -> Int {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 33) { byWidth in
      byWidth.initialize(repeating: 0)
      for index in 0..<IntegerBlock.size { byWidth[32 - values[index].leadingZeroBitCount] += 1 }
      var best = 32
      var bestCost = Int.max
      for bits in 0...32 {
        var cost = IntegerBlock.packedBytes(bits: bits)
        for wider in stride(from: bits + 1, through: 32, by: 1) where byWidth[wider] > 0 {
          cost += byWidth[wider] * (1 + (wider - bits + 6) / 7)
        }
        if cost < bestCost { (best, bestCost) = (bits, cost) }
      }
      return best
    }
  }
}
