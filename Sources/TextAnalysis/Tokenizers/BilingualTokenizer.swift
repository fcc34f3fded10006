/// The tokenizer of the default analyzer: writes for each unit what phrases are made of, and beside it the terms that
/// are scored.
struct BilingualTokenizer {
  let units: UnsafeBufferPointer<Unit>
  let signs: UnsafeBufferPointer<Sign>
  /// The folded text.
  let bytes: UnsafeBufferPointer<UInt8>
  let breaker: WordBreaker
  let stemmer: Stemmer?

  /// Changes with the terms that a text is given, so that an index of other terms is refused.
  static let rulesVersion = "2"

  /// The most units that ICU looks at in one call. Its own cost is linear; the window bounds its memory.
  static let windowLength = 512

  func tokenize(into writer: inout TokenWriter, _ terms: inout TermBuilder) {
    var first = 0
    while first < units.count {
      switch units[first].characterClass {
      case .unspaced:
        addCharacter(first, &writer)
        first += 1
      case .letter, .digit:
        var end = first + 1
        while end < units.count, units[end].isSpaced, !units[end].followsBlank, end - first < Self.windowLength {
          end += 1
        }
        addCluster(first, end, &writer, &terms)
        first = end
      default:
        add(.exact, first, first + 1, roles: [.scored, .positional], &writer)
        first += 1
      }
    }
  }

  /// Writes a character and, where another one is the next unit, the gram of both. A gap between them does not count:
  /// phrases of characters are answered from grams alone.
  @inline(__always)
  private func addCharacter(_ unit: Int, _ writer: inout TokenWriter) {
    add(.character, unit, unit + 1, roles: [.scored, .positional], &writer)
    guard unit + 1 < units.count, units[unit + 1].characterClass == .unspaced else { return }
    let next = units[unit + 1]
    if next.start == units[unit].end {
      add(.gram, unit, unit + 2, roles: [.scored, .positional], &writer)
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: units[unit].length + next.length) { memory in
      let split = units[unit].length
      for index in 0..<split { memory[index] = bytes[Int(units[unit].start) + index] }
      for index in 0..<next.length { memory[split + index] = bytes[Int(next.start) + index] }
      writer.add(
        .gram, UnsafeBufferPointer(memory), position: unit, length: 2, sourceStart: units[unit].sourceStart,
        sourceEnd: next.sourceEnd, roles: [.scored, .positional])
    }
  }

  /// Writes the tokens of the letter and digit runs `first..<end`, between which there are no blanks.
  private func addCluster(_ first: Int, _ end: Int, _ writer: inout TokenWriter, _ terms: inout TermBuilder) {
    if end - first == 1 {
      addExact(first, &writer)
      addSingleWord(first, &writer)
    } else {
      terms.addWords(first, end, of: self, &writer)
    }
  }

  /// Writes what phrases are made of: a letter run or a digit run, and a letter with a sign that belongs to it.
  @inline(__always)
  func addExact(_ unit: Int, _ writer: inout TokenWriter) {
    add(.exact, unit, unit + 1, roles: .positional, &writer)
    if units[unit].length == 1 { addLetterWithSign(unit, &writer) }
  }

  /// Writes the only word of a cluster. By Unicode Standard Annex #29 a run of letters is one word.
  @inline(__always)
  private func addSingleWord(_ unit: Int, _ writer: inout TokenWriter) {
    var text = text(unit, unit + 1)
    let folded = text
    if units[unit].isASCII, units[unit].characterClass == .letter, let stemmer { text = stemmer.stem(text) }
    writer.add(
      .stem, text, position: unit, length: 1, sourceStart: units[unit].sourceStart, sourceEnd: units[unit].sourceEnd,
      roles: .scored)
    addGramWithPrevious(unit, unit + 1, folded, &writer)
    addGramWithNext(unit, unit + 1, folded, &writer)
  }

  /// Writes the gram of the unspaced character that stands directly before `first..<end`, as in 素B12.
  func addGramWithPrevious(
    _ first: Int, _ end: Int, _ joined: UnsafeBufferPointer<UInt8>, _ writer: inout TokenWriter
  ) {
    guard first > 0, units[first - 1].characterClass == .unspaced, units[first - 1].end == units[first].start else {
      return
    }
    addGram(text(first - 1, first), joined, first - 1, end, &writer)
  }

  /// Writes the gram of `first..<end` and the unspaced character after it or after a hyphen, as in GABA能 and 5-羟.
  func addGramWithNext(
    _ first: Int, _ end: Int, _ joined: UnsafeBufferPointer<UInt8>, _ writer: inout TokenWriter
  ) {
    guard end < units.count, units[end].characterClass == .unspaced, !units[end].followsBlank,
      isJoint(before: end)
    else { return }
    addGram(joined, text(end, end + 1), first, end + 1, &writer)
  }

  /// Whether nothing, or one hyphen, lies between a unit and the one before it.
  func isJoint(before unit: Int) -> Bool {
    let gap = units[unit].start - units[unit - 1].end
    return gap == 0 || (gap == 1 && bytes[Int(units[unit].start) - 1] == 0x2D)
  }

  private func addGram(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ first: Int, _ end: Int,
    _ writer: inout TokenWriter
  ) {
    guard left.count + right.count < TokenBuffer.longestKey else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: left.count + right.count) { memory in
      for index in 0..<left.count { memory[index] = left[index] }
      for index in 0..<right.count { memory[left.count + index] = right[index] }
      writer.add(
        .gram, UnsafeBufferPointer(memory), position: first, length: end - first,
        sourceStart: units[first].sourceStart, sourceEnd: units[end - 1].sourceEnd, roles: .scored)
    }
  }

  /// Writes `c#`, `f#` or `c++` where the unit, a single character, is a letter with such a sign.
  ///
  /// What stands around letter and sign does not matter, so that `C++` is the same in C++11 and quoted alone.
  private func addLetterWithSign(_ unit: Int, _ writer: inout TokenWriter) {
    guard units[unit].characterClass == .letter, let sign = sign(after: unit) else { return }
    let start = Int(units[unit].start)
    writer.add(
      .compound, UnsafeBufferPointer(rebasing: bytes[start..<sign.end]), position: unit, length: 1,
      sourceStart: units[unit].sourceStart, sourceEnd: sign.sourceEnd, roles: [.scored, .positional])
  }

  /// The `#` or `++` right after a unit.
  private func sign(after unit: Int) -> (end: Int, sourceEnd: UInt32)? {
    let start = Int(units[unit].end)
    guard start < bytes.count else { return nil }
    let end: Int
    switch bytes[start] {
    case 0x23: end = start + 1
    case 0x2B where start + 1 < bytes.count && bytes[start + 1] == 0x2B: end = start + 2
    default: return nil
    }
    var low = 0
    var high = signs.count
    while low < high {
      let middle = (low + high) / 2
      if Int(signs[middle].offset) < end - 1 { low = middle + 1 } else { high = middle }
    }
    return (end, signs[low].sourceEnd)
  }

  /// The folded text of the units `first..<end` with what lies between them.
  @inline(__always)
  func text(_ first: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(units[first].start)
    return UnsafeBufferPointer(start: bytes.baseAddress! + start, count: Int(units[end - 1].end) - start)
  }

  @inline(__always)
  func add(_ kind: TokenKind, _ first: Int, _ end: Int, roles: TokenRoles, _ writer: inout TokenWriter) {
    writer.add(
      kind, text(first, end), position: first, length: end - first, sourceStart: units[first].sourceStart,
      sourceEnd: units[end - 1].sourceEnd, roles: roles)
  }
}
