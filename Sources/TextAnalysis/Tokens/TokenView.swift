/// The tokens of one text in the memory of an `Analyzer`; valid until it looks at the next text.
package struct TokenView {
  /// Tokens in the order of `TokenBuffer.tokens`.
  package let tokens: UnsafeBufferPointer<Token>
  /// The keys of all tokens, and what may lie between them. `slack` more bytes may be read behind them.
  let keyBytes: UnsafeBufferPointer<UInt8>
  /// How many units the text has: one more than the last position, or 0.
  package let unitCount: UInt32

  /// Bytes that may be read behind the last key, whatever they are.
  package static let slack = 16

  init(tokens: UnsafeBufferPointer<Token>, keys: UnsafeBufferPointer<UInt8>, unitCount: UInt32) {
    self.tokens = tokens
    keyBytes = keys
    self.unitCount = unitCount
  }

  /// The first byte of the keys, from which their places count.
  package var keys: UnsafePointer<UInt8> { keyBytes.baseAddress! }

  /// The term key of a token, its kind byte first.
  package func key(of token: Token) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: keys + Int(token.keyStart), count: Int(token.keyLength))
  }

  /// The term of a token as text, without its kind byte.
  package func text(of token: Token) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: key(of: token).dropFirst()), as: UTF8.self)
  }
}
