import ByteStorage
import TestSupport
import Testing

struct ByteCursorTests {
  @Test(arguments: Seeds.first(5))
  func variableIntegersOfEveryWidthComeBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var values: [UInt64] = [0, .max]
    for bits in 0..<64 {
      values += [
        1 << UInt64(bits), 1 << UInt64(bits) - 1, UInt64.random(in: 0...(1 << UInt64(bits)), using: &generator),
      ]
    }
    var bytes: [UInt8] = []
    for value in values {
      let start = bytes.count
      bytes.append(variable: value)
      #expect(bytes.count - start == max(1, (64 - value.leadingZeroBitCount + 6) / 7), "\(value)")
    }
    var cursor = ByteCursor(ByteView(copying: bytes))
    for value in values { #expect(try cursor.readVariable() == value, "seed \(seed)") }
    #expect(cursor.remaining == 0)
  }

  @Test func fixedIntegersAreLittleEndian() throws {
    var cursor = ByteCursor(ByteView(copying: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]))
    #expect(try cursor.read(UInt8.self) == 1)
    #expect(try cursor.read(UInt16.self) == 0x0302)
    #expect(try cursor.read(UInt64.self) == 0x0B0A_0908_0706_0504)
    #expect(throws: StorageError.outOfBounds(offset: 11, needed: 1, available: 11)) { try cursor.read(UInt8.self) }
  }

  @Test func anIntegerThatDoesNotEndIsRefused() {
    for count in 0..<10 {
      var cursor = ByteCursor(ByteView(copying: [UInt8](repeating: 0x80, count: count)))
      #expect(throws: StorageError.outOfBounds(offset: 0, needed: count + 1, available: count)) {
        try cursor.readVariable()
      }
      #expect(cursor.offset == 0)
    }
    var cursor = ByteCursor(ByteView(copying: [UInt8](repeating: 0x80, count: 11)))
    #expect(throws: StorageError.malformedInteger(offset: 0)) { try cursor.readVariable() }
  }

  @Test func bitsBeyondTheSixtyFourthAreRefused() throws {
    let nine = [UInt8](repeating: 0xFF, count: 9)
    var largest = ByteCursor(ByteView(copying: nine + [1]))
    #expect(try largest.readVariable() == .max)
    var larger = ByteCursor(ByteView(copying: nine + [2]))
    #expect(throws: StorageError.malformedInteger(offset: 0)) { try larger.readVariable() }
  }

  @Test func limitsHold() throws {
    var bytes: [UInt8] = []
    bytes.append(variable: 300)
    var exact = ByteCursor(ByteView(copying: bytes))
    #expect(try exact.readVariable(atMost: 300) == 300)
    var above = ByteCursor(ByteView(copying: bytes))
    #expect(throws: StorageError.self) { try above.readVariable(atMost: 299) }
    var huge = ByteCursor(ByteView(copying: [UInt8](repeating: 0xFF, count: 9) + [1]))
    #expect(throws: StorageError.self) { try huge.readVariable(atMost: .max) }
  }

  @Test func textsComeBackAndOthersAreRefused() throws {
    var bytes: [UInt8] = []
    bytes.append(text: "焦虑 and sleep")
    bytes.append(text: "")
    var cursor = ByteCursor(ByteView(copying: bytes))
    #expect(try cursor.readText() == "焦虑 and sleep")
    #expect(try cursor.readText() == "")
    for count in 0..<(bytes.count - 1) {
      var short = ByteCursor(ByteView(copying: bytes.prefix(count)))
      #expect(throws: StorageError.self) { try short.readText() }
    }
    var broken = ByteCursor(ByteView(copying: [2, 0xC3, 0x28]))
    #expect(throws: StorageError.inconsistent(reason: "expected UTF-8 text at offset 0")) { try broken.readText() }
  }
}
