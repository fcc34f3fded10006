import IndexFormat
import TextAnalysis

/// Which terms of a dictionary are meant, in the notation `kind:text` or `field:name=kind:text`.
struct TermSelection {
  /// Beginnings of keys, sorted.
  private let prefixes: [[UInt8]]
  /// True where the whole key has to be equal.
  private let isExact: Bool

  private static let fieldMark = "field:"

  /// - Parameters:
  ///   - term: a whole term.
  ///   - prefix: the beginning of terms; with neither, all are meant.
  init(term: String?, prefix: String?) {
    isExact = term != nil
    let keys = (term ?? prefix).map(Self.keys) ?? [[]]
    prefixes = keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Calls `body` with the terms in order until it returns false.
  func forEach(
    in dictionary: TermDictionary, _ body: (_ key: [UInt8], _ info: TermInfo) throws(IndexError) -> Bool
  ) throws(IndexError) {
    var goesOn = true
    for prefix in prefixes where goesOn {
      if isExact {
        if let info = try dictionary.find(prefix[...]) { goesOn = try body(prefix, info) }
      } else {
        try dictionary.forEach(prefix: prefix[...]) { key, info throws(IndexError) in
          goesOn = try body(key, info)
          return goesOn
        }
      }
    }
  }

  /// A key in the notation.
  static func text(of key: [UInt8]) -> String {
    guard key.first == FieldKey.firstByte, let end = key.firstIndex(of: 0) else { return tokenText(key[...]) }
    return fieldMark + String(decoding: key[1..<end], as: UTF8.self) + "=" + tokenText(key[(end + 1)...])
  }

  private static func tokenText(_ key: ArraySlice<UInt8>) -> String {
    let text = String(decoding: key.dropFirst(), as: UTF8.self)
    guard let kind = key.first.flatMap(TokenKind.init(rawValue:)) else { return text }
    return "\(kind.name):\(text)"
  }

  private static func keys(_ text: String) -> [[UInt8]] {
    guard text.hasPrefix(fieldMark) else { return tokenKeys(text) }
    let rest = text.dropFirst(fieldMark.count)
    guard let equals = rest.firstIndex(of: "=") else { return [[FieldKey.firstByte] + Array(rest.utf8)] }
    let value = String(rest[rest.index(after: equals)...])
    return (value.isEmpty ? [[]] : tokenKeys(value)).map { key in
      var encoded: [UInt8] = []
      FieldKey.encode(name: String(rest[..<equals]), key: key[...], into: &encoded)
      return encoded
    }
  }

  private static func tokenKeys(_ text: String) -> [[UInt8]] {
    if let colon = text.firstIndex(of: ":"),
      let kind = TokenKind.allCases.first(where: { $0.name == text[..<colon] })
    {
      return [[kind.rawValue] + Array(text[text.index(after: colon)...].utf8)]
    }
    return TokenKind.allCases.map { [$0.rawValue] + Array(text.utf8) }
  }
}
