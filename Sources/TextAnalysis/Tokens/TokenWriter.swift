import ByteStorage

/// Collects tokens in memory of its own, which costs less for each than arrays do.
struct TokenWriter: ~Copyable {
  private var tokens = PlainBuffer<Token>(capacity: 1024)
  private var keys = PlainBuffer<UInt8>(capacity: 8192)

  mutating func removeAll() {
    tokens.count = 0
    keys.count = 0
  }

  /// Adds a token with the term `text`; a term that is too long for a key is left out.
  @inline(__always)
  mutating func add(
    _ kind: TokenKind, _ text: UnsafeBufferPointer<UInt8>, position: Int, length: Int, sourceStart: UInt32,
    sourceEnd: UInt32, roles: TokenRoles
  ) {
    guard text.count < TokenBuffer.longestKey else { return }
    keys.reserve(TokenBuffer.longestKey)
    let start = keys.count
    keys.base[start] = kind.rawValue
    // Most terms are short; a call of memcpy would cost more than the copy.
    let destination = keys.base + start + 1
    for index in 0..<text.count { destination[index] = text[index] }
    keys.count = start + 1 + text.count
    tokens.append(
      Token(
        keyStart: UInt32(truncatingIfNeeded: start), keyLength: UInt32(truncatingIfNeeded: 1 + text.count),
        position: UInt32(truncatingIfNeeded: position), positionLength: UInt32(truncatingIfNeeded: length),
        sourceStart: sourceStart, sourceEnd: sourceEnd, kind: kind, roles: roles))
  }

  /// Replaces everything by the ASCII text of one passage whose words are the tokens: makes room for it, and `body` writes
  /// the keys and appends the tokens.
  ///
  /// - Parameter count: bytes of the keys.
  @inline(__always)
  mutating func fill<Result>(
    count: Int, _ body: (UnsafeMutablePointer<UInt8>, inout PlainBuffer<Token>) -> Result
  ) -> Result {
    removeAll()
    keys.reserve(count)
    keys.count = count
    return body(keys.base, &tokens)
  }

  /// Puts the tokens in order.
  mutating func finish() {
    sort()
    keys.reserve(TokenView.slack)
  }

  /// The tokens and keys so far; valid until the next change.
  func view(unitCount: Int) -> TokenView {
    TokenView(tokens: tokens.elements, keys: keys.elements, unitCount: UInt32(truncatingIfNeeded: unitCount))
  }

  /// Replaces everything by the content of `buffer`.
  mutating func take(_ buffer: borrowing TokenBuffer) {
    removeAll()
    buffer.tokens.withUnsafeBufferPointer { tokens.append($0) }
    buffer.keys.withUnsafeBufferPointer { keys.append($0) }
    keys.reserve(TokenView.slack)
  }

  /// Sorts by position, position length and kind. Tokens are made nearly in order, so insertion beats other sorts; a
  /// token moves back over the tokens of one or two units at most.
  private mutating func sort() {
    let tokens = tokens.base
    var index = 1
    while index < self.tokens.count {
      let token = tokens[index]
      let rank = Self.rank(token)
      var place = index
      while place > 0, Self.rank(tokens[place - 1]) > rank {
        tokens[place] = tokens[place - 1]
        place -= 1
      }
      if place != index { tokens[place] = token }
      index += 1
    }
  }

  @inline(__always)
  private static func rank(_ token: Token) -> UInt64 {
    let kind: UInt64 =
      switch token.kind {
      case .exact: 0
      case .character: 1
      case .gram: 2
      case .stem: 3
      case .compound: 4
      case .abbreviation: 5
      case .expansion: 6
      }
    return UInt64(token.position) << 32 | UInt64(token.positionLength) << 3 | kind
  }
}
