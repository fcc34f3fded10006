/// An abbreviation and its long form as byte ranges of the text that declares them.
struct DeclaredAbbreviation {
  var abbreviation: Range<UInt32>
  var longForm: Range<UInt32>
}

extension TokenBuffer {
  /// Adds the tokens of declarations, in both directions. One that has no terms to be searched by is left out: an
  /// abbreviation has to be one term, and a long form must not name its own abbreviation.
  mutating func add(_ declarations: [DeclaredAbbreviation]) {
    var added: [Token] = []
    for declaration in declarations {
      guard let abbreviation = stems(in: declaration.abbreviation), abbreviation.count == 1,
        let longForm = stems(in: declaration.longForm), !longForm.contains(abbreviation[0])
      else { continue }
      let start = min(declaration.abbreviation.lowerBound, declaration.longForm.lowerBound)
      let end = max(declaration.abbreviation.upperBound, declaration.longForm.upperBound)
      let first = firstToken(from: start)
      let last = firstToken(from: end) - 1
      for kind in [TokenKind.abbreviation, .expansion] {
        let key = AbbreviationKey.encode(kind, abbreviation: abbreviation[0], longForm: longForm)
        guard key.count <= TokenBuffer.longestKey else { continue }
        added.append(
          Token(
            keyStart: UInt32(keys.count), keyLength: UInt32(key.count), position: tokens[first].position,
            positionLength: tokens[last].position + 1 - tokens[first].position, sourceStart: start, sourceEnd: end,
            kind: kind, roles: []))
        keys.append(contentsOf: key)
      }
    }
    if !added.isEmpty { merge(added) }
  }

  /// Puts further tokens among those that there are, which are in order.
  private mutating func merge(_ added: [Token]) {
    func order(_ token: Token) -> (UInt32, UInt32, Int) {
      (token.position, token.positionLength, TokenKind.allCases.firstIndex(of: token.kind) ?? 0)
    }
    let added = added.sorted { order($0) < order($1) }
    var merged: [Token] = []
    merged.reserveCapacity(tokens.count + added.count)
    var next = 0
    for token in tokens {
      while next < added.count, order(added[next]) < order(token) {
        merged.append(added[next])
        next += 1
      }
      merged.append(token)
    }
    tokens = merged + added[next...]
  }
}
