import ByteStorage
import TestSupport
import Testing

struct VariableIntegerTests {
  @Test(arguments: Seeds.first(5))
  func integersComeBackAndAreThoseOfACursor(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var values: [UInt64] = []
    for bits in 0...63 {
      let power = UInt64(1) << UInt64(bits)
      values += [power, power - 1]
      values.append(UInt64.random(in: 0...power, using: &generator))
    }
    var bytes = PlainBuffer<UInt8>()
    bytes.reserve(VariableInteger.longest * values.count)
    var output = bytes.base
    for value in values { VariableInteger.write(value, to: &output) }
    bytes.count = output - bytes.base
    var expected: [UInt8] = []
    for value in values { expected.append(variable: value) }
    #expect(bytes.elements.elementsEqual(expected))
    var input = UnsafePointer(bytes.base)
    for value in values { #expect(VariableInteger.read(&input) == value, "seed \(seed)") }
    #expect(input == UnsafePointer(output))
  }

  @Test func aPlainBufferGrowsAndKeepsWhatItHas() {
    var buffer = PlainBuffer<UInt32>(capacity: 1)
    var expected: [UInt32] = []
    for number in 0..<UInt32(100) {
      buffer.append(number)
      expected.append(number)
      expected.withUnsafeBufferPointer { buffer.append($0) }
      expected += expected
      if expected.count > 10_000 { break }
      #expect(buffer.elements.elementsEqual(expected))
    }
    buffer.append(UnsafeBufferPointer(start: nil, count: 0))
    #expect(buffer.elements.elementsEqual(expected))
  }
}
