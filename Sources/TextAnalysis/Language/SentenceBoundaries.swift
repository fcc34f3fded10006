/// Finds where sentences end, by rules for Chinese, Japanese and the languages with blanks.
package enum SentenceBoundaries {
  /// Byte offsets after each sentence of a text: after its closing quotes and brackets and the blanks that follow, so
  /// that the sentences together are the text. The last offset is the end of the text; an empty text has none.
  ///
  /// A sentence ends after 。！？；… and their kin; after `.`, `!` or `?` before a blank and a capital, a digit or a
  /// character of an unspaced script, unless the dot belongs to an abbreviation or an initial; and at a line break.
  ///
  /// - Parameter text: valid UTF-8.
  package static func ends(in text: UnsafeBufferPointer<UInt8>) -> [Int] {
    var ends: [Int] = []
    var index = 0
    while index < text.count {
      let (scalar, length) = decodeUTF8(text, at: index)
      let start = index
      index += length
      switch scalar {
      case 0x0A, 0x2028, 0x2029:
        index = skip(text, from: index) { $0 == 0x0A || $0 == 0x0D || isBlank($0) }
        ends.append(index)
      case 0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0x2026, 0xFF61, 0xFE52:
        index = skip(text, from: index) { isWideEnd($0) || isClosing($0) }
        index = skip(text, from: index, while: isBlank)
        ends.append(index)
      case 0x21, 0x2E, 0x3F:
        let next = skip(text, from: index) { isNarrowEnd($0) || isClosing($0) }
        if next < text.count && !isBlank(decodeUTF8(text, at: next).scalar) {
          index = max(index, next)
          continue
        }
        let following = skip(text, from: next, while: isBlank)
        index = following
        if following == text.count || text[following] == 0x0A || text[following] == 0x0D { continue }
        if beginsSentence(decodeUTF8(text, at: following).scalar)
          && !(scalar == 0x2E && next == start + 1 && isAbbreviation(text, endingAt: start))
        {
          ends.append(following)
        }
      default:
        break
      }
    }
    if !text.isEmpty && ends.last != text.count { ends.append(text.count) }
    return ends
  }

  private static func skip(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, while matches: (UInt32) -> Bool
  ) -> Int {
    var index = start
    while index < text.count {
      let (scalar, length) = decodeUTF8(text, at: index)
      if !matches(scalar) { break }
      index += length
    }
    return index
  }

  private static func isBlank(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || scalar == 0x09 || scalar == 0xA0 || scalar == 0x3000 || (0x2000...0x200A).contains(scalar)
  }

  private static func isWideEnd(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0x2026, 0xFF61, 0xFE52, 0x21, 0x3F: true
    default: false
    }
  }

  private static func isNarrowEnd(_ scalar: UInt32) -> Bool { scalar == 0x21 || scalar == 0x2E || scalar == 0x3F }

  private static func isClosing(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x29, 0x5D, 0x7D, 0x2019, 0x201D, 0x300D, 0x300F, 0x3011, 0x300B, 0x3009, 0x3015, 0xFF09, 0xFF3D,
      0xBB:
      true
    default: false
    }
  }

  /// Whether a sentence may begin with the character; a small letter goes on with the old one.
  private static func beginsSentence(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x61...0x7A, 0x2C, 0x3B, 0x3A, 0x2D: false
    case 0x80...: Unicode.Scalar(scalar)?.properties.isLowercase != true
    default: true
    }
  }

  /// Whether the letters before a dot are an abbreviation that does not end a sentence: a title, a citation's `al`, a
  /// single letter, or letters with dots between them such as `e.g`.
  private static func isAbbreviation(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Bool {
    var start = end
    while start > 0, end - start < 8 {
      let byte = text[start - 1]
      guard (byte | 0x20) &- 0x61 < 26 || byte == 0x2E else { break }
      start -= 1
    }
    let word = text[start..<end]
    guard let last = word.last, last != 0x2E else { return false }
    if word.count == 1 { return last &- 0x41 < 26 }  // an initial: J. Smith
    let letters = String(decoding: word.lazy.map { $0 == 0x2E ? $0 : $0 | 0x20 }, as: UTF8.self)
    return abbreviations.contains(letters) || (word.contains(0x2E) && word.count <= 5 && word.dropFirst().first == 0x2E)
  }

  private static let abbreviations: Set<String> = [
    "al", "approx", "cf", "dept", "dr", "ed", "eds", "eq", "fig", "figs", "inc", "jr", "ltd", "mr", "mrs", "ms", "mt",
    "no", "nos", "p", "pp", "prof", "ref", "refs", "sec", "sr", "st", "vol", "vs",
  ]
}
