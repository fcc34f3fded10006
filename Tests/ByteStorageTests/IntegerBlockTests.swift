import ByteStorage
import CKernels
import TestSupport
import Testing

/// The C loops against a slow reading of the layout that `CKernels.h` describes.
struct IntegerBlockTests {
  /// Integer `i` lies in lane `i % 4`, and each lane is a stream of bits in every fourth little-endian word.
  private func slowlyPacked(_ values: [UInt32], bits: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16 * bits)
    for (index, value) in values.enumerated() {
      for bit in 0..<bits where value >> UInt32(bit) & 1 == 1 {
        let place = index / 4 * bits + bit
        bytes[16 * (place / 32) + 4 * (index % 4) + place % 32 / 8] |= 1 << UInt8(place % 8)
      }
    }
    return bytes
  }

  private func values(bits: Int, _ generator: inout SeededGenerator) -> [UInt32] {
    let limit = UInt64(1) << UInt64(bits)
    return (0..<IntegerBlock.size).map { index in
      switch index % 5 {
      case 0: UInt32(limit - 1)
      case 1: UInt32(limit / 2)
      default: UInt32(UInt64.random(in: 0..<limit, using: &generator))
      }
    }
  }

  /// A copy of exactly the packed bytes, so that a sanitizer sees any read beyond them.
  private func withExactBytes(_ bytes: [UInt8], _ body: (UnsafeRawPointer) -> Void) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    body(UnsafeRawPointer(copy.baseAddress!))
  }

  @Test(arguments: 0...32)
  func everyWidthPacksAndUnpacks(bits: Int) {
    for seed in Seeds.first(4) {
      var generator = SeededGenerator(seed: seed &+ UInt64(bits) << 32)
      let values = values(bits: bits, &generator)
      var packed = [UInt8](repeating: 0xAB, count: 1 + IntegerBlock.packedBytes(bits: bits) + 1)
      packed.withUnsafeMutableBufferPointer { packed in
        values.withUnsafeBufferPointer {
          IntegerBlock.pack($0.baseAddress!, bits: bits, to: packed.baseAddress! + 1)
        }
      }
      #expect(packed.first == 0xAB && packed.popLast() == 0xAB, "nothing is written around the block")
      #expect(packed.dropFirst().elementsEqual(slowlyPacked(values, bits: bits)), "seed \(seed)")
      let output = BlockBuffer()
      for index in 0..<IntegerBlock.size { output.values[index] = .max }
      withExactBytes(Array(packed.dropFirst())) {
        suo_unpack_128($0.assumingMemoryBound(to: UInt8.self), UInt32(bits), output.values)
      }
      #expect((0..<IntegerBlock.size).map { output.values[$0] } == values, "seed \(seed)")
    }
  }

  @Test(arguments: 0...32)
  func everyWidthUnpacksToAscendingNumbers(bits: Int) {
    for seed in Seeds.first(4) {
      var generator = SeededGenerator(seed: seed &+ UInt64(bits) << 32)
      let gaps = values(bits: bits, &generator)
      let bases: [UInt32] = [.max, 0, 12_345, .max - 100, .random(in: 0 ... .max, using: &generator)]
      for base in bases {
        var expected: [UInt32] = []
        for gap in gaps { expected.append((expected.last ?? base) &+ 1 &+ gap) }
        let output = BlockBuffer()
        withExactBytes(slowlyPacked(gaps, bits: bits)) {
          suo_unpack_128_ascending($0.assumingMemoryBound(to: UInt8.self), UInt32(bits), base, output.values)
        }
        #expect((0..<IntegerBlock.size).map { output.values[$0] } == expected, "seed \(seed), base \(base)")
      }
    }
  }

  @Test func everyKindOfProcessorAscends() {
    for seed in Seeds.first(20) {
      var generator = SeededGenerator(seed: seed)
      let gaps = values(bits: Int.random(in: 0...32, using: &generator), &generator)
      let bases: [UInt32] = [.max, 0, 77, .max - 3]
      let base = generator.pick(bases)
      var expected: [UInt32] = []
      for gap in gaps { expected.append((expected.last ?? base) &+ 1 &+ gap) }
      var fast = gaps
      suo_ascend_128(base, &fast)
      var portable = gaps
      suo_ascend_128_portable(base, &portable)
      var vectors = gaps
      #expect(suo_ascend_128_avx2(base, &vectors) == 0 || vectors == expected, "seed \(seed), base \(base)")
      #expect(fast == expected && portable == expected, "seed \(seed), base \(base)")
    }
  }

  @Test func everyKindOfProcessorFindsSums() {
    for seed in Seeds.first(50) {
      var generator = SeededGenerator(seed: seed)
      let sums = (0..<128).map { _ in Double.random(in: 0...2, using: &generator) }
      let first = 8 * UInt32.random(in: 0...8, using: &generator)
      let end = 8 * UInt32.random(in: 8...16, using: &generator)
      let bars: [Double] = [0.5, 1.9, sums[17]]
      let least = generator.pick(bars)
      var fast: [UInt64] = [1, 1]
      suo_reaching(sums, first, end, least, &fast)
      var portable: [UInt64] = [1, 1]
      suo_reaching_portable(sums, first, end, least, &portable)
      #expect(fast == portable, "seed \(seed)")
      let expected = (0..<128).filter { (Int(first)..<Int(end)).contains($0) && sums[$0] >= least }
      #expect((0..<128).filter { fast[$0 / 64] >> UInt64($0 % 64) & 1 == 1 } == expected, "seed \(seed)")
    }
  }

  @Test func everyKindOfProcessorUnpacksPatchedBlocks() {
    for seed in Seeds.first(60) {
      var generator = SeededGenerator(seed: seed)
      let wide = Int.random(in: 1...20, using: &generator)
      let gaps = (0..<IntegerBlock.size).map { _ in
        generator.chance(0.1)
          ? UInt32.random(in: 0..<(1 << 20), using: &generator)
          : .random(in: 0..<(1 << UInt32(wide)), using: &generator)
      }
      var buffer = PlainBuffer<UInt8>()
      PatchedBlock.encode(gaps, to: &buffer)
      let block = Array(buffer.elements)
      let add = UInt32.random(in: 0...3, using: &generator)
      var (fast, portable) = (gaps, gaps)
      #expect(suo_patched_128(block, block.count, add, &fast) == block.count)
      #expect(suo_patched_128_portable(block, block.count, add, &portable) == block.count)
      #expect(fast == gaps.map { $0 + add } && portable == fast, "seed \(seed)")
      var widest: [UInt32] = [0, 0]
      #expect(suo_patched_128_ascending(block, block.count, 9, &fast, &widest[0]) == block.count)
      #expect(suo_patched_128_ascending_portable(block, block.count, 9, &portable, &widest[1]) == block.count)
      var expected: [UInt32] = []
      for gap in gaps { expected.append((expected.last ?? 9) + 1 + gap) }
      #expect(fast == expected && portable == expected && widest[0] == widest[1], "seed \(seed)")
      #expect(gaps.allSatisfy { UInt64($0) < 1 << UInt64(widest[0]) }, "seed \(seed)")
      // A block that is cut short is none, and nothing is read behind its end.
      for count in 0..<block.count {
        withExactBytes(Array(block.prefix(count))) { bytes in
          let bytes = bytes.assumingMemoryBound(to: UInt8.self)
          #expect(suo_patched_128(bytes, count, 0, &fast) == 0 && suo_patched_128_portable(bytes, count, 0, &fast) == 0)
        }
      }
    }
  }

  @Test func everyKindOfProcessorAccumulates() {
    for seed in Seeds.first(60) {
      var generator = SeededGenerator(seed: seed)
      let count = Int.random(in: 1...128, using: &generator)
      let documents =
        (0..<128).shuffled(using: &generator).prefix(count).sorted().map { UInt32($0) } + [9, 9, 9, 9, 9, 9, 9]
      let frequencies = documents.map { _ in UInt32.random(in: 1...9, using: &generator) }
      let lengths = (0..<256).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
      let values = (0..<65_536).map { _ in Float.random(in: 0.01...2, using: &generator) }
      for width in 0...2 as ClosedRange<UInt32> {
        var fast = [Double](repeating: -0.0, count: 128)
        suo_accumulate(documents, frequencies, UInt32(count), lengths, width, values, 3, 2, 0, &fast)
        var portable = [Double](repeating: -0.0, count: 128)
        suo_accumulate_portable(documents, frequencies, UInt32(count), lengths, width, values, 3, 2, 0, &portable)
        #expect(fast.map(\.bitPattern) == portable.map(\.bitPattern), "seed \(seed), width \(width)")
      }
    }
  }

  @Test func theWidthIsThatOfTheWidest() {
    #expect(IntegerBlock.bits([0, 0, 0], count: 3) == 0)
    #expect(IntegerBlock.bits([1, 0, 0], count: 3) == 1)
    #expect(IntegerBlock.bits([1, 4, 2], count: 3) == 3)
    #expect(IntegerBlock.bits([1, 4, .max], count: 3) == 32)
    #expect(IntegerBlock.bits([1, 4, .max], count: 2) == 3)
  }
}
