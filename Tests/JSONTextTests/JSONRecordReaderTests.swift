import JSONText
import TestSupport
import Testing

struct JSONRecordReaderTests {
  private func read<Result>(_ text: String, _ body: (JSONRecordReader) throws -> Result) throws -> Result {
    try Array(text.utf8).withUnsafeBufferPointer { try body(try JSONRecordReader($0)) }
  }

  @Test func listsMembersAndDecodesOnRequest() throws {
    let text = #" { "id" : 7, "text":"a\nb中", "meta": {"k": [1, "}"]}, "ok":true, "id":"x" } "#
    try read(text) { reader in
      #expect(reader.members.map(\.key) == ["id", "text", "meta", "ok", "id"])
      let values = try reader.members.map { try reader.value(of: $0) }
      #expect(values == [7, "a\nb中", ["k": [1, "}"]], true, "x"])
      #expect(try reader.decodedString(of: reader.members[0]) == nil)
    }
    #expect(try read("{}") { $0.members.count } == 0)
  }

  @Test func offsetsLeadBackToTheBytes() throws {
    let text = #"{"text":"\u4e2dab\n\ud842\udfb7c"}"#
    try read(text) { reader in
      let decoded = try #require(try reader.decodedString(of: reader.members[0]))
      #expect(decoded.text == Array("中ab\n𠮷c".utf8))
      // Each decoded character with the text that it was written as.
      let boundaries = [0, 3, 4, 5, 6, 10, 11].map { decoded.offsets.sourceOffset(ofDecodedOffset: $0) }
      #expect(boundaries == [9, 15, 16, 17, 19, 31, 32])
    }
  }

  @Test(arguments: [
    ("[]", JSONError.unexpectedByte(0x5B, offset: 0, expected: .object)),
    ("{\"a\":1", .unexpectedEnd(offset: 6, expected: .commaOrObjectEnd)),
    ("{\"a\":1} x", .unexpectedByte(0x78, offset: 8, expected: .end)),
    ("{\"a\":[1", .unexpectedEnd(offset: 7, expected: .value)),
    ("{\"a\":\"b}", .unexpectedEnd(offset: 8, expected: .stringContent)),
    ("{\"a\":}", .unexpectedByte(0x7D, offset: 5, expected: .value)),
  ])
  func namesTheByteOfAMistake(text: String, error: JSONError) {
    #expect(throws: error) { try read(text) { _ in } }
  }

  @Test func nestedValuesAreCheckedWhenAskedFor() throws {
    try read(#"{"a":[1,],"b":[1}}"#) { reader in
      #expect(throws: JSONError.unexpectedByte(0x5D, offset: 8, expected: .value)) {
        try reader.value(of: reader.members[0])
      }
      #expect(throws: JSONError.unexpectedByte(0x7D, offset: 16, expected: .commaOrArrayEnd)) {
        try reader.value(of: reader.members[1])
      }
    }
  }

  @Test func nestingHasTheParsersLimit() throws {
    for depth in [JSONValue.greatestDepth - 1, JSONValue.greatestDepth] {
      let text = "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
      let parsed = try? JSONValue(parsing: text)
      let member = try? read(text) { try $0.value(of: $0.members[0]) }
      #expect((parsed == nil) == (member == nil), "depth \(depth)")
    }
  }

  @Test(arguments: Seeds.first(2))
  func agreesWithTheParser(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "a", "\\n", "\\\"", "\\\\", "\\u00e9", "中", "\\ud83d\\ude00", "𠮷", "]", "{", "0123456789abcdef", "\\/",
    ]
    for _ in 0..<500 {
      let string = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
      let text = "{\"k\":[\"\(string.joined())\"],\"text\":\"\(string.joined())\",\"n\":-1.5}"
      let whole = try JSONValue(parsing: text)
      try read(text) { reader in
        let members = try reader.members.map { JSONValue.Member(key: $0.key, value: try reader.value(of: $0)) }
        #expect(JSONValue.object(members) == whole, "seed \(seed)")
        // Every character's own spelling decodes to that character.
        let decoded = try #require(try reader.decodedString(of: reader.members[1]))
        #expect(String(decoding: decoded.text, as: UTF8.self) == whole["text"]?.string, "seed \(seed)")
        let source = Array(text.utf8)
        var offset = 0
        for scalar in String(decoding: decoded.text, as: UTF8.self).unicodeScalars {
          let next = offset + UTF8.width(scalar)
          let spelling =
            source[
              decoded.offsets.sourceOffset(
                ofDecodedOffset: offset)..<decoded.offsets.sourceOffset(ofDecodedOffset: next)]
          let character = try JSONValue(parsing: [UInt8(ascii: "\"")] + spelling + [UInt8(ascii: "\"")])
          #expect(character.string == String(scalar), "seed \(seed)")
          offset = next
        }
      }
    }
  }
}
