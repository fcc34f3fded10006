/// Reads the top-level members of one JSON object, such as a line of JSON lines, and decodes only what is asked for.
///
/// The reader lends the caller's bytes: they have to outlive it. All offsets count from their first byte.
package struct JSONRecordReader {
  /// A member of the record with its value still in the bytes.
  package struct Member {
    package let key: String
    package let value: Value
  }

  /// Where a member's value stands, and of which kind it is.
  package enum Value {
    /// A string; the range lies between the quotes, which are checked to be UTF-8.
    case string(Range<Int>, hasEscapes: Bool)
    /// A number, true, false or null.
    case scalar(JSONValue)
    /// An array or object, passed over by its brackets and not yet checked.
    case nested(Range<Int>)
  }

  /// A string with its escapes replaced.
  package struct DecodedString: Sendable {
    /// Valid UTF-8.
    package var text: [UInt8]
    /// Leads from offsets in `text` to offsets in the record's bytes.
    package var offsets: JSONOffsetMap
  }

  /// The members in the order of the text; a key that stands twice is listed twice.
  package let members: [Member]
  private let bytes: UnsafeBufferPointer<UInt8>

  /// - Parameter isUTF8: true where the bytes are known to be UTF-8, and need not be looked at again for that.
  /// - Throws: `JSONError` where the bytes are not exactly one object, apart from blanks around it.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, isUTF8: Bool = false) throws(JSONError) {
    self.bytes = bytes
    var scanner = JSONScanner(bytes, isUTF8: isUTF8)
    var members: [Member] = []
    scanner.skipBlanks()
    try scanner.expect(UInt8(ascii: "{"), .object)
    scanner.skipBlanks()
    if scanner.peeked == UInt8(ascii: "}") {
      scanner.advance()
    } else {
      while true {
        scanner.skipBlanks()
        let key = try scanner.text(of: try scanner.scanString(members.isEmpty ? .keyOrEnd : .key))
        scanner.skipBlanks()
        try scanner.expect(UInt8(ascii: ":"), .colon)
        scanner.skipBlanks()
        members.append(Member(key: key, value: try Self.scanValue(&scanner)))
        scanner.skipBlanks()
        guard scanner.peeked == UInt8(ascii: ",") else { break }
        scanner.advance()
      }
      try scanner.expect(UInt8(ascii: "}"), .commaOrObjectEnd)
    }
    scanner.skipBlanks()
    if !scanner.isAtEnd { throw scanner.failure(.end) }
    self.members = members
  }

  private static func scanValue(_ scanner: inout JSONScanner) throws(JSONError) -> Value {
    switch scanner.peeked {
    case UInt8(ascii: "\""):
      let content = try scanner.scanString(.value)
      return .string(content.range, hasEscapes: content.hasEscapes)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let start = scanner.offset
      try scanner.skipNested()
      return .nested(start..<scanner.offset)
    default:
      return .scalar(try scanner.parseValue(depth: 1))
    }
  }

  /// The value of a member of this record, decoded in full.
  package func value(of member: Member) throws(JSONError) -> JSONValue {
    switch member.value {
    case .string(let range, let hasEscapes):
      return .string(
        try JSONScanner(bytes).text(of: JSONScanner.StringContent(range: range, hasEscapes: hasEscapes)))
    case .scalar(let value):
      return value
    case .nested(let range):
      // The object of the record itself is one level.
      var scanner = JSONScanner(UnsafeBufferPointer(rebasing: bytes[..<range.upperBound]), from: range.lowerBound)
      let value = try scanner.parseValue(depth: 1)
      if !scanner.isAtEnd { throw scanner.failure(.commaOrObjectEnd) }
      return value
    }
  }

  /// Where the text of a member lies that is a string without escapes, and so is its own text; `nil` for any other value.
  package func plainString(of member: Member) -> Range<Int>? {
    guard case .string(let range, hasEscapes: false) = member.value else { return nil }
    return range
  }

  /// The text of a member that is a string, with the way back to the bytes; `nil` for any other value.
  package func decodedString(of member: Member) throws(JSONError) -> DecodedString? {
    guard case .string(let range, let hasEscapes) = member.value else { return nil }
    var map = JSONOffsetMap(start: 0)
    let content = JSONScanner.StringContent(range: range, hasEscapes: hasEscapes)
    let text = try JSONScanner(bytes).decode(content, into: &map)
    return DecodedString(text: text, offsets: map)
  }
}
