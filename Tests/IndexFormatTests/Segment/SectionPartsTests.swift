import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct SectionPartsTests {
  @Test(arguments: Seeds.first(5))
  func partsComeBackAligned(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let parts = (0..<Int.random(in: 0...9, using: &generator)).map { number in
      [UInt8](repeating: UInt8(number + 1), count: generator.pick([0, 1, 7, 8, 9, 200]))
    }
    let view = ByteView(copying: SectionParts.encode(parts))
    #expect(try SectionParts.decode(view).map { $0.copied() } == parts, "seed \(seed)")
    #expect(try SectionParts.decode(view, count: parts.count).count == parts.count)
    #expect(throws: StorageError.self) { try SectionParts.decode(view, count: parts.count + 1) }
    for part in try SectionParts.decode(view) { #expect((part.base - view.base) % 8 == 0) }
  }

  @Test func countsAndPlacesBeyondTheBytesAreRefused() {
    var many: [UInt8] = []
    many.append(littleEndian: UInt32.max)
    #expect(throws: StorageError.self) { try SectionParts.decode(ByteView(copying: many)) }
    for (offset, length) in [(UInt64.max, UInt64(1)), (0, .max), (21, 0), (20, 1), (1 << 63, 0)] {
      var bytes: [UInt8] = []
      bytes.append(littleEndian: UInt32(1))
      bytes.append(littleEndian: offset)
      bytes.append(littleEndian: length)
      #expect(throws: StorageError.self) { try SectionParts.decode(ByteView(copying: bytes)) }
    }
    #expect(throws: StorageError.self) { try SectionParts.decode(ByteView(copying: [0, 0, 0])) }
  }
}
