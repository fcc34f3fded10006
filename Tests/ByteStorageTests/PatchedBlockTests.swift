import ByteStorage
import TestSupport
import Testing

struct PatchedBlockTests {
  private func encoded(_ values: [UInt32]) -> [UInt8] {
    encoded(values, patience: 0)
  }

  private func encoded(_ values: [UInt32], patience: Int) -> [UInt8] {
    var bytes = PlainBuffer<UInt8>()
    values.withUnsafeBufferPointer { PatchedBlock.encode($0.baseAddress!, patience: patience, to: &bytes) }
    return Array(bytes.elements)
  }

  /// Blocks of many shapes: all of one width, mostly narrow with few wide ones, all equal.
  private func block(_ generator: inout SeededGenerator) -> [UInt32] {
    let narrow = Int.random(in: 0...32, using: &generator)
    let wide = Int.random(in: narrow...32, using: &generator)
    let rarity = generator.pick([0, 0.01, 0.1, 0.5, 1])
    return (0..<IntegerBlock.size).map { _ in
      let limit = UInt64(1) << UInt64(generator.chance(rarity) ? wide : narrow)
      return UInt32(UInt64.random(in: 0..<limit, using: &generator))
    }
  }

  @Test(arguments: Seeds.first(20))
  func blocksComeBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let values = block(&generator)
      let bytes = encoded(values)
      let output = BlockBuffer()
      let end = try PatchedBlock.decode(ByteView(copying: [9, 9, 9] + bytes + [7]), at: 3, into: output.values)
      #expect(end == 3 + bytes.count, "seed \(seed)")
      #expect((0..<IntegerBlock.size).map { output.values[$0] } == values, "seed \(seed)")
    }
  }

  @Test(arguments: Seeds.first(20))
  func gapsComeBackAscending(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for patience in [0, 1, 5, 1000] {
      let gaps = block(&generator)
      let bytes = encoded(gaps, patience: patience)
      if patience == 1000 { #expect(bytes[1] == 0, "no exception saves so much") }
      #expect(bytes.withUnsafeBytes { PatchedBlock.size($0.baseAddress!, count: bytes.count) } == bytes.count)
      let bases: [UInt32] = [.max, 5, 1 << 30]
      let base = generator.pick(bases)
      var expected: [UInt32] = []
      for gap in gaps { expected.append((expected.last ?? base) &+ 1 &+ gap) }
      let output = BlockBuffer()
      for count in [0, 1, bytes.count - 1, bytes.count] {
        let (used, widest) = bytes.withUnsafeBytes {
          PatchedBlock.decodeAscending($0.baseAddress!, count: count, base: base, into: output.values)
        }
        guard count == bytes.count else {
          #expect(used == 0, "seed \(seed), \(count) of \(bytes.count) bytes")
          continue
        }
        #expect(used == bytes.count)
        #expect((0..<IntegerBlock.size).map { output.values[$0] } == expected, "seed \(seed)")
        #expect(gaps.allSatisfy { 32 - $0.leadingZeroBitCount <= widest }, "seed \(seed)")
      }
    }
  }

  @Test(arguments: Seeds.first(20))
  func noOtherWidthIsSmaller(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = block(&generator)
    let sizes = (0...32).map { bits in
      values.reduce(2 + 16 * bits) { size, value in
        let high = UInt64(value) >> UInt64(bits)
        return size + (high == 0 ? 0 : 1 + (64 - high.leadingZeroBitCount + 6) / 7)
      }
    }
    #expect(encoded(values).count == sizes.min(), "seed \(seed)")
  }

  @Test(arguments: Seeds.first(5))
  func shortBytesAreRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = encoded(block(&generator))
    let output = BlockBuffer()
    for count in 0..<bytes.count {
      let view = ByteView(copying: bytes.prefix(count))
      #expect(throws: StorageError.self, "seed \(seed), \(count) bytes") {
        try PatchedBlock.decode(view, at: 0, into: output.values)
      }
    }
    withExtendedLifetime(output) {}
  }

  @Test func impossibleWidthsAndIndicesAreRefused() {
    let output = BlockBuffer()
    let tooWide = ByteView(copying: [33, 0] + [UInt8](repeating: 0, count: 33 * 16))
    #expect(throws: StorageError.self) { try PatchedBlock.decode(tooWide, at: 0, into: output.values) }
    let tooMany = ByteView(copying: [0, 129] + [UInt8](repeating: 0, count: 258))
    #expect(throws: StorageError.self) { try PatchedBlock.decode(tooMany, at: 0, into: output.values) }
    let outside = ByteView(copying: [0, 1, 128, 1])
    #expect(throws: StorageError.self) { try PatchedBlock.decode(outside, at: 0, into: output.values) }
    #expect(throws: StorageError.self) { try PatchedBlock.decode(outside, at: 5, into: output.values) }
    withExtendedLifetime(output) {}
  }

  @Test(arguments: Seeds.first(5))
  func randomBytesAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let output = BlockBuffer()
    for _ in 0..<500 {
      var bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      if !bytes.isEmpty { bytes[0] = UInt8.random(in: 0...34, using: &generator) }
      let view = ByteView(copying: bytes)
      guard let end = try? PatchedBlock.decode(view, at: 0, into: output.values) else { continue }
      #expect(end <= bytes.count, "seed \(seed)")
    }
    withExtendedLifetime(output) {}
  }
}
