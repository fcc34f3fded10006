/// Walks over the text of a node and over the source it was decoded from, in step.
///
/// Gumbo says where a node's text begins and ends in the source, but not where each character stands when entities were
/// replaced between them.
struct HTMLTextAlignment {
  let source: UnsafeBufferPointer<UInt8>
  let text: UnsafeBufferPointer<UInt8>
  private var sourceIndex: Int
  private let sourceEnd: Int
  private var textIndex = 0

  /// - Parameter range: the bytes of the source that the node's text was decoded from.
  init(text: UnsafeBufferPointer<UInt8>, source: UnsafeBufferPointer<UInt8>, range: Range<Int>) {
    self.text = text
    self.source = source
    sourceIndex = range.lowerBound
    sourceEnd = range.upperBound
  }

  /// The next character of the text with the bytes of the source it was written as, or `nil` at the end.
  mutating func next() -> (character: Range<Int>, source: Range<Int>)? {
    guard textIndex < text.count else { return nil }
    let start = textIndex
    textIndex = endOfCharacter(from: start)
    let character = start..<textIndex
    skipWhatWasDropped(before: text[start])
    guard sourceIndex < sourceEnd else { return (character, sourceEnd..<sourceEnd) }
    let from = sourceIndex
    if source[from] == UInt8(ascii: "&"), let end = endOfEntity(at: from, character: character) {
      sourceIndex = end
      if secondScalarFollows() { textIndex = endOfCharacter(from: textIndex) }
      return (start..<textIndex, from..<sourceIndex)
    } else if source[from] == 0x0D, text[start] == 0x0A {
      sourceIndex += from + 1 < sourceEnd && source[from + 1] == 0x0A ? 2 : 1
    } else {
      sourceIndex = min(from + character.count, sourceEnd)
    }
    return (character, from..<sourceIndex)
  }

  /// True where the entity that was just read stands for two code points, the second of them a combining mark.
  private func secondScalarFollows() -> Bool {
    guard textIndex < text.count, text[textIndex] >= 0xCC else { return false }
    if sourceIndex < sourceEnd, source[sourceIndex] == text[textIndex] { return false }
    return Self.secondScalars.contains { mark in text[textIndex...].starts(with: mark) }
  }

  /// The second code points of HTML's named characters: U+0333, U+0338, U+20D2, U+20E5, U+200A and U+FE00.
  private static let secondScalars: [[UInt8]] = [
    [0xCC, 0xB3], [0xCC, 0xB8], [0xE2, 0x83, 0x92], [0xE2, 0x83, 0xA5], [0xE2, 0x80, 0x8A], [0xEF, 0xB8, 0x80],
  ]

  private func endOfCharacter(from start: Int) -> Int {
    var end = start + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  /// Passes over tags between pieces of text that the parser moved together, and over a line end that it dropped.
  private mutating func skipWhatWasDropped(before byte: UInt8) {
    while sourceIndex < sourceEnd, source[sourceIndex] != byte, source[sourceIndex] != UInt8(ascii: "&") {
      if source[sourceIndex] == UInt8(ascii: "<") {
        while sourceIndex < sourceEnd, source[sourceIndex] != UInt8(ascii: ">") { sourceIndex += 1 }
        sourceIndex = min(sourceIndex + 1, sourceEnd)
      } else if source[sourceIndex] == 0x0D, byte == 0x0A {
        return
      } else if source[sourceIndex] <= 0x20 {
        sourceIndex += 1
      } else {
        return
      }
    }
  }

  /// The end of the entity that gave `character`, or `nil` where the ampersand stands for itself.
  private func endOfEntity(at start: Int, character: Range<Int>) -> Int? {
    var end = start + 1
    while end < sourceEnd, end - start < 40, isNameByte(source[end]) || (end == start + 1 && source[end] == 0x23) {
      end += 1
    }
    let isPlainAmpersand = text[character.lowerBound] == UInt8(ascii: "&")
    if end == start + 1 { return isPlainAmpersand ? nil : start + 1 }
    let closed = end < sourceEnd && source[end] == UInt8(ascii: ";")
    if isPlainAmpersand {
      // `&` for itself before a word, unless the word is a name of the ampersand.
      let name = source[start + 1..<end]
      guard
        name.first == UInt8(ascii: "#") || name.prefix(3).elementsEqual("amp".utf8)
          || name.prefix(3).elementsEqual("AMP".utf8)
      else { return nil }
      if name.first != UInt8(ascii: "#") { return start + 4 + (closed && name.count == 3 ? 1 : 0) }
    }
    if closed { return end + 1 }
    // Old names need no semicolon and may run into the next word: the name ends where the text goes on.
    let following = text[character.upperBound...].prefix(4)
    for candidate in start + 2..<max(end, start + 3) where candidate <= end {
      let rest = source[candidate..<min(candidate + following.count, sourceEnd)]
      if rest.count == following.count, rest.elementsEqual(following) { return candidate }
    }
    return end
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
