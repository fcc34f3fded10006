import CKernels

/// Decoding of blocks of 128 integers.
func addBlockBenchmarks() {
  var generator = SplitMix64(state: 1)
  let output = Room<UInt32>(repeating: 0, count: Int(SUO_BLOCK_SIZE))
  for bits in 1...32 {
    let input = Room(packed(bits: bits, using: &generator))
    // With two digits, names sort by width.
    measure("unpack 128 integers, bits: \(bits / 10)\(bits % 10)") { _ in
      suo_unpack_128(input.values, UInt32(bits), output.values)
    }
  }

  let gaps = Room<UInt32>((0..<128).map { _ in .random(in: 0..<64, using: &generator) })
  // Each call goes on with what the one before it left; the arithmetic wraps, and takes as long for all numbers.
  measure("ascend 128 gaps") { base in suo_ascend_128(UInt32(truncatingIfNeeded: base), gaps.values) }
  if suo_ascend_128_avx2(0, gaps.values) != 0 {
    measure("ascend 128 gaps, AVX2") { base in _ = suo_ascend_128_avx2(UInt32(truncatingIfNeeded: base), gaps.values) }
  }
  measure("ascend 128 gaps, portable") { base in
    suo_ascend_128_portable(UInt32(truncatingIfNeeded: base), gaps.values)
  }

  for exceptions in [0, 4, 16] {
    let input = Room(patched(bits: 6, exceptions: exceptions, using: &generator))
    let name = "patched block, 6 bits, \(exceptions) exceptions"
    measure(name) { _ in _ = suo_patched_128(input.values, input.count, 1, output.values) }
    measure("\(name), portable") { _ in _ = suo_patched_128_portable(input.values, input.count, 1, output.values) }
    var widest: UInt32 = 0
    measure("\(name), ascending") { base in
      _ = suo_patched_128_ascending(
        input.values, input.count, UInt32(truncatingIfNeeded: base), output.values, &widest)
    }
    measure("\(name), ascending, portable") { base in
      _ = suo_patched_128_ascending_portable(
        input.values, input.count, UInt32(truncatingIfNeeded: base), output.values, &widest)
    }
  }
}

/// 128 random integers, packed.
private func packed(bits: Int, using generator: inout SplitMix64) -> [UInt8] {
  let values = (0..<128).map { _ in UInt32(truncatingIfNeeded: generator.next() >> UInt64(64 - bits)) }
  var bytes = [UInt8](repeating: 0, count: Int(suo_packed_bytes(UInt32(bits))))
  suo_pack_128(values, UInt32(bits), &bytes)
  return bytes
}

/// A patched block whose exceptions have up to seven bits more, followed by bytes of a next one, as in an index.
private func patched(bits: Int, exceptions: Int, using generator: inout SplitMix64) -> [UInt8] {
  let indices = (0..<UInt8(128)).shuffled(using: &generator).prefix(exceptions).sorted()
  let high = indices.flatMap { [$0, .random(in: 1..<128, using: &generator)] }
  let head = [UInt8(bits), UInt8(exceptions)]
  return head + packed(bits: bits, using: &generator) + high + [UInt8](repeating: 0, count: 64)
}
