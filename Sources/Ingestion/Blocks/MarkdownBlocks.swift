import CCommonMark

/// Finds the blocks of Markdown with cmark-gfm.
///
/// cmark says on which line each block begins; the lines between two beginnings go to the first of them, so that nothing
/// is lost that cmark drops from its tree, such as link definitions.
enum MarkdownBlocks {
  private enum Start {
    case heading(level: Int, lastLine: Int)
    case other(TextBlock.Kind)
    case rule
  }

  /// The blocks of the lines from `firstLine` on, in order; together they hold all that is not blank and no rule.
  static func blocks(of text: UnsafeBufferPointer<UInt8>, lines: LineTable, from firstLine: Int) -> [TextBlock] {
    let starts = self.starts(in: MarkdownSkeleton.bytes(of: text, lines: lines, from: firstLine))
    var blocks: [TextBlock] = []
    var nextStart = 0
    var isSetApart = false
    // The block that lines are being added to; nil behind a rule or a heading.
    var open = false
    var headingEnd = -1
    var inCode = false
    for index in firstLine..<max(firstLine, lines.count) {
      let range = TextBlanks.trimmed(lines.range(of: index), of: text)
      let line = index - firstLine
      var start: Start?
      while nextStart < starts.count, starts[nextStart].line <= line {
        if starts[nextStart].line == line { start = starts[nextStart].start }
        nextStart += 1
      }
      if let start {
        switch start {
        case .rule:
          isSetApart = true
          open = false
          continue
        case .heading(let level, let lastLine):
          guard !range.isEmpty else { continue }
          blocks.append(TextBlock(kind: .heading(level: level, text: ""), range: range, isSetApart: isSetApart))
          headingEnd = lastLine
          open = true
          inCode = false
        case .other(let kind):
          guard !range.isEmpty else { continue }
          blocks.append(TextBlock(kind: kind, range: range, isSetApart: isSetApart))
          headingEnd = -1
          open = true
          inCode = kind == .code
        }
        isSetApart = false
      } else if !range.isEmpty {
        if open, headingEnd < 0 || line <= headingEnd {
          blocks[blocks.count - 1].range = blocks[blocks.count - 1].range.lowerBound..<range.upperBound
        } else {
          blocks.append(TextBlock(kind: inCode ? .code : .paragraph, range: range, isSetApart: isSetApart))
          isSetApart = false
          open = true
          headingEnd = -1
        }
      }
    }
    return blocks.map { withHeadingText($0, of: text) }
  }

  private static func withHeadingText(_ block: TextBlock, of text: UnsafeBufferPointer<UInt8>) -> TextBlock {
    guard case .heading(let level, _) = block.kind else { return block }
    var block = block
    block.kind = .heading(level: level, text: MarkdownHeading.text(of: text[block.range]))
    return block
  }

  /// Where blocks begin, by line of the skeleton counted from 0, in order; of several blocks that begin on one line, such
  /// as an item and its paragraph, the last entry is the one that counts.
  private static func starts(in skeleton: [UInt8]) -> [(line: Int, start: Start)] {
    guard let parser = MarkdownParser() else { return [] }
    guard let document = parser.parse(skeleton) else { return [] }
    defer { cmark_node_free(document) }
    var starts: [(line: Int, start: Start)] = []
    var isInTableHeader = false
    var node = document
    var isInItem = false
    while true {
      let line = Int(cmark_node_get_start_line(node)) - 1
      var descends = false
      switch String(cString: cmark_node_get_type_string(node)) {
      case "heading":
        let lastLine = max(line, Int(cmark_node_get_end_line(node)) - 1)
        starts.append((line, .heading(level: Int(cmark_node_get_heading_level(node)), lastLine: lastLine)))
      case "paragraph", "html_block":
        // The first paragraph of an item is the item itself.
        if !(isInItem && starts.last?.line == line) { starts.append((line, .other(.paragraph))) }
      case "code_block":
        starts.append((line, .other(.code)))
      case "thematic_break":
        starts.append((line, .rule))
      case "item", "tasklist":
        starts.append((line, .other(.listItem)))
        isInItem = true
        descends = true
      case "table_header":
        starts.append((line, .other(.tableRow)))
        isInTableHeader = true
      case "table_row":
        // The first row below the header and its delimiters goes with them.
        if !isInTableHeader { starts.append((line, .other(.tableRow))) }
        isInTableHeader = false
      case "document", "block_quote", "list", "table":
        isInTableHeader = false
        descends = true
      default:
        break
      }
      if descends, let child = cmark_node_first_child(node) {
        node = child
        continue
      }
      while true {
        if let next = cmark_node_next(node) {
          node = next
          break
        }
        guard let parent = cmark_node_parent(node), parent != document else { return ordered(starts) }
        node = parent
      }
    }
  }

  private static func ordered(_ starts: [(line: Int, start: Start)]) -> [(line: Int, start: Start)] {
    // Entries come in document order; a line never goes back except where cmark misplaces a node, which is dropped.
    var result: [(line: Int, start: Start)] = []
    for entry in starts where entry.line >= (result.last?.line ?? 0) { result.append(entry) }
    return result
  }
}
