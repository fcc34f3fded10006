/// The tokens of one text, with the bytes of their keys; made to be reused from text to text without allocation.
package struct TokenBuffer: Sendable {
  /// Tokens by position, then by position length, then by kind in the order of `TokenKind.allCases`.
  package var tokens: [Token] = []
  /// The keys of all tokens, one after the other.
  package var keys: [UInt8] = []
  /// How many units the text has: one more than the last position, or 0.
  package var unitCount: UInt32 = 0

  /// Longest key in bytes. A longer letter run is cut into units of at most this length, so nothing is lost.
  package static let longestKey = 256

  package init() {}

  /// Forgets the tokens and keeps the memory.
  package mutating func removeAll() {
    tokens.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    unitCount = 0
  }

  /// Replaces everything by a copy of what an analyzer lends.
  mutating func take(_ view: TokenView) {
    removeAll()
    tokens.append(contentsOf: view.tokens)
    keys.append(contentsOf: view.keyBytes)
    unitCount = view.unitCount
  }

  /// The term key of a token, its kind byte first.
  package func key(of token: Token) -> ArraySlice<UInt8> {
    keys[Int(token.keyStart)..<Int(token.keyStart + token.keyLength)]
  }

  /// The term of a token as text, without its kind byte.
  package func text(of token: Token) -> String {
    String(decoding: key(of: token).dropFirst(), as: UTF8.self)
  }
}
