/// How abbreviations are written.
package enum AbbreviationSpelling {
  /// Whether a text without blanks is written like an abbreviation: it has a capital that does not just begin a word, such
  /// as the second one of `DLPFC` and the one of `mRNA`, or a letter of its own, as in `B12`. `Smith` and `Roy-Byrne` are
  /// names.
  package static func isAbbreviation(_ text: String) -> Bool {
    var characters = 0
    /// Letters that follow each other so far, and whether the last one is a capital.
    var run = 0
    var endsWithCapital = false
    var isFound = false
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      if properties.isAlphabetic {
        endsWithCapital = properties.isUppercase
        isFound = isFound || (endsWithCapital && run > 0)
        run += 1
        characters += 1
      } else {
        isFound = isFound || (endsWithCapital && run == 1)
        if properties.numericType != nil { characters += 1 }
        run = 0
        endsWithCapital = false
      }
    }
    return characters > 1 && (isFound || (endsWithCapital && run == 1))
  }
}
