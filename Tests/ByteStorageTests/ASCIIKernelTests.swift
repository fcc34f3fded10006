import ByteStorage
import CKernels
import TestSupport
import Testing

/// Blocks of text are sorted as one would byte by byte.
@Suite struct ASCIIKernelTests {
  private func block(_ generator: inout SeededGenerator) -> [UInt8] {
    let isASCII = generator.chance(0.5)
    return (0..<ASCIIKernels.blockSize).map { _ in
      isASCII || generator.chance(0.95)
        ? generator.pick(Array("aZzA019'' -.@`[{/:\u{7F}\u{0}\n~!".utf8)) : UInt8.random(in: 0...255, using: &generator)
    }
  }

  @Test(arguments: Seeds.first(10))
  func lettersAndJoints(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let block = block(&generator)
      var expected: (letters: UInt64, joints: UInt64) = (0, 0)
      for (place, byte) in block.enumerated() {
        let bit: UInt64 = 1 << UInt64(place)
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): expected.letters |= bit
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "'"): expected.joints |= bit
        default: break
        }
      }
      let count = block.firstIndex { $0 >= 0x80 } ?? block.count
      let found = ASCIIKernels.letters(in: block)
      #expect(found == (expected.letters, expected.joints, count), "seed \(seed)")
      var (letters, joints): (UInt64, UInt64) = (0, 0)
      #expect(suo_ascii_letters_portable(block, &letters, &joints) == count)
      #expect((letters, joints) == expected, "seed \(seed)")
    }
  }

  @Test(arguments: Seeds.first(10))
  func words(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let block = block(&generator)
      let isWord = block.map { (0x21...0x7E).contains($0) }
      let expected = isWord.enumerated().reduce(UInt64(0)) { $0 | ($1.element ? 1 << UInt64($1.offset) : 0) }
      let copied = zip(block, isWord).map { $1 ? $0 : 0x65 }
      let isASCII = block.allSatisfy { $0 < 0x80 }
      var output = [UInt8](repeating: 0, count: block.count)
      #expect(ASCIIKernels.words(in: block, blank: 0x65, into: &output) == (expected, isASCII), "seed \(seed)")
      #expect(output == copied, "seed \(seed)")
      var others: UInt32 = 0
      output = [UInt8](repeating: 0, count: block.count)
      #expect(suo_ascii_words_portable(block, 0x65, &output, &others) == expected)
      #expect(output == copied && others == (isASCII ? 0 : 1), "seed \(seed)")
    }
  }
}
