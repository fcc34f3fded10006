/// The kind of evidence that a token is, and with it the name space of its term.
///
/// The raw value is the first byte of every term key, so that a letter run, a stem and a bigram of the same letters are
/// different terms and lie apart in the sorted dictionary.
package enum TokenKind: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  /// A letter run, a digit run or an emoji exactly as folded: what quoted words meet.
  case exact = 0x65  // e
  /// One Han, kana, Hangul or other unspaced character.
  case character = 0x63  // c
  /// Two unspaced characters that follow each other, or a compound part and the character at its side.
  case gram = 0x67  // g
  /// The stem of an English word, or the folded form of a word in another alphabet, or a number.
  case stem = 0x73  // s
  /// A compound written as one: `covid19` for COVID-19, `c#` for C#.
  case compound = 0x6B  // k
  /// An abbreviation that the text declares: its stem, `=`, and the long form's stems with blanks between.
  case abbreviation = 0x61  // a
  /// The same the other way round: the long form's stems, `=`, and the abbreviation's stem.
  case expansion = 0x78  // x

  /// The lower-case name shown by `suo analyze`.
  package var name: String { String(describing: self) }

  /// False for what is only looked up and never found by.
  package var isScored: Bool { self != .abbreviation && self != .expansion }
}

/// What a token counts for.
package struct TokenRoles: OptionSet, Sendable, Hashable, BitwiseCopyable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Counts in the passage's length and frequencies, and is looked for by unquoted words.
  package static let scored = TokenRoles(rawValue: 1)
  /// Its positions are kept; phrases are made of such tokens.
  package static let positional = TokenRoles(rawValue: 2)
}

/// One token: a term key in its buffer's bytes, where it stands in the order of units, and where in the source.
package struct Token: Sendable, Hashable, BitwiseCopyable {
  /// Byte offset of the term key in the buffer's `keys`.
  package var keyStart: UInt32
  /// Length of the term key in bytes, its kind byte included; at most `TokenBuffer.longestKey`.
  package var keyLength: UInt32
  /// Index of the token's first unit, counted from 0 at the beginning of the text. Units are letter runs, digit runs,
  /// single unspaced characters and emoji; punctuation and blanks between them do not count.
  package var position: UInt32
  /// How many units the token covers, at least 1.
  package var positionLength: UInt32
  /// UTF-8 byte offset of the token's first byte in the original text.
  package var sourceStart: UInt32
  /// UTF-8 byte offset after the token's last byte in the original text.
  package var sourceEnd: UInt32
  /// The kind, which is also the first byte of the key.
  package var kind: TokenKind
  /// What the token counts for.
  package var roles: TokenRoles

  package init(
    keyStart: UInt32, keyLength: UInt32, position: UInt32, positionLength: UInt32, sourceStart: UInt32,
    sourceEnd: UInt32, kind: TokenKind, roles: TokenRoles
  ) {
    self.keyStart = keyStart
    self.keyLength = keyLength
    self.position = position
    self.positionLength = positionLength
    self.sourceStart = sourceStart
    self.sourceEnd = sourceEnd
    self.kind = kind
    self.roles = roles
  }
}
