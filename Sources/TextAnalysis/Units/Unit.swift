/// A unit of the folded text: a letter run, a digit run, one unspaced character or one emoji.
struct Unit: BitwiseCopyable {
  /// Byte offsets in the folded text.
  var start: UInt32
  var end: UInt32
  /// Byte offsets in the original text.
  var sourceStart: UInt32
  var sourceEnd: UInt32
  /// `letter`, `digit`, `unspaced` or `emoji`.
  var characterClass: CharacterClass
  /// A blank lies somewhere between this unit and the one before it.
  var followsBlank: Bool
  /// All bytes of its folded form are ASCII.
  var isASCII: Bool

  /// Length of the folded form in bytes.
  var length: Int { Int(end - start) }
  /// A letter run or a digit run.
  var isSpaced: Bool { characterClass == .letter || characterClass == .digit }
}

/// A `#` or `+` in the folded text, with its place in the original.
struct Sign: BitwiseCopyable {
  /// Byte offset in the folded text.
  var offset: UInt32
  /// Byte offset after the character in the original text.
  var sourceEnd: UInt32
}
