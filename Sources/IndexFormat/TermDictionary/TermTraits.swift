/// What saves numbers in a dictionary's entry: the lowest bits of the number that begins with the document frequency.
struct TermTraits: OptionSet {
  let rawValue: Int

  /// The term's positions are stored.
  static let positional = TermTraits(rawValue: 1)
  /// It occurs once in each of its passages.
  static let once = TermTraits(rawValue: 2)
  /// Each of its positions takes one byte, so that they are as many bytes as occurrences.
  static let bytePositions = TermTraits(rawValue: 4)

  static let all: TermTraits = [.positional, .once, .bytePositions]
  /// Bits that they take.
  static let width = 3
}
