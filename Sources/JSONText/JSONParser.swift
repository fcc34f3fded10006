extension JSONValue {
  /// Reads one value, which has to be the whole text apart from blanks around it.
  ///
  /// Strict by RFC 8259: UTF-8 without a byte order mark, no comments, no trailing commas, at most `greatestDepth` deep.
  package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    self = try scanner.parseValue(depth: 0)
    scanner.skipBlanks()
    if !scanner.isAtEnd { throw scanner.failure(.end) }
  }

  /// Reads one value from an array of UTF-8 bytes.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try JSONValue(parsing: buffer) }
  }

  /// Reads one value from a string; offsets in errors count its UTF-8 bytes.
  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }
}

extension JSONScanner {
  /// Reads the value at the current place, which lies within `depth` arrays and objects.
  mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
    skipBlanks()
    guard let byte = peeked else { throw failure(.value) }
    switch byte {
    case UInt8(ascii: "\""):
      return .string(try text(of: try scanString(.value)))
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < JSONValue.greatestDepth else {
        throw .nestedTooDeeply(offset: offset, limit: JSONValue.greatestDepth)
      }
      advance()
      return byte == UInt8(ascii: "{")
        ? .object(try parseMembers(depth: depth + 1)) : .array(try parseElements(depth: depth + 1))
    case UInt8(ascii: "t"):
      try scanLiteral("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try scanLiteral("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try scanLiteral("null")
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try scanNumber())
    default:
      throw failure(.value)
    }
  }

  private mutating func parseMembers(depth: Int) throws(JSONError) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    skipBlanks()
    if peeked == UInt8(ascii: "}") {
      advance()
      return members
    }
    while true {
      skipBlanks()
      let key = try text(of: try scanString(members.isEmpty ? .keyOrEnd : .key))
      skipBlanks()
      try expect(UInt8(ascii: ":"), .colon)
      members.append(JSONValue.Member(key: key, value: try parseValue(depth: depth)))
      skipBlanks()
      if peeked == UInt8(ascii: ",") {
        advance()
      } else {
        try expect(UInt8(ascii: "}"), .commaOrObjectEnd)
        return members
      }
    }
  }

  private mutating func parseElements(depth: Int) throws(JSONError) -> [JSONValue] {
    var elements: [JSONValue] = []
    skipBlanks()
    if peeked == UInt8(ascii: "]") {
      advance()
      return elements
    }
    while true {
      elements.append(try parseValue(depth: depth))
      skipBlanks()
      if peeked == UInt8(ascii: ",") {
        advance()
      } else {
        try expect(UInt8(ascii: "]"), .commaOrArrayEnd)
        return elements
      }
    }
  }
}
