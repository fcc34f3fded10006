import CKernels

/// Decoding of blocks of 128 integers.
func addBlockBenchmarks() {
  var generator = SplitMix64(state: 1)
  let output = Room<UInt32>(repeating: 0, count: Int(SUO_BLOCK_SIZE))
  for bits in 1...32 {
    let input = Room(patched(bits: bits, exceptions: 0, using: &generator))
    // With two digits, names sort by width.
    measure("unpack 128 integers, bits: \(bits / 10)\(bits % 10)") { _ in
      _ = suo_patched_128(input.values, input.count, 0, output.values)
    }
  }
  let values = Room<UInt32>((0..<128).map { _ in .random(in: 0..<64, using: &generator) })
  let bytes = Room<UInt8>(repeating: 0, count: Int(suo_packed_bytes(6)))
  measure("pack 128 integers, 6 bits") { _ in suo_pack_128(values.values, 6, bytes.values) }
  measure("sum of 128 integers") { _ in _ = suo_sum(values.values, 128) }
  measure("sum of 128 integers, portable") { _ in _ = suo_sum_portable(values.values, 128) }

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
    if suo_patched_128_ascending_avx2(input.values, input.count, 0, output.values, &widest) != 0 {
      measure("\(name), ascending, AVX2") { base in
        _ = suo_patched_128_ascending_avx2(
          input.values, input.count, UInt32(truncatingIfNeeded: base), output.values, &widest)
      }
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
