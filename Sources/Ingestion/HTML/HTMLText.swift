/// The visible text of a page with its blocks, and the way back to the source.
struct HTMLText {
  /// UTF-8; blocks stand on lines of their own.
  private(set) var bytes: [UInt8] = []
  private(set) var blocks: [TextBlock] = []
  private var map = HTMLSourceMap()

  private var blockStart = 0
  private var kind = TextBlock.Kind.paragraph
  private var isSetApart = false
  /// True where blanks have been read that become one blank before the next character.
  private var hasPendingBlank = false

  /// Ends the current block, where it holds anything, and begins one of another kind.
  mutating func beginBlock(_ kind: TextBlock.Kind) {
    let end = bytes.count
    if end > blockStart {
      let range = bytes.withUnsafeBufferPointer { TextBlanks.trimmed(blockStart..<end, of: $0) }
      if range.isEmpty {
        bytes.removeSubrange(blockStart...)
      } else {
        blocks.append(TextBlock(kind: withText(self.kind, range), range: range, isSetApart: isSetApart))
        isSetApart = false
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    blockStart = bytes.count
    hasPendingBlank = false
    self.kind = kind
  }

  /// Keeps what follows from being joined to what precedes.
  mutating func setApart() { isSetApart = true }

  /// Adds a line break or the space between two cells, unless the block is still empty.
  mutating func appendSeparator(_ byte: UInt8) {
    guard bytes.count > blockStart else { return }
    bytes.append(byte)
    hasPendingBlank = false
  }

  /// Adds a character that was written as `source`.
  mutating func append(
    _ character: UnsafeBufferPointer<UInt8>, source: Range<Int>, keepsBlanks: Bool
  ) {
    let isBlank = TextBlanks.lengthOfBlank(at: 0, to: character.count, of: character) == character.count
    if isBlank, !keepsBlanks || bytes.count == blockStart {
      hasPendingBlank = bytes.count > blockStart
      return
    }
    if hasPendingBlank {
      if bytes.last != UInt8(ascii: "\n"), bytes.last != UInt8(ascii: "\t") { bytes.append(0x20) }
      hasPendingBlank = false
    }
    map.append(text: bytes.count, source: source, isVerbatim: source.count == character.count)
    bytes.append(contentsOf: character)
  }

  private func withText(_ kind: TextBlock.Kind, _ range: Range<Int>) -> TextBlock.Kind {
    guard case .heading(let level, _) = kind else { return kind }
    let text = bytes.withUnsafeBufferPointer { HeadingText.collapsed($0[range]) }
    return .heading(level: level, text: text)
  }

  /// The source of a range of the text: from its first character to its last.
  func sourceRange(of range: Range<Int>) -> Range<Int> {
    let start = map.start(of: range.lowerBound)
    return start..<max(start, map.end(of: range.upperBound))
  }
}
