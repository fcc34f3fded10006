import JSONText
import SearchModel

/// Gives the values of front matter and of JSON records their types.
enum FieldTyping {
  /// A string of at most this many characters on one line is a label; a longer one is running text.
  static let longestKeyword = 80

  /// A date where the text is one, else a keyword or text by its length; `nil` for nothing but blanks.
  static func value(ofString text: String) -> FieldValue? {
    guard text.utf8.contains(where: { $0 > 0x20 }) else { return nil }
    if let date = Timestamp(iso8601: text) { return .date(date) }
    // Counting stops early, whatever the text's length.
    let isShort = text.index(text.startIndex, offsetBy: longestKeyword + 1, limitedBy: text.endIndex) == nil
    let isOneLine = !text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    return isShort && isOneLine ? .keyword(text) : .text(text)
  }

  /// The fields of a key with a JSON value; an object gives one field for each of its values, with dotted names.
  static func fields(named name: String, value: JSONValue) -> [Field] {
    switch value {
    case .object(let members):
      members.flatMap { fields(named: "\(name).\($0.key)", value: $0.value) }
    case .null, .bool, .number, .string, .array:
      self.value(of: value).map { [Field(name: name, value: $0)] } ?? []
    }
  }

  /// The value of anything but an object; an object within a list becomes its JSON text. Empty lists are nothing.
  private static func value(of value: JSONValue) -> FieldValue? {
    switch value {
    case .null: return nil
    case .bool(let flag): return .boolean(flag)
    case .number(let number): return .number(number)
    case .string(let text): return self.value(ofString: text)
    case .array(let elements):
      let values = elements.compactMap(self.value(of:))
      return values.isEmpty ? nil : .list(values)
    case .object: return self.value(ofString: String(decoding: value.encoded(), as: UTF8.self))
    }
  }
}
