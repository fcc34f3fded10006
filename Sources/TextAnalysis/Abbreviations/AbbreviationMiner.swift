/// Finds the abbreviations that a text declares: `dorsolateral prefrontal cortex (DLPFC)` and
/// `DLPFC (dorsolateral prefrontal cortex)`.
///
/// The letters and digits of the abbreviation have to be found in order in the long form, the first one at the beginning
/// of a word, and the long form is the shortest for which that holds, of at most min(|A| + 5, 2 |A|) words for an
/// abbreviation of |A| characters. Only letters can be compared with letters, so a long form ends where a character of an
/// unspaced script stands.
///
/// Source: Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003).
struct AbbreviationMiner {
  /// The original text.
  let text: UnsafeBufferPointer<UInt8>
  let units: UnsafeBufferPointer<Unit>
  /// The folded text.
  let bytes: UnsafeBufferPointer<UInt8>

  /// Both forms as units of the text.
  private struct Declaration {
    var abbreviation: Range<Int>
    var longForm: Range<Int>
  }

  /// Characters of an abbreviation.
  private static let lengths = 2...10
  /// More units than the longest long form has are not looked at within parentheses.
  private static let mostUnits = 64

  /// What the parentheses at these offsets of the folded text declare, by the bytes of the original text.
  func declarations(at openings: UnsafeBufferPointer<UInt32>) -> [DeclaredAbbreviation] {
    openings.compactMap { opening in
      declaration(at: Int(opening)).map {
        DeclaredAbbreviation(abbreviation: source($0.abbreviation), longForm: source($0.longForm))
      }
    }
  }

  private func source(_ range: Range<Int>) -> Range<UInt32> {
    units[range.lowerBound].sourceStart..<units[range.upperBound - 1].sourceEnd
  }

  private func declaration(at opening: Int) -> Declaration? {
    let first = firstUnit(after: opening)
    guard first > 0, first < units.count, !endsSentence(Int(units[first - 1].end)..<opening),
      !endsSentence(opening + 1..<Int(units[first].start)), let end = endOfContent(first)
    else { return nil }
    if isAbbreviation(first..<end), let longForm = longForm(of: first..<end, endingAt: first, from: 0) {
      return Declaration(abbreviation: first..<end, longForm: longForm)
    }
    var start = first - 1
    while start > 0, units[start].isSpaced, units[start - 1].isSpaced, isJoint(before: start) { start -= 1 }
    guard isAbbreviation(start..<first), let longForm = longForm(of: start..<first, endingAt: end, from: first) else {
      return nil
    }
    return Declaration(abbreviation: start..<first, longForm: longForm)
  }

  /// The first unit that begins after an offset of the folded text.
  private func firstUnit(after offset: Int) -> Int {
    var low = 0
    var high = units.count
    while low < high {
      let middle = (low + high) / 2
      if Int(units[middle].start) <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The unit after those between a `(` and the next `)`, comma or semicolon; nil where they go on for too long.
  private func endOfContent(_ first: Int) -> Int? {
    for unit in first..<min(first + Self.mostUnits, units.count) {
      let gap = gap(after: unit)
      for index in gap {
        switch bytes[index] {
        case 0x29, 0x2C, 0x3B: return unit + 1  // ) , ;
        default: continue
        }
      }
      if endsSentence(gap) { return nil }
    }
    return nil
  }

  /// What lies between a unit and the next one or the end of the text.
  private func gap(after unit: Int) -> Range<Int> {
    Int(units[unit].end)..<(unit + 1 < units.count ? Int(units[unit + 1].start) : bytes.count)
  }

  /// Whether no form reaches across what lies between two units.
  private func endsSentence(_ gap: Range<Int>) -> Bool {
    for index in gap {
      switch bytes[index] {
      // ( ) : ; ? ! [ ] and the first byte of the full stop and the brackets of Chinese
      case 0x28, 0x29, 0x3A, 0x3B, 0x3F, 0x21, 0x5B, 0x5D, 0xE3: return true
      case 0x2E where index + 1 == gap.upperBound || bytes[index + 1] == 0x20: return true
      default: continue
      }
    }
    return false
  }

  /// Whether nothing but one sign that may stand inside an abbreviation lies between a unit and the one before it.
  private func isJoint(before unit: Int) -> Bool {
    let gap = gap(after: unit - 1)
    return gap.isEmpty || (gap.count == 1 && [0x2D, 0x2F, 0x2E, 0x26, 0x27].contains(bytes[gap.lowerBound]))
  }

  /// Whether the units are written like an abbreviation, without blanks.
  private func isAbbreviation(_ range: Range<Int>) -> Bool {
    guard Int(units[range.upperBound - 1].end - units[range.lowerBound].start) <= 4 * Self.lengths.upperBound,
      range.allSatisfy({ units[$0].isSpaced && ($0 == range.lowerBound || isJoint(before: $0)) }),
      Self.lengths.contains(characters(range).count)
    else { return false }
    let source = source(range)
    return AbbreviationSpelling.isAbbreviation(
      String(decoding: text[Int(source.lowerBound)..<Int(source.upperBound)], as: UTF8.self))
  }

  /// The folded characters of letters and digits.
  private func characters(_ range: Range<Int>) -> [Unicode.Scalar] {
    range.flatMap { unit in
      String(decoding: bytes[Int(units[unit].start)..<Int(units[unit].end)], as: UTF8.self).unicodeScalars
    }
  }

  /// The shortest long form of an abbreviation that ends before unit `end`.
  private func longForm(of abbreviation: Range<Int>, endingAt end: Int, from first: Int) -> Range<Int>? {
    let letters = characters(abbreviation)
    let mostWords = min(letters.count + 5, 2 * letters.count)
    var words = 0
    var wanted = letters.count - 1
    var characterCount = 0
    var unit = end - 1
    while unit >= first, units[unit].isSpaced, unit == end - 1 || !endsSentence(gap(after: unit)) {
      let beginsWord = unit == first || gap(after: unit - 1).count > 0 || !units[unit - 1].isSpaced
      let text = characters(unit..<unit + 1)
      characterCount += text.count
      for index in text.indices.reversed() where text[index] == letters[wanted] {
        if wanted > 0 {
          wanted -= 1
        } else if index == 0 && beginsWord {
          let start = wholeWord(unit, first)
          characterCount += characters(start..<unit).count
          return characterCount > letters.count ? start..<end : nil
        }
      }
      if unit == first || units[unit].followsBlank { words += 1 }
      if words == mostWords { return nil }
      unit -= 1
    }
    return nil
  }

  /// The first unit of the word that a unit belongs to: a form that begins behind a hyphen is the whole word.
  private func wholeWord(_ unit: Int, _ first: Int) -> Int {
    var start = unit
    while start > first, units[start - 1].isSpaced, isJoint(before: start) { start -= 1 }
    return start
  }
}
