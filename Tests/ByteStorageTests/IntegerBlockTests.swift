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
      let block = [UInt8(bits), 0] + packed.dropFirst()
      for unpack in [suo_patched_128, suo_patched_128_portable] {
        let output = BlockBuffer()
        for index in 0..<IntegerBlock.size { output.values[index] = .max }
        withExactBytes(block) {
          #expect(unpack($0.assumingMemoryBound(to: UInt8.self), block.count, 0, output.values) == block.count)
        }
        #expect((0..<IntegerBlock.size).map { output.values[$0] } == values, "seed \(seed)")
      }
    }
  }

  /// The versions that this processor runs: not every one has AVX2.
  private static let ascending = {
    var widest: UInt32 = 0
    var output = [UInt32](repeating: 0, count: IntegerBlock.size)
    let hasAVX2 = suo_patched_128_ascending_avx2([0, 0], 2, 0, &output, &widest) != 0
    return [suo_patched_128_ascending, suo_patched_128_ascending_portable]
      + (hasAVX2 ? [suo_patched_128_ascending_avx2] : [])
  }()

  @Test(arguments: 0...32)
  func everyWidthUnpacksToAscendingNumbers(bits: Int) {
    for seed in Seeds.first(4) {
      var generator = SeededGenerator(seed: seed &+ UInt64(bits) << 32)
      let gaps = values(bits: bits, &generator)
      let bases: [UInt32] = [.max, 0, 12_345, .max - 100, .random(in: 0 ... .max, using: &generator)]
      for base in bases {
        var expected: [UInt32] = []
        for gap in gaps { expected.append((expected.last ?? base) &+ 1 &+ gap) }
        // Without an exception, and with one that adds nothing: they are unpacked in different ways.
        let packed = slowlyPacked(gaps, bits: bits)
        for block in [[UInt8(bits), 0] + packed, [UInt8(bits), 1] + packed + [77, 0]] {
          for unpack in IntegerBlockTests.ascending {
            let output = BlockBuffer()
            var (used, widest) = (0, UInt32(0))
            withExactBytes(block) {
              used = unpack($0.assumingMemoryBound(to: UInt8.self), block.count, base, output.values, &widest)
            }
            #expect(used == block.count && widest == UInt32(bits), "seed \(seed), base \(base)")
            #expect((0..<IntegerBlock.size).map { output.values[$0] } == expected, "seed \(seed), base \(base)")
          }
        }
      }
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
      var expected: [UInt32] = []
      for gap in gaps { expected.append((expected.last ?? 9) + 1 + gap) }
      for unpack in IntegerBlockTests.ascending {
        var (numbers, widest) = (gaps, UInt32(0))
        #expect(unpack(block, block.count, 9, &numbers, &widest) == block.count)
        #expect(numbers == expected, "seed \(seed)")
        #expect(widest == UInt32(max(Int(block[0]), IntegerBlock.bits(gaps, count: gaps.count))), "seed \(seed)")
      }
      // A block that is cut short is none, and nothing is read behind its end.
      for count in 0..<block.count {
        withExactBytes(Array(block.prefix(count))) { bytes in
          let bytes = bytes.assumingMemoryBound(to: UInt8.self)
          #expect(suo_patched_128(bytes, count, 0, &fast) == 0 && suo_patched_128_portable(bytes, count, 0, &fast) == 0)
        }
      }
    }
  }

  @Test func integersAreAddedUp() {
    var generator = SeededGenerator(seed: 3)
    for count in [0, 1, 7, 8, 9, 127, 128] {
      let values = (0..<count).map { _ in UInt32.random(in: 0 ... .max, using: &generator) }
      let expected = values.reduce(UInt64(0)) { $0 + UInt64($1) }
      #expect(IntegerBlock.sum(values, count: count) == expected)
      #expect(suo_sum_portable(values, UInt32(count)) == expected)
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
