import JSONText
import TestSupport
import Testing

struct JSONParserTests {
  @Test(
    arguments: [
      ("null", JSONValue.null),
      (" true\n", true),
      ("false", false),
      ("0", 0),
      ("-0.5e2", -50),
      ("9007199254740993", 9_007_199_254_740_992),
      ("1E-2", 0.01),
      ("123456789012345678", 123_456_789_012_345_680),
      (#""""#, ""),
      (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"),
      (#""\u4e2d\uD842\uDFB7\u00e9""#, "中𠮷é"),
      (#""焦虑 🙂""#, "焦虑 🙂"),
      ("[]", []),
      ("[ 1 , [2] ]", [1, [2]]),
      ("{}", [:]),
      (#"{"a":1,"b":{"c":null},"a":2}"#, ["a": 1, "b": ["c": nil], "a": 2]),
    ] as [(String, JSONValue)])
  func readsEveryKindOfValue(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    ("", JSONError.unexpectedEnd(offset: 0, expected: .value)),
    ("{\"a\"", .unexpectedEnd(offset: 4, expected: .colon)),
    ("{a:1}", .unexpectedByte(0x61, offset: 1, expected: .keyOrEnd)),
    ("{\"a\":1,}", .unexpectedByte(0x7D, offset: 7, expected: .key)),
    ("{\"a\":1 2}", .unexpectedByte(0x32, offset: 7, expected: .commaOrObjectEnd)),
    ("[1,]", .unexpectedByte(0x5D, offset: 3, expected: .value)),
    ("[1", .unexpectedEnd(offset: 2, expected: .commaOrArrayEnd)),
    ("01", .unexpectedByte(0x31, offset: 1, expected: .end)),
    ("-", .unexpectedEnd(offset: 1, expected: .digit)),
    ("1.", .unexpectedEnd(offset: 2, expected: .digit)),
    ("1e+", .unexpectedEnd(offset: 3, expected: .digit)),
    ("1e999", .numberOutOfRange(offset: 0)),
    ("nul", .unexpectedEnd(offset: 3, expected: .literal)),
    ("NaN", .unexpectedByte(0x4E, offset: 0, expected: .value)),
    ("\"a", .unexpectedEnd(offset: 2, expected: .stringContent)),
    ("\"a\nb\"", .unexpectedByte(0x0A, offset: 2, expected: .stringContent)),
    (#""\x""#, .unexpectedByte(0x78, offset: 2, expected: .escape)),
    (#""\u12"#, .unexpectedEnd(offset: 5, expected: .stringContent)),
    (#""\u12g4""#, .unexpectedByte(0x67, offset: 5, expected: .hexadecimalDigit)),
    (#""\ud800""#, .loneSurrogate(offset: 1)),
    (#""\ud800\u0041""#, .loneSurrogate(offset: 1)),
    (#""\udc00""#, .loneSurrogate(offset: 1)),
    ("1 1", .unexpectedByte(0x31, offset: 2, expected: .end)),
    ("\u{FEFF}1", .unexpectedByte(0xEF, offset: 0, expected: .value)),
  ])
  func namesTheByteAndWhatWasExpected(text: String, error: JSONError) {
    #expect(throws: error) { try JSONValue(parsing: text) }
    #expect(error.description.hasPrefix("byte \(error.offset): "))
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE4, 0xB8], [0xC3],
    ] as [[UInt8]])
  func refusesInvalidUTF8(sequence: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    #expect(throws: JSONError.invalidUTF8(offset: 12)) {
      try JSONValue(parsing: [quote] + Array("abcdefgh中".utf8) + sequence + [quote])
    }
  }

  @Test func nestingHasALimit() throws {
    let limit = JSONValue.greatestDepth
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSONValue(parsing: nested(limit)) }
    #expect(throws: JSONError.nestedTooDeeply(offset: limit, limit: limit)) {
      try JSONValue(parsing: nested(limit + 1))
    }
    #expect(throws: JSONError.nestedTooDeeply(offset: limit, limit: limit)) {
      try JSONValue(parsing: String(repeating: "[", count: 1_000_000))
    }
  }

  @Test(arguments: Seeds.first(3))
  func anyBytesAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet =
      Array(#"{}[]":,\u0123456789dDeE+-.truefalsn "#.utf8) + [0x00, 0x0A, 0x80, 0xC3, 0xE4, 0xB8, 0xAD, 0xF0]
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in alphabet.randomElement(using: &generator)!
      }
      if let value = try? JSONValue(parsing: bytes) {
        #expect((try? JSONValue(parsing: value.encoded())) == value, "seed \(seed), bytes \(bytes)")
      }
    }
  }
}
