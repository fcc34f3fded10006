/// A piece of a query's text.
struct QueryLexeme: Hashable {
  enum Kind: Hashable {
    case word(String)
    case phrase(String)
    case prefix(String)
    /// A field's name; its value is the next lexeme.
    case field(String)
    case plus
    case minus
    case not
    case and
    case or
    case open
    case close
  }

  var kind: Kind
  /// The byte of the text with which it begins.
  var start: Int
}

/// Cuts a query into lexemes.
struct QueryLexer {
  private let bytes: [UInt8]
  private var offset = 0
  private var next: QueryLexeme?
  /// True right after a field's name, where a sign is part of the value.
  private var isInField = false

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The next lexeme, which stays the next one until it is consumed; nil at the end.
  mutating func peek() throws(QuerySyntaxError) -> QueryLexeme? {
    if next == nil { next = try scan() }
    return next
  }

  mutating func consume() { next = nil }

  /// The mistake at a byte of the text, or at its end.
  func error(at start: Int? = nil, _ message: String) -> QuerySyntaxError {
    let before = String(decoding: bytes[..<(start ?? bytes.count)], as: UTF8.self)
    return QuerySyntaxError(column: before.count + 1, message: message)
  }

  private mutating func scan() throws(QuerySyntaxError) -> QueryLexeme? {
    if !isInField {
      while case let blank = blank(at: offset), blank > 0 { offset += blank }
    }
    guard offset < bytes.count else { return nil }
    let start = offset
    let inField = isInField
    isInField = false
    switch bytes[offset] {
    case Sign.open where !inField:
      offset += 1
      return QueryLexeme(kind: .open, start: start)
    case Sign.close:
      offset += 1
      return QueryLexeme(kind: .close, start: start)
    case Sign.plus where !inField && isBeforeOperand:
      offset += 1
      return QueryLexeme(kind: .plus, start: start)
    case Sign.minus where !inField && isBeforeOperand:
      offset += 1
      return QueryLexeme(kind: .minus, start: start)
    default:
      if quote(at: offset, closes: false) > 0 { return QueryLexeme(kind: .phrase(try quoted()), start: start) }
      return QueryLexeme(kind: try bare(inField: inField), start: start)
    }
  }

  /// The characters that mean something, which are all of ASCII.
  private enum Sign {
    static let quote = UInt8(ascii: "\"")
    static let open = UInt8(ascii: "(")
    static let close = UInt8(ascii: ")")
    static let plus = UInt8(ascii: "+")
    static let minus = UInt8(ascii: "-")
    static let colon = UInt8(ascii: ":")
    static let slash = UInt8(ascii: "/")
    static let escape = UInt8(ascii: "\\")
    static let star = UInt8(ascii: "*")
  }

  /// The bytes of the scalar at `index`, which is in the text.
  private func scalarLength(at index: Int) -> Int {
    switch bytes[index] {
    case ..<0xC0: 1
    case ..<0xE0: min(2, bytes.count - index)
    case ..<0xF0: min(3, bytes.count - index)
    default: min(4, bytes.count - index)
    }
  }

  /// The bytes of the blank at `index`, or 0 where there is none.
  private func blank(at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    let byte = bytes[index]
    if byte < 0x80 { return byte == 0x20 || (0x09...0x0D).contains(byte) ? 1 : 0 }
    // Blanks beyond ASCII begin with one of these bytes.
    guard byte == 0xC2 || byte == 0xE1 || byte == 0xE2 || byte == 0xE3 else { return 0 }
    let length = scalarLength(at: index)
    let scalar = String(decoding: bytes[index..<(index + length)], as: UTF8.self).unicodeScalars.first
    return scalar?.properties.isWhitespace == true ? length : 0
  }

  /// The bytes of the quotation mark at `index`, which opens or closes, or 0 where there is none.
  private func quote(at index: Int, closes: Bool) -> Int {
    if bytes[index] == Sign.quote { return 1 }
    // U+201C and U+201D.
    guard bytes[index] == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80 else { return 0 }
    return bytes[index + 2] == (closes ? 0x9D : 0x9C) ? 3 : 0
  }

  /// True where a sign is followed by what it can apply to; a lone sign is text.
  private var isBeforeOperand: Bool {
    offset + 1 < bytes.count && blank(at: offset + 1) == 0 && bytes[offset + 1] != Sign.close
  }

  private mutating func quoted() throws(QuerySyntaxError) -> String {
    let start = offset
    var content: [UInt8] = []
    offset += quote(at: offset, closes: false)
    while offset < bytes.count {
      let mark = quote(at: offset, closes: true)
      if mark > 0 {
        offset += mark
        return String(decoding: content, as: UTF8.self)
      }
      if bytes[offset] == Sign.escape, offset + 1 < bytes.count { offset += 1 }
      take(into: &content)
    }
    throw error(at: start, "this quotation mark is not closed; add a `\"` at the end")
  }

  /// Appends the scalar at `offset` and steps over it.
  private mutating func take(into content: inout [UInt8]) {
    let length = scalarLength(at: offset)
    content.append(contentsOf: bytes[offset..<(offset + length)])
    offset += length
  }

  /// A word, an operator in capitals, a prefix, or the name of a field.
  private mutating func bare(inField: Bool) throws(QuerySyntaxError) -> QueryLexeme.Kind {
    let start = offset
    var content: [UInt8] = []
    var isEscaped = false
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == Sign.open || byte == Sign.close || blank(at: offset) > 0 || quote(at: offset, closes: false) > 0 {
        break
      }
      if byte == Sign.escape, offset + 1 < bytes.count {
        isEscaped = true
        offset += 1
      } else if byte == Sign.colon, !inField, !isEscaped, isBeforeValue {
        let name = String(decoding: content, as: UTF8.self)
        if QueryLexer.isFieldName(name) {
          offset += 1
          isInField = true
          return .field(name)
        }
      }
      take(into: &content)
    }
    if content.isEmpty { throw error(at: start, "expected a word or a quoted text after the field's name") }
    let word = String(decoding: content, as: UTF8.self)
    if isEscaped { return .word(word) }
    if !inField {
      switch word {
      case "AND": return .and
      case "OR": return .or
      case "NOT": return .not
      default: break
      }
    }
    guard content.last == Sign.star else { return .word(word) }
    let stem = String(word.dropLast())
    guard !stem.isEmpty, stem.contains(where: { $0.isLetter || $0.isNumber }) else {
      throw error(at: start, "`*` needs the beginning of a word before it; quote it to search for it")
    }
    return .prefix(stem)
  }

  /// True where the colon at `offset` has a value after it; the address of a page is not a field of the name `https`.
  private var isBeforeValue: Bool {
    guard offset + 1 < bytes.count, blank(at: offset + 1) == 0 else { return false }
    let next = bytes[offset + 1]
    return next != Sign.colon && next != Sign.slash && next != Sign.close
  }

  /// Names begin with a letter or `_`, and go on with letters, digits and `_ . -`.
  private static func isFieldName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || "_.-".contains($0) }
  }
}
