/// The keys under which declared abbreviations lie: the kind, the form that is looked up, `=`, and the other form.
/// No stem has that sign.
package enum AbbreviationKey {
  /// The key of a declaration.
  static func encode(_ kind: TokenKind, abbreviation: [UInt8], longForm: [[UInt8]]) -> [UInt8] {
    let stems = Array(longForm.joined(separator: [0x20]))
    return kind == .abbreviation
      ? prefix(kind, of: abbreviation) + stems : prefix(kind, of: stems) + abbreviation
  }

  /// What the keys of all declarations of a form begin with: a kind and an abbreviation's stem, or a kind and the stems of
  /// a long form with blanks between.
  package static func prefix(_ kind: TokenKind, of form: [UInt8]) -> [UInt8] { [kind.rawValue] + form + [0x3D] }

  /// The other form in a key that begins with `prefix`, as stems.
  package static func stems(_ key: [UInt8], after prefix: [UInt8]) -> [[UInt8]] {
    key.dropFirst(prefix.count).split(separator: 0x20).map { Array($0) }
  }
}

extension TokenBuffer {
  /// The stems that make up a stretch of the text, at each place the longest, or nil where something in it is no stem.
  package func stems(in range: Range<UInt32>) -> [[UInt8]]? {
    var stems: [[UInt8]] = []
    var index = firstToken(from: range.lowerBound)
    while index < tokens.count, tokens[index].sourceStart < range.upperBound {
      let start = tokens[index].sourceStart
      var longest: Token?
      while index < tokens.count, tokens[index].sourceStart == start {
        let token = tokens[index]
        if token.kind == .stem, token.sourceEnd <= range.upperBound, token.sourceEnd > longest?.sourceEnd ?? 0 {
          longest = token
        }
        index += 1
      }
      guard let longest else { return nil }
      stems.append(Array(key(of: longest).dropFirst()))
      while index < tokens.count, tokens[index].sourceStart < longest.sourceEnd { index += 1 }
    }
    return stems.isEmpty ? nil : stems
  }

  /// The first token that begins at or after an offset of the original text.
  func firstToken(from offset: UInt32) -> Int {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].sourceStart < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
