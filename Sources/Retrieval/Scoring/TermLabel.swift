import TextAnalysis

/// How a term key is shown to people.
enum TermLabel {
  /// The term with its kind in front, such as `gram 抑郁` or `title: stem brain`.
  static func of(_ key: [UInt8]) -> String {
    guard let first = key.first else { return "" }
    if first == FieldKey.firstByte, let end = key.firstIndex(of: 0) {
      return String(decoding: key[1..<end], as: UTF8.self) + ": " + of(Array(key[(end + 1)...]))
    }
    guard let kind = TokenKind(rawValue: first) else { return String(decoding: key, as: UTF8.self) }
    return kind.name + " " + text(of: key)
  }

  /// The term alone.
  static func text(of key: [UInt8]) -> String {
    if key.first == FieldKey.firstByte, let end = key.firstIndex(of: 0) { return text(of: Array(key[(end + 1)...])) }
    return String(decoding: key.dropFirst(), as: UTF8.self)
  }
}
