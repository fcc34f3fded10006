import JSONText
import TestSupport
import Testing

struct JSONEncodingTests {
  private func text(_ value: JSONValue, indentation: Int? = nil) -> String {
    String(decoding: value.encoded(indentation: indentation), as: UTF8.self)
  }

  @Test(
    arguments: [
      (0.0, "0"), (-0.0, "-0.0"), (1, "1"), (-17, "-17"), (0x1p53, "9007199254740992"), (0.1, "0.1"), (1e300, "1e+300"),
      (.leastNonzeroMagnitude, "5e-324"), (2.5, "2.5"),
    ] as [(Double, String)])
  func numbersAreShortest(value: Double, expected: String) throws {
    #expect(text(.number(value)) == expected)
    #expect(try JSONValue(parsing: expected).number == value)
  }

  @Test func escapesOnlyWhatHasToBe() {
    #expect(text("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}") == #""\"\\/\b\f\n\r\t\u0000\u001f""#)
    #expect(text("中𠮷 \u{2028}\u{7f}") == "\"中𠮷 \u{2028}\u{7f}\"")
  }

  @Test func writesOnOneLineOrIndented() {
    let value: JSONValue = ["a": [1, [:], []], "b": nil]
    #expect(text(value) == #"{"a":[1,{},[]],"b":null}"#)
    #expect(
      text(value, indentation: 2) == """
        {
          "a": [
            1,
            {},
            []
          ],
          "b": null
        }
        """)
  }

  @Test(arguments: Seeds.first(3))
  func everyValueReadsBackEqual(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let value = randomValue(depth: 0, &generator)
      #expect(try JSONValue(parsing: value.encoded()) == value, "seed \(seed)")
      #expect(try JSONValue(parsing: value.encoded(indentation: 3)) == value, "seed \(seed)")
    }
  }

  private func randomValue(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(.random(using: &generator))
    case 2: return .number(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)))
    case 3:
      let value = Double(bitPattern: generator.next())
      return .number(value.isFinite ? value : 0.1)
    case 4: return .string(randomText(&generator))
    case 5:
      let count = Int.random(in: 0..<4, using: &generator)
      return .array((0..<count).map { _ in randomValue(depth: depth + 1, &generator) })
    default:
      let count = Int.random(in: 0..<4, using: &generator)
      return .object(
        (0..<count).map { _ in
          JSONValue.Member(key: randomText(&generator), value: randomValue(depth: depth + 1, &generator))
        })
    }
  }

  private func randomText(_ generator: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<20, using: &generator) {
      let limit: UInt32 = [0x80, 0x800, 0x10000, 0x110000].randomElement(using: &generator)!
      text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) ?? "中")
    }
    return text
  }
}
