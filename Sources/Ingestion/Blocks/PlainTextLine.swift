/// What a line of plain text looks like, taken by itself.
struct PlainTextLine {
  enum Shape: Equatable {
    /// A line of dashes or the like, which separates and is not read.
    case rule
    /// A line of `=` or `-` only, which makes a heading of the line above.
    case underline(level: Int)
    /// `# Heading`, with the number of marks.
    case markedHeading(level: Int)
    /// `2.1 Heading` or `第二章 标题`, with the number of parts.
    case numberedHeading(level: Int)
    /// A short line without end punctuation, which is a heading if it stands where headings stand.
    case possibleHeading
    case listItem
    case tableRow
    case plain
  }

  var shape: Shape
  /// The line without blanks at either end.
  var range: Range<Int>
  /// Bytes of blanks before the first character.
  var indentation: Int
  /// Columns on a terminal, at most `widest`.
  var columns: Int
  /// Whether an empty line stands before it.
  var followsBlank: Bool

  static let widest = 200
  /// A longer line is no heading.
  private static let longestHeading = 80

  /// - Parameter line: the line without its end, which holds more than blanks.
  init(_ line: Range<Int>, of text: UnsafeBufferPointer<UInt8>, followsBlank: Bool) {
    range = TextBlanks.trimmed(line, of: text)
    indentation = range.lowerBound - line.lowerBound
    columns = ReadingSize.columns(of: range, in: text, limit: Self.widest)
    self.followsBlank = followsBlank
    // Every mark stands near the beginning, and headings are short, so a long line need not be looked at in whole.
    let start = Array(text[range].prefix(Self.longestHeading * 4))
    shape = Self.shape(of: start, isShort: columns <= Self.longestHeading, last: text[range.upperBound - 1])
  }

  private static func shape(of bytes: [UInt8], isShort: Bool, last: UInt8) -> Shape {
    let first = bytes[0]
    switch first {
    case UInt8(ascii: "#"):
      let level = bytes.prefix { $0 == first }.count
      if level <= 6, level < bytes.count, bytes[level] <= 0x20 || isShort { return .markedHeading(level: level) }
    case UInt8(ascii: "|"):
      if last == first, bytes.count > 1 { return .tableRow }
    case UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"):
      if isShort, bytes.count >= 3, bytes.allSatisfy({ $0 == first || $0 == 0x20 }) {
        if bytes.contains(0x20) { return .rule }
        return first == UInt8(ascii: "=") ? .underline(level: 1) : first == 0x2D ? .underline(level: 2) : .rule
      }
    default: break
    }
    let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
    if isShort, text.count >= 3, text.allSatisfy({ $0 == "─" || $0 == "—" || $0 == "━" || $0 == "═" }) { return .rule }
    let mayBeHeading = isShort && mayBeHeading(text)
    if mayBeHeading, let level = numberedLevel(text) { return .numberedHeading(level: level) }
    if beginsListItem(text) { return .listItem }
    return mayBeHeading && !hasColumns(text) ? .possibleHeading : .plain
  }

  /// True for a row of a table that is aligned with blanks: a tab, an ideographic blank or two blanks between words.
  private static func hasColumns(_ text: String.UnicodeScalarView) -> Bool {
    var previous: Unicode.Scalar = "x"
    for scalar in text {
      if scalar == "\t" || scalar == "\u{3000}" || (scalar == " " && previous == " ") { return true }
      previous = scalar
    }
    return false
  }

  /// Bullets, `1.`, `2)`, `3、`, `（4）`, `(5)`, `a)`, `①` and `一、`.
  private static func beginsListItem(_ text: String.UnicodeScalarView) -> Bool {
    guard let first = text.first else { return false }
    let second = text.dropFirst().first
    switch first {
    case "-", "*", "+", "–", "—", "·": return second.map(isBlank) ?? true
    case "•", "●", "○", "◦", "▪", "■", "□", "‣", "◆", "◇", "☐", "☑", "①"..."⑳": return true
    case "(", "（":
      let number = text.dropFirst().prefix { isNumber($0) }
      let close = text.dropFirst(1 + number.count).first
      return (1...3).contains(number.count) && (close == ")" || close == "）")
    default: break
    }
    let number = text.prefix { isNumber($0) }
    if (1...3).contains(number.count) {
      let rest = text.dropFirst(number.count)
      switch rest.first {
      case "、", "．", "）": return true
      case ")": return true
      case ".": return rest.dropFirst().first.map(isBlank) ?? true
      default: return false
      }
    }
    if let second, second == ")", first.isASCII, first.properties.isAlphabetic {
      return text.dropFirst(2).first.map(isBlank) ?? false
    }
    return false
  }

  /// The number of parts of a heading's number: 2 for `2.1 Title`, 1 for `一、标题` and `第三章 标题`.
  private static func numberedLevel(_ text: String.UnicodeScalarView) -> Int? {
    guard let first = text.first else { return nil }
    if ("0"..."9").contains(first) {
      var level = 0
      var rest = text[...]
      while true {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        if digits.isEmpty { break }
        // Years and quantities are no numbers of chapters.
        if digits.count > 2 { return nil }
        level += 1
        rest = rest.dropFirst(digits.count)
        guard rest.first == "." else { break }
        rest = rest.dropFirst()
        if rest.first.map(isBlank) ?? true {
          // `1. Milk` is an item of a list, `2.1. Method` a heading.
          if level == 1 { return nil }
          break
        }
      }
      guard level <= 6, let blank = rest.first, isBlank(blank) else { return nil }
      let title = rest.drop(while: isBlank)
      return title.first.map { $0.properties.isAlphabetic } ?? false ? level : nil
    }
    if first == "第" {
      let number = text.dropFirst().prefix { isNumber($0) }
      guard !number.isEmpty else { return nil }
      switch text.dropFirst(1 + number.count).first {
      case "编", "篇", "卷", "部", "章", "回", "編": return 1
      case "节", "節": return 2
      default: return nil
      }
    }
    if isHanNumber(first) {
      let number = text.prefix { isHanNumber($0) }
      return number.count <= 3 && text.dropFirst(number.count).first == "、" ? 1 : nil
    }
    return nil
  }

  /// True for a line of letters more than digits that neither ends like a sentence or an unfinished one nor holds the
  /// signs of a Chinese sentence or an address.
  private static func mayBeHeading(_ text: String.UnicodeScalarView) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    switch first {
    case "(", "（", "\"", "“", "”", "「", "『", "[", "【", "<", ">", "|", "-", "•", "@", "→": return false
    default: break
    }
    switch last {
    case ".", "!", ";", ":", ",", "\"", "…", "。", "！", "；", "：", "，", "、", "“", "”", "」", "』", "|", "\\", "{", "}",
      "=", ">", "-":
      return false
    default: break
    }
    // Footnote marks behind a name, as authors have them.
    if last == "*", first != "*", text.dropLast().last == "*" { return false }
    var letters = 0
    var digits = 0
    for scalar in text {
      switch scalar {
      case "。", "；", "，", "@": return false
      default:
        if scalar.properties.isAlphabetic { letters += 1 }
        if ("0"..."9").contains(scalar) { digits += 1 }
      }
    }
    return letters > digits
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  private static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || ("０"..."９").contains(scalar) || isHanNumber(scalar)
  }

  private static func isHanNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百": true
    default: false
    }
  }
}
