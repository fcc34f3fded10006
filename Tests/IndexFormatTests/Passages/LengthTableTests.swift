import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct LengthTableTests {
  @Test(arguments: [(UInt32(0), 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (.max, 4)])
  func theWidthFitsTheLongest(longest: UInt32, width: Int) throws {
    for seed in Seeds.first(2) {
      var generator = SeededGenerator(seed: seed)
      let lengths = (0..<500).map { _ in UInt32.random(in: 0...longest, using: &generator) } + [longest]
      let bytes = LengthTable.encode(lengths)
      #expect(bytes.count == LengthTable.headerBytes + width * lengths.count)
      let table = try LengthTable(SectionBytes(.lengths, bytes), count: lengths.count)
      #expect(lengths.indices.map { table[UInt32($0)] } == lengths, "seed \(seed)")
      #expect(table.bytesPerLength == width)
      #expect(
        Array(UnsafeRawBufferPointer(start: table.bytes, count: width * lengths.count))
          == Array(bytes.dropFirst(LengthTable.headerBytes)))
    }
  }

  @Test func noPassagesHaveNoLengths() throws {
    #expect(try LengthTable(SectionBytes(.lengths, LengthTable.encode([])), count: 0).count == 0)
  }

  @Test func shortBytesAndOtherWidthsAreRefused() {
    let bytes = LengthTable.encode([1, 2, 300])
    for count in 0..<bytes.count {
      #expect(throws: IndexError.self) { try LengthTable(SectionBytes(.lengths, bytes.prefix(count)), count: 3) }
    }
    for width in UInt8(0)...255 where ![1, 2, 4].contains(width) {
      var other = bytes
      other[0] = width
      #expect(throws: IndexError.self) { try LengthTable(SectionBytes(.lengths, other), count: 3) }
    }
  }
}
