/// Shortens Markdown to what decides its block structure, line for line.
///
/// Blocks hang on the beginnings of lines and on few other signs. Everything else is replaced by letters or cut away,
/// for two reasons: inline markup is not needed for passages, and text that is made to be hard on an inline parser
/// cannot slow the reading down. The cost is linear in the length of the text.
enum MarkdownSkeleton {
  /// Bytes of a line that are kept; deeper nesting of quotes and lists than this allows is read as text.
  private static let longestLine = 160
  /// Bytes of a line with cells that are kept; a table needs as many cells in each row.
  private static let longestRow = 8 << 10

  /// The skeleton as ASCII, with a line feed behind each line.
  static func bytes(of text: UnsafeBufferPointer<UInt8>, lines: LineTable, from firstLine: Int) -> [UInt8] {
    var skeleton: [UInt8] = []
    for index in firstLine..<max(firstLine, lines.count) {
      append(lines.range(of: index), of: text, to: &skeleton)
      skeleton.append(UInt8(ascii: "\n"))
    }
    return skeleton
  }

  private static func append(_ line: Range<Int>, of text: UnsafeBufferPointer<UInt8>, to skeleton: inout [UInt8]) {
    let row = text[line].prefix(longestRow)
    let hasCells = row.contains(UInt8(ascii: "|"))
    var isInMarks = true
    // What opens an HTML block is kept up to here, with the name of its tag.
    var keptUntil = line.lowerBound
    let end = min(line.upperBound, line.lowerBound + (hasCells ? longestRow : longestLine))
    var index = line.lowerBound
    while index < end {
      let byte = text[index]
      if isInMarks, byte == UInt8(ascii: "<") {
        keptUntil = index + 12
        isInMarks = false
      }
      if isInMarks, !isMark(byte) { isInMarks = false }
      if isInMarks || index < keptUntil || isStructural(byte, at: index, of: text) {
        skeleton.append(byte < 0x80 ? byte : UInt8(ascii: "x"))
      } else {
        skeleton.append(UInt8(ascii: "x"))
      }
      index += 1
    }
    // The ends of HTML comments, and of raw elements, may stand anywhere in a line.
    if end < line.upperBound { appendClosings(text[end..<line.upperBound], to: &skeleton) }
  }

  /// Signs that may open blocks at the beginning of a line.
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "#"),
      UInt8(ascii: "."), UInt8(ascii: ")"), UInt8(ascii: "`"), UInt8(ascii: "~"), UInt8(ascii: "="),
      UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// Signs that matter behind the beginning: cells and their delimiters, the ends of HTML blocks, closing marks.
  private static func isStructural(_ byte: UInt8, at index: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "#"),
      UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "/"), UInt8(ascii: "\\"),
      UInt8(ascii: "?"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    case UInt8(ascii: "<"):
      index + 1 < text.count && text[index + 1] == UInt8(ascii: "/")
    default: false
    }
  }

  private static func appendClosings(_ rest: Slice<UnsafeBufferPointer<UInt8>>, to skeleton: inout [UInt8]) {
    for closing in ["-->", "?>", "]]>", "</script>", "</pre>", "</style>"] where contains(rest, Array(closing.utf8)) {
      skeleton.append(contentsOf: closing.utf8)
    }
  }

  private static func contains(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ sought: [UInt8]) -> Bool {
    var index = bytes.startIndex
    while index + sought.count <= bytes.endIndex {
      if bytes[index] == sought[0], bytes[index..<index + sought.count].elementsEqual(sought) { return true }
      index += 1
    }
    return false
  }
}
