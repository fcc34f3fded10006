/// Makes the scored terms of a cluster of several units: words, numbers, and what they are joined to.
struct TermBuilder: ~Copyable {
  /// One word or number of an ICU word, such as `patient's` or `1000`.
  private var part = TermText()
  /// All parts of an ICU word.
  private var word = TermText()
  /// The words of a chain that hyphens hold together.
  private var chain = TermText()

  /// Writes the exact tokens and the terms of the units `first..<end`, between which there are no blanks.
  mutating func addWords(
    _ first: Int, _ end: Int, of tokenizer: borrowing BilingualTokenizer, _ writer: inout TokenWriter
  ) {
    let joins = tokenizer.breaker.joins(
      UnsafeBufferPointer(rebasing: tokenizer.units[first..<end]), in: tokenizer.bytes.baseAddress!)
    var chainStart = first
    var wordCount = 0
    var hasLetters = false
    chain.removeAll()
    var start = first
    while start < end {
      var next = start + 1
      while next < end && joins[next - first] { next += 1 }
      addWord(start, next, of: tokenizer, &writer)
      chain.append(word)
      wordCount += 1
      for unit in start..<next where tokenizer.units[unit].characterClass == .letter { hasLetters = true }
      if next == end || !tokenizer.isJoint(before: next) {
        // A chain of numbers alone is a date or a range, and nobody writes it as one.
        if wordCount > 1 && hasLetters { addTerm(.stem, chain, chainStart, next, of: tokenizer, &writer) }
        if !chain.isTooLong {
          if chainStart == first { tokenizer.addGramWithPrevious(chainStart, next, chain.bytes, &writer) }
          if next == end { tokenizer.addGramWithNext(chainStart, next, chain.bytes, &writer) }
        }
        chainStart = next
        wordCount = 0
        hasLetters = false
        chain.removeAll()
      }
      start = next
    }
  }

  /// How a unit of an ICU word stands to the unit before it.
  private enum Joint {
    /// One part, with nothing or with the punctuation between kept: `b12`, `don't`, `3.14`.
    case kept
    /// One part, with the punctuation between left out: `1,000`.
    case dropped
    /// A new part.
    case separate
  }

  /// Writes the exact tokens and the terms of one ICU word and leaves all its parts, joined, in `word`.
  private mutating func addWord(
    _ first: Int, _ end: Int, of tokenizer: borrowing BilingualTokenizer, _ writer: inout TokenWriter
  ) {
    word.removeAll()
    if isAcronym(first, end, tokenizer) {
      for unit in first..<end {
        tokenizer.addExact(unit, &writer)
        word.append(tokenizer.text(unit, unit + 1))
      }
      addPart(word, first, end, of: tokenizer, &writer)
      return
    }
    var partCount = 0
    var partStart = first
    var groups = false
    while partStart < end {
      part.removeAll()
      part.append(tokenizer.text(partStart, partStart + 1))
      var next = partStart + 1
      groups = tokenizer.units[partStart].characterClass == .digit && tokenizer.units[partStart].length <= 3
      loop: while next < end {
        switch joint(before: next, mayGroup: groups, tokenizer) {
        case .kept:
          let gapStart = Int(tokenizer.units[next - 1].end)
          part.append(
            UnsafeBufferPointer(rebasing: tokenizer.bytes[gapStart..<Int(tokenizer.units[next].end)]))
          groups = false
        case .dropped:
          part.append(tokenizer.text(next, next + 1))
        case .separate:
          break loop
        }
        next += 1
      }
      for unit in partStart..<next { tokenizer.addExact(unit, &writer) }
      addPart(part, partStart, next, of: tokenizer, &writer)
      word.append(part)
      partCount += 1
      partStart = next
    }
    guard partCount > 1 else { return }
    if joinsByUnderscores(first, end, tokenizer) {
      addTerm(.stem, word, first, end, of: tokenizer, &writer)
    } else {
      tokenizer.add(.compound, first, end, roles: .scored, &writer)
    }
  }

  private func joint(
    before unit: Int, mayGroup: Bool, _ tokenizer: borrowing BilingualTokenizer
  ) -> Joint {
    let left = tokenizer.units[unit - 1]
    let right = tokenizer.units[unit]
    let gap = right.start - left.end
    if gap == 0 { return .kept }
    guard gap == 1, left.characterClass == right.characterClass else { return .separate }
    switch (tokenizer.bytes[Int(left.end)], left.characterClass) {
    case (0x27, .letter), (0x2E, .digit): return .kept
    case (0x2C, .digit): return mayGroup && right.length == 3 ? .dropped : .separate
    default: return .separate
    }
  }

  /// Whether the word is single letters with full stops between them, as in U.S.A.
  private func isAcronym(_ first: Int, _ end: Int, _ tokenizer: borrowing BilingualTokenizer) -> Bool {
    guard end - first > 1 else { return false }
    for unit in first..<end {
      guard tokenizer.units[unit].characterClass == .letter, tokenizer.units[unit].length == 1 else { return false }
      if unit > first {
        let start = tokenizer.units[unit - 1].end
        guard tokenizer.units[unit].start == start + 1, tokenizer.bytes[Int(start)] == 0x2E else { return false }
      }
    }
    return true
  }

  /// Whether low lines alone hold the parts together, as in `file_name`, which is also written `filename`.
  private func joinsByUnderscores(_ first: Int, _ end: Int, _ tokenizer: borrowing BilingualTokenizer) -> Bool {
    for unit in (first + 1)..<end {
      for index in tokenizer.units[unit - 1].end..<tokenizer.units[unit].start
      where tokenizer.bytes[Int(index)] != 0x5F {
        return false
      }
    }
    return true
  }

  /// Writes a part of a word; the units one by one where it is too long for a key, so that nothing goes unscored.
  private func addPart(
    _ part: borrowing TermText, _ first: Int, _ end: Int, of tokenizer: borrowing BilingualTokenizer,
    _ writer: inout TokenWriter
  ) {
    if part.isTooLong {
      for unit in first..<end { tokenizer.add(.stem, unit, unit + 1, roles: .scored, &writer) }
    } else {
      addTerm(.stem, part, first, end, of: tokenizer, &writer)
    }
  }

  private func addTerm(
    _ kind: TokenKind, _ term: borrowing TermText, _ first: Int, _ end: Int,
    of tokenizer: borrowing BilingualTokenizer, _ writer: inout TokenWriter
  ) {
    guard !term.isTooLong else { return }
    var text = term.bytes
    if term.isStemmable, let stemmer = tokenizer.stemmer { text = stemmer.stem(text) }
    writer.add(
      kind, text, position: first, length: end - first, sourceStart: tokenizer.units[first].sourceStart,
      sourceEnd: tokenizer.units[end - 1].sourceEnd, roles: .scored)
  }
}
