/// The tokenizers that give one token for each stretch of text: `whitespace`, `words` and `bigrams`.
struct PlainTokenizer {
  let units: UnsafeBufferPointer<Unit>
  /// The folded text.
  let bytes: UnsafePointer<UInt8>
  let breaker: WordBreaker
  let stemmer: Stemmer?
  let tokenizer: AnalyzerDescription.Tokenizer

  /// ICU looks at no more units at once, so that its cost stays linear.
  private static let windowLength = 512

  /// Writes the tokens and returns how many positions there are.
  func tokenize(into writer: inout TokenWriter) -> Int {
    var position = 0
    var first = 0
    while first < units.count {
      if tokenizer == .whitespace {
        addToken(first, first + 1, &position, &writer)
        first += 1
        continue
      }
      let groupsUnspaced = tokenizer == .bigrams && units[first].characterClass == .unspaced
      var end = first + 1
      while end < units.count, !units[end].followsBlank, end - first < Self.windowLength || groupsUnspaced {
        if groupsUnspaced {
          guard units[end].characterClass == .unspaced, units[end].start == units[end - 1].end else { break }
        } else if tokenizer == .bigrams && units[end].characterClass == .unspaced {
          break
        }
        end += 1
      }
      if groupsUnspaced {
        addBigrams(first, end, &position, &writer)
      } else {
        addWords(first, end, &position, &writer)
      }
      first = end
    }
    return position
  }

  /// Writes the bigrams of a run of unspaced characters, or its only character.
  private func addBigrams(_ first: Int, _ end: Int, _ position: inout Int, _ writer: inout TokenWriter) {
    if end - first == 1 {
      addToken(first, end, &position, &writer)
    }
    for unit in first..<(end - 1) { addToken(unit, unit + 2, &position, &writer) }
  }

  /// Writes the words of a stretch without blanks.
  private func addWords(_ first: Int, _ end: Int, _ position: inout Int, _ writer: inout TokenWriter) {
    if end - first == 1 {
      if units[first].characterClass != .emoji { addToken(first, end, &position, &writer) }
      return
    }
    let joins = breaker.joins(UnsafeBufferPointer(rebasing: units[first..<end]), in: bytes)
    var start = first
    while start < end {
      var next = start + 1
      while next < end && joins[next - first] { next += 1 }
      if units[next - 1].end - units[start].start < TokenBuffer.longestKey {
        if next - start > 1 || units[start].characterClass != .emoji { addToken(start, next, &position, &writer) }
      } else {
        for unit in start..<next { addToken(unit, unit + 1, &position, &writer) }
      }
      start = next
    }
  }

  private func addToken(_ first: Int, _ end: Int, _ position: inout Int, _ writer: inout TokenWriter) {
    let start = Int(units[first].start)
    var text = UnsafeBufferPointer(start: bytes + start, count: Int(units[end - 1].end) - start)
    if let stemmer, text.allSatisfy({ $0 &- 0x61 < 26 || $0 == 0x27 }) { text = stemmer.stem(text) }
    writer.add(
      stemmer == nil ? .exact : .stem, text, position: position, length: 1, sourceStart: units[first].sourceStart,
      sourceEnd: units[end - 1].sourceEnd, roles: [.scored, .positional])
    position += 1
  }
}
