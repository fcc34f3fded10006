/// Text from elsewhere, made safe for a terminal.
///
/// Control characters can move the cursor, set the title or answer in the user's name; bidirectional controls can make
/// text read otherwise than it is. Both are left out.
enum TerminalText {
  /// The text on one line without control characters; line ends and tabs become blanks.
  static func visible(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isBlank(scalar) {
        scalars.append(" ")
      } else if !isControl(scalar) {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// The character without control characters; nil where nothing is left.
  static func visible(_ character: Character) -> Character? {
    guard character.unicodeScalars.contains(where: isControl) else { return character }
    return visible(String(character)).first
  }

  /// Controls that only separate.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// The C0 and C1 controls, delete, and the controls of the Unicode Bidirectional Algorithm (UAX #9).
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
