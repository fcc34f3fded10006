/// The text of a heading as it appears in heading paths.
enum HeadingText {
  /// Longer headings are cut: the path of headings is kept with every passage below.
  static let longest = 120

  /// The heading without emphasis marks around the whole or parts of it, and without runs of blanks.
  static func plain(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    collapsed(bytes) { $0 == "`" || $0 == "*" }
  }

  /// The heading without runs of blanks, cut where it is too long, and without the characters that `omits` names.
  static func collapsed(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, omitting omits: (Character) -> Bool = { _ in false }
  ) -> String {
    // A few bytes a character are enough, so that a huge line is not decoded in whole.
    let text = String(decoding: bytes.prefix(longest * 16), as: UTF8.self)
    var plain = ""
    var count = 0
    var followsBlank = false
    for character in text {
      if character.isWhitespace {
        followsBlank = !plain.isEmpty
        continue
      }
      if omits(character) { continue }
      if count == longest { return plain + "…" }
      if followsBlank { plain.append(" ") }
      followsBlank = false
      plain.append(character)
      count += 1
    }
    return plain
  }
}
