/// Blanks and line ends at the edges of stretches of UTF-8 text.
enum TextBlanks {
  /// `range` without the blanks at either end; an empty range at its upper bound where it is all blank.
  static func trimmed(_ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let start = skipping(from: range.lowerBound, to: range.upperBound, of: text)
    var end = range.upperBound
    while end > start {
      let length = lengthOfBlank(endingAt: end, notBefore: start, of: text)
      if length == 0 { break }
      end -= length
    }
    return start..<end
  }

  /// The first offset at or after `start` that is no blank.
  static func skipping(from start: Int, to end: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
    var index = start
    while index < end {
      let length = lengthOfBlank(at: index, to: end, of: text)
      if length == 0 { break }
      index += length
    }
    return index
  }

  /// The length of the blank that begins at `index`, or 0: white space, no-break and zero-width blanks, controls, and
  /// the byte order mark.
  @inline(__always)
  static func lengthOfBlank(at index: Int, to end: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
    let byte = text[index]
    if byte <= 0x20 || byte == 0x7F { return 1 }
    if byte < 0xC2 { return 0 }
    if byte == 0xC2 { return index + 1 < end && (text[index + 1] == 0xA0 || text[index + 1] == 0x85) ? 2 : 0 }
    guard byte >= 0xE2, index + 2 < end else { return 0 }
    return isThreeByteBlank(byte, text[index + 1], text[index + 2]) ? 3 : 0
  }

  private static func lengthOfBlank(endingAt end: Int, notBefore start: Int, of text: UnsafeBufferPointer<UInt8>) -> Int
  {
    let last = text[end - 1]
    if last <= 0x20 || last == 0x7F { return 1 }
    if last < 0x80 { return 0 }
    if end - 2 >= start, text[end - 2] == 0xC2 { return last == 0xA0 || last == 0x85 ? 2 : 0 }
    guard end - 3 >= start else { return 0 }
    return isThreeByteBlank(text[end - 3], text[end - 2], last) ? 3 : 0
  }

  private static func isThreeByteBlank(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    // U+2000 to U+200B, U+2028, U+2029 and U+202F.
    case (0xE2, 0x80): third <= 0x8B || third == 0xA8 || third == 0xA9 || third == 0xAF
    case (0xE2, 0x81): third == 0x9F
    case (0xE3, 0x80): third == 0x80
    case (0xEF, 0xBB): third == 0xBF
    default: false
    }
  }
}
