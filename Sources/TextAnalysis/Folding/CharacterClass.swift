internal import CICU

/// What a character is for the division of text into units. The raw values up to 8 are those of `CICU`.
enum CharacterClass: UInt8 {
  /// Punctuation, symbols, unassigned and private characters.
  case separator = 0
  /// White space, control characters and the zero-width space.
  case blank = 1
  /// A letter of a script that puts blanks between its words.
  case letter = 2
  /// A decimal digit of any script.
  case digit = 3
  /// A Han, kana, Hangul, Thai or other character that is a unit of its own.
  case unspaced = 4
  /// A combining mark: part of the unit that it follows.
  case mark = 5
  /// The first character of an emoji sequence.
  case emoji = 6
  /// One half of a flag.
  case regionalIndicator = 7
  /// Left out without separating anything.
  case ignorable = 8
  /// A digit that folding makes of a superscript, a circled number, a fraction or the like: 10² is not 102.
  case numeral = 9

  /// The class of a code point by ICU's properties.
  init(of character: UInt32) {
    self = CharacterClass(rawValue: UInt8(truncatingIfNeeded: cicu_character_class(character))) ?? .separator
  }
}
