import TextAnalysis

/// What terms are called in an exchange file: by their text alone where all are of one kind, else by kind, colon and text,
/// so that a word and a pair of the same characters have different names.
struct TermNames {
  /// In the order of their names: the names of all terms of one kind then come before those of the next.
  let kinds: [TokenKind]

  init(_ kinds: [TokenKind]) {
    precondition(!kinds.isEmpty, "terms are of some kind")
    self.kinds = kinds.sorted { $0.name < $1.name }
  }

  /// The name of a term whose key is of one of the kinds; nil where the key is no UTF-8.
  func name(of key: [UInt8]) -> String? {
    guard let text = String(validating: key.dropFirst(), as: UTF8.self) else { return nil }
    guard kinds.count > 1, let kind = key.first.flatMap(TokenKind.init(rawValue:)) else { return text }
    return "\(kind.name):\(text)"
  }

  /// The key of the term with this name, or nil where the name is not of the form that `expectation` describes.
  func key(of name: String) -> [UInt8]? {
    if kinds.count == 1 { return name.isEmpty ? nil : [kinds[0].rawValue] + name.utf8 }
    guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")),
      let kind = kinds.first(where: { $0.name == name[..<colon] })
    else { return nil }
    let text = name.utf8[name.utf8.index(after: colon)...]
    return text.isEmpty ? nil : [kind.rawValue] + text
  }

  /// What names look like, for messages.
  var expectation: String {
    kinds.count == 1
      ? "a term that is not empty"
      : "a term as kind:text with one of the kinds \(kinds.map(\.name).joined(separator: ", "))"
  }
}
