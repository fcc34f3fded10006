import TextAnalysis

/// Divides a stretch that is too long for one passage into pieces of about the same size.
///
/// Pieces end where a sentence ends; where none ends, at a comma or its like, else at a blank, else behind a character.
struct LongTextDivision {
  let text: UnsafeBufferPointer<UInt8>
  /// The most that a piece may have, in thirds of a reading character.
  let longest: Int

  /// Where a piece may end, the better the higher.
  private enum Quality: Int, Comparable {
    case character, blank, clause, sentence

    static func < (left: Quality, right: Quality) -> Bool { left.rawValue < right.rawValue }
  }

  /// The pieces of `range` in order, without blanks at either end, covering everything else.
  ///
  /// - Parameter byLine: lines come before sentences, as in code.
  func pieces(of range: Range<Int>, byLine: Bool) -> [Range<Int>] {
    var remaining = ReadingSize.thirds(of: range, in: text)
    guard remaining > longest else { return range.isEmpty ? [] : [range] }
    let sentenceEnds = byLine ? [] : sentenceEnds(in: range)
    var nextSentence = 0
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    while remaining > longest {
      while nextSentence < sentenceEnds.count, sentenceEnds[nextSentence] <= start { nextSentence += 1 }
      let count = (remaining + longest - 1) / longest
      let cut = self.cut(
        from: start, to: range.upperBound, ideal: (remaining + count - 1) / count,
        sentenceEnds: sentenceEnds[nextSentence...], byLine: byLine)
      let piece = TextBlanks.trimmed(start..<cut, of: text)
      if !piece.isEmpty { pieces.append(piece) }
      let next = TextBlanks.skipping(from: cut, to: range.upperBound, of: text)
      remaining -= ReadingSize.thirds(of: start..<next, in: text)
      start = next
    }
    let piece = TextBlanks.trimmed(start..<range.upperBound, of: text)
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }

  /// Offsets behind the sentences of `range`. A line end within a sentence, as hard-wrapped text has them, is none.
  private func sentenceEnds(in range: Range<Int>) -> [Int] {
    SentenceBoundaries.ends(in: UnsafeBufferPointer(rebasing: text[range])).compactMap { end in
      let offset = range.lowerBound + end
      return isLineEnd(text[offset - 1]) ? nil : offset
    }
  }

  /// The best end of the piece that begins at `start`: of the best quality, and there the nearest to the ideal size.
  private func cut(from start: Int, to end: Int, ideal: Int, sentenceEnds: ArraySlice<Int>, byLine: Bool) -> Int {
    var sentences = sentenceEnds
    var best = (offset: start, quality: Quality.character, distance: Int.max)
    var size = 0
    var index = start
    while index < end {
      size += ReadingSize.weight(ofByte: text[index])
      if size > longest, index > start { break }
      let next = endOfCharacter(at: index, to: end)
      while let first = sentences.first, first < next { sentences.removeFirst() }
      let isSentenceEnd = byLine ? isLineEnd(text[index]) : sentences.first == next
      let quality = isSentenceEnd ? Quality.sentence : self.quality(ofEndBehind: index..<next, to: end)
      // An end in the first half would leave a piece that is out of proportion.
      if let quality, size * 2 >= ideal {
        let distance = abs(size - ideal)
        // Bare characters are a last resort: there the piece is filled.
        if quality > best.quality || (quality == best.quality && (quality == .character || distance <= best.distance)) {
          best = (next, quality, distance)
        }
      }
      index = next
    }
    return best.offset > start ? best.offset : index
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private func endOfCharacter(at index: Int, to end: Int) -> Int {
    var next = index + 1
    while next < end, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  /// How good an end is behind this character; `nil` where the next one belongs to it.
  private func quality(ofEndBehind character: Range<Int>, to end: Int) -> Quality? {
    if isLineEnd(text[character.lowerBound]) { return .clause }
    if TextBlanks.lengthOfBlank(at: character.lowerBound, to: end, of: text) > 0 { return .blank }
    let followedByBlank =
      character.upperBound < end && TextBlanks.lengthOfBlank(at: character.upperBound, to: end, of: text) > 0
    switch (text[character.lowerBound], character.count) {
    case (UInt8(ascii: ","), 1), (UInt8(ascii: ";"), 1), (UInt8(ascii: ":"), 1), (UInt8(ascii: "."), 1):
      if followedByBlank { return .clause }
    case (0xEF, 3):
      // ， ： ； in full width: U+FF0C, U+FF1A, U+FF1B.
      let third = text[character.lowerBound + 2]
      if text[character.lowerBound + 1] == 0xBC, third == 0x8C || third == 0x9A || third == 0x9B { return .clause }
    case (0xE3, 3):
      // 、 U+3001.
      if text[character.lowerBound + 1] == 0x80, text[character.lowerBound + 2] == 0x81 { return .clause }
    default: break
    }
    return beginsWithMark(at: character.upperBound, to: end) || endsWithJoiner(character) ? nil : .character
  }

  /// True for combining accents, variation selectors, joiners and skin tones, which belong to the character before.
  private func beginsWithMark(at index: Int, to end: Int) -> Bool {
    guard index < end else { return false }
    switch text[index] {
    case 0xCC: return true
    case 0xCD: return index + 1 < end && text[index + 1] <= 0xAF
    case 0xE2: return index + 2 < end && text[index + 1] == 0x80 && text[index + 2] == 0x8D
    case 0xEF: return index + 1 < end && text[index + 1] == 0xB8 && index + 2 < end && text[index + 2] <= 0x8F
    case 0xF0:
      return index + 3 < end && text[index + 1] == 0x9F && text[index + 2] == 0x8F && text[index + 3] >= 0xBB
    default: return false
    }
  }

  private func endsWithJoiner(_ character: Range<Int>) -> Bool {
    character.count == 3 && text[character.lowerBound] == 0xE2 && text[character.lowerBound + 1] == 0x80
      && text[character.lowerBound + 2] == 0x8D
  }
}
