/// Finds paragraphs, list items, tables and headings in plain text.
///
/// Empty lines separate paragraphs. Between them, lines of about one width are one paragraph that was wrapped by hand,
/// and lines of differing widths are paragraphs of their own; in a text without empty lines, or with lines too wide to be
/// wrapped by hand, every line is one. Headings
/// are known by marks, by numbers, and else by being short, unfinished lines before something longer.
struct PlainTextBlocks {
  /// More short lines than this in a row are a list without bullets, not headings of one another.
  private static let longestHeadingRun = 4
  /// Text that is wrapped by hand has lines of about these many columns.
  private static let wrappedColumns = 45...110

  /// So many headings with marks or numbers show that the text gives its headings marks or numbers.
  private static let fewestMarked = 3
  /// Reading characters of the name of a section, such as 参考文献 or Acknowledgements.
  private static let longestName = 8

  private struct Candidate {
    var block: TextBlock
    var isPossibleHeading = false
  }

  private let text: UnsafeBufferPointer<UInt8>
  private var candidates: [Candidate] = []
  private var isSetApart = false

  /// The blocks of the lines from `firstLine` on, in order; together they hold all that is not blank and no rule.
  static func blocks(of text: UnsafeBufferPointer<UInt8>, lines: LineTable, from firstLine: Int) -> [TextBlock] {
    var blocks = PlainTextBlocks(text: text)
    var hasBlankBetween = false
    var shaped: [PlainTextLine] = []
    var followsBlank = false
    for index in firstLine..<max(firstLine, lines.count) {
      let range = lines.range(of: index)
      if TextBlanks.trimmed(range, of: text).isEmpty {
        followsBlank = true
        continue
      }
      if followsBlank && !shaped.isEmpty { hasBlankBetween = true }
      shaped.append(PlainTextLine(range, of: text, followsBlank: followsBlank || shaped.isEmpty))
      followsBlank = false
    }
    // Who writes lines wider than any that are wrapped by hand ends a line only where a paragraph ends.
    let isUnwrapped = shaped.contains { $0.isPlain && $0.columns > wrappedColumns.upperBound }
    blocks.addLines(shaped, everyLineIsABlock: !hasBlankBetween || isUnwrapped)
    return blocks.resolved()
  }

  private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  private mutating func addLines(_ lines: [PlainTextLine], everyLineIsABlock: Bool) {
    var index = 0
    while index < lines.count {
      let line = lines[index]
      switch line.shape {
      case .rule, .underline:
        isSetApart = true
        index += 1
      case .markedHeading(let level):
        add(.heading(level: level, text: headingText(of: line.range, marks: level)), line.range)
        index += 1
      case .numberedHeading(let level) where everyLineIsABlock || line.followsBlank || followsHeading:
        add(.heading(level: level, text: headingText(of: line.range, marks: 0)), line.range)
        index += 1
      case .listItem:
        index = addItem(lines, from: index, everyLineIsABlock: everyLineIsABlock)
      case .tableRow:
        index = addTable(lines, from: index)
      case .numberedHeading, .possibleHeading, .plain:
        index = addPlainRun(lines, from: index, everyLineIsABlock: everyLineIsABlock)
      }
    }
  }

  private var followsHeading: Bool {
    candidates.last.map { $0.block.isHeading || $0.isPossibleHeading } ?? true
  }

  private mutating func add(_ kind: TextBlock.Kind, _ range: Range<Int>, isPossibleHeading: Bool = false) {
    let block = TextBlock(kind: kind, range: range, isSetApart: isSetApart)
    candidates.append(Candidate(block: block, isPossibleHeading: isPossibleHeading))
    isSetApart = false
  }

  private func headingText(of range: Range<Int>, marks: Int) -> String {
    HeadingText.plain(text[TextBlanks.trimmed(range.lowerBound + marks..<range.upperBound, of: text)])
  }

  /// Adds an item with the lines that go on with it: indented ones, and those of an item that was wrapped by hand.
  private mutating func addItem(_ lines: [PlainTextLine], from start: Int, everyLineIsABlock: Bool) -> Int {
    var end = start + 1
    while end < lines.count, !lines[end].followsBlank, lines[end].isPlain,
      lines[end].indentation > lines[start].indentation
        || (!everyLineIsABlock && Self.wrappedColumns.contains(lines[end - 1].columns))
    {
      end += 1
    }
    add(.listItem, lines[start].range.lowerBound..<lines[end - 1].range.upperBound)
    return end
  }

  /// Adds the rows of a table; the first row takes the header above it.
  private mutating func addTable(_ lines: [PlainTextLine], from start: Int) -> Int {
    var end = start
    while end < lines.count, lines[end].shape == .tableRow, end == start || !lines[end].followsBlank { end += 1 }
    let delimiter = (start..<end).prefix(3).last { isDelimiterRow(lines[$0].range) }
    let firstRow = delimiter.map { min($0 + 1, end - 1) } ?? start
    add(.tableRow, lines[start].range.lowerBound..<lines[firstRow].range.upperBound)
    for row in firstRow + 1..<max(firstRow + 1, end) { add(.tableRow, lines[row].range) }
    return end
  }

  private func isDelimiterRow(_ range: Range<Int>) -> Bool {
    var hasDash = false
    for byte in text[range] {
      switch byte {
      case UInt8(ascii: "-"): hasDash = true
      case UInt8(ascii: "|"), UInt8(ascii: ":"), 0x20, 0x09: break
      default: return false
      }
    }
    return hasDash
  }

  /// Adds lines without marks up to the next blank or marked one.
  private mutating func addPlainRun(_ lines: [PlainTextLine], from start: Int, everyLineIsABlock: Bool) -> Int {
    var end = start + 1
    while end < lines.count, !lines[end].followsBlank, lines[end].isPlain { end += 1 }
    var lowest = start
    // A line of = or - below the first line makes it a heading.
    if end == start + 1, end < lines.count, !lines[end].followsBlank, lines[start].columns < PlainTextLine.widest,
      case .underline(let level) = lines[end].shape
    {
      add(.heading(level: level, text: headingText(of: lines[start].range, marks: 0)), lines[start].range)
      return end
    }
    let isWrapped =
      !everyLineIsABlock && end - start > 1
      && lines[start..<end - 1].allSatisfy { Self.wrappedColumns.contains($0.columns) }
    if isWrapped {
      add(.paragraph, lines[start].range.lowerBound..<lines[end - 1].range.upperBound)
      return end
    }
    while lowest < end {
      let line = lines[lowest]
      // Between other lines of a paragraph a short line is a short line.
      let mayBeHeading =
        line.shape == .possibleHeading
        && (everyLineIsABlock || (lowest == start && (end == start + 1 || lines[lowest + 1].shape == .plain)))
      add(.paragraph, line.range, isPossibleHeading: mayBeHeading)
      lowest += 1
    }
    return end
  }

  private func isName(_ range: Range<Int>) -> Bool {
    ReadingSize.thirds(of: range, in: text) <= Self.longestName * ReadingSize.thirdsInCharacter
  }

  /// The blocks, with the short lines that stand where headings stand made headings.
  private func resolved() -> [TextBlock] {
    var blocks = candidates.map(\.block)
    // Where headings have marks or numbers, other short lines are captions and the like, but for names such as 附录.
    let marked = blocks.indices.filter { blocks[$0].isHeading }
    let firstMarked = marked.count >= Self.fewestMarked ? marked[0] : blocks.count
    var index = 0
    while index < candidates.count {
      guard candidates[index].isPossibleHeading else {
        index += 1
        continue
      }
      var end = index + 1
      while end < candidates.count, candidates[end].isPossibleHeading { end += 1 }
      let areNames = index < firstMarked || blocks[index..<end].allSatisfy { isName($0.range) }
      if end - index <= Self.longestHeadingRun, end < candidates.count, areNames {
        // The first line of all is the title, above all other headings.
        let outermost = index == 0 ? 0 : 1
        for position in index..<end {
          let level = outermost + position - index
          blocks[position].kind = .heading(level: level, text: headingText(of: blocks[position].range, marks: 0))
        }
      }
      index = end
    }
    return blocks
  }
}

extension PlainTextLine {
  /// True for a line without a mark of its own.
  fileprivate var isPlain: Bool {
    switch shape {
    case .plain, .possibleHeading, .numberedHeading: true
    case .rule, .underline, .markedHeading, .listItem, .tableRow: false
    }
  }
}
