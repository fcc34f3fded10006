/// A piece of a query's text.
struct QueryLexeme {
  enum Kind {
    case word
    case phrase
    case prefix
    /// A field's name; its value is the next lexeme.
    case field
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
  /// The bytes of a word, a quoted text, a prefix or a name, without the signs around it.
  var content = 0..<0
  /// True where signs among these bytes are escaped.
  var isEscaped = false
}

/// Cuts a query into lexemes.
struct QueryLexer {
  /// Of a string, so that they are valid UTF-8.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var next: QueryLexeme?
  /// True right after a field's name, where a sign is part of the value.
  private var isInField = false

  /// - Parameter bytes: the UTF-8 of a string, valid as long as the lexer is used.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The next lexeme, which stays the next one until it is consumed; nil at the end.
  mutating func peek() throws(QuerySyntaxError) -> QueryLexeme? {
    if next == nil { next = try scan() }
    return next
  }

  mutating func consume() { next = nil }

  /// What a lexeme says, without the signs that escape others.
  func text(of lexeme: QueryLexeme) -> String {
    guard lexeme.isEscaped else { return text(lexeme.content) }
    var content: [UInt8] = []
    var index = lexeme.content.lowerBound
    while index < lexeme.content.upperBound {
      if bytes[index] == Sign.escape, index + 1 < lexeme.content.upperBound { index += 1 }
      content.append(bytes[index])
      index += 1
    }
    return String(decoding: content, as: UTF8.self)
  }

  /// The mistake at a byte of the text, or at its end.
  func error(at start: Int? = nil, _ message: String) -> QuerySyntaxError {
    QuerySyntaxError(column: text(0..<(start ?? bytes.count)).count + 1, message: message)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  private mutating func scan() throws(QuerySyntaxError) -> QueryLexeme? {
    if !isInField {
      while case let blank = blank(at: offset), blank > 0 { offset += blank }
    }
    guard offset < bytes.count else { return nil }
    let inField = isInField
    isInField = false
    switch bytes[offset] {
    case Sign.open where !inField: return sign(.open)
    case Sign.close: return sign(.close)
    case Sign.plus where !inField && isBeforeOperand: return sign(.plus)
    case Sign.minus where !inField && isBeforeOperand: return sign(.minus)
    default: return quote(at: offset, closes: false) > 0 ? try quoted() : try bare(inField: inField)
    }
  }

  /// Steps over a lexeme of one byte.
  private mutating func sign(_ kind: QueryLexeme.Kind) -> QueryLexeme {
    offset += 1
    return QueryLexeme(kind: kind, start: offset - 1)
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
    case ..<0xE0: 2
    case ..<0xF0: 3
    default: 4
    }
  }

  /// The bytes of the blank at `index`, or 0 where there is none.
  private func blank(at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    let byte = bytes[index]
    if byte < 0x80 { return byte == 0x20 || (0x09...0x0D).contains(byte) ? 1 : 0 }
    // Blanks beyond ASCII begin with one of these bytes, the first of them those of two.
    guard byte == 0xC2 || byte == 0xE1 || byte == 0xE2 || byte == 0xE3 else { return 0 }
    let second = UInt32(bytes[index + 1] & 0x3F)
    let value =
      byte == 0xC2
      ? 0x80 | second : UInt32(byte & 0x0F) << 12 | second << 6 | UInt32(bytes[index + 2] & 0x3F)
    return Unicode.Scalar(value)?.properties.isWhitespace == true ? scalarLength(at: index) : 0
  }

  /// The bytes of the quotation mark at `index`, which opens or closes, or 0 where there is none.
  private func quote(at index: Int, closes: Bool) -> Int {
    if bytes[index] == Sign.quote { return 1 }
    // U+201C and U+201D.
    guard bytes[index] == 0xE2, bytes[index + 1] == 0x80 else { return 0 }
    return bytes[index + 2] == (closes ? 0x9D : 0x9C) ? 3 : 0
  }

  /// True where a sign is followed by what it can apply to; a lone sign is text.
  private var isBeforeOperand: Bool {
    offset + 1 < bytes.count && blank(at: offset + 1) == 0 && bytes[offset + 1] != Sign.close
  }

  private mutating func quoted() throws(QuerySyntaxError) -> QueryLexeme {
    var lexeme = QueryLexeme(kind: .phrase, start: offset)
    offset += quote(at: offset, closes: false)
    let first = offset
    while offset < bytes.count {
      let mark = quote(at: offset, closes: true)
      if mark > 0 {
        lexeme.content = first..<offset
        offset += mark
        return lexeme
      }
      if bytes[offset] == Sign.escape, offset + 1 < bytes.count {
        lexeme.isEscaped = true
        offset += 1
      }
      offset += scalarLength(at: offset)
    }
    throw error(at: lexeme.start, "this quotation mark is not closed; add a `\"` at the end")
  }

  /// A word, an operator in capitals, a prefix, or the name of a field.
  private mutating func bare(inField: Bool) throws(QuerySyntaxError) -> QueryLexeme {
    var lexeme = QueryLexeme(kind: .word, start: offset)
    while offset < bytes.count, blank(at: offset) == 0, quote(at: offset, closes: false) == 0 {
      let byte = bytes[offset]
      if byte == Sign.open || byte == Sign.close { break }
      if byte == Sign.escape, offset + 1 < bytes.count {
        lexeme.isEscaped = true
        offset += 1
      } else if byte == Sign.colon, !inField, !lexeme.isEscaped, isBeforeValue {
        lexeme.content = lexeme.start..<offset
        if QueryLexer.isFieldName(text(lexeme.content)) {
          lexeme.kind = .field
          offset += 1
          isInField = true
          return lexeme
        }
      }
      offset += scalarLength(at: offset)
    }
    lexeme.content = lexeme.start..<offset
    if lexeme.content.isEmpty {
      throw error(at: lexeme.start, "expected a word or a quoted text after the field's name")
    }
    if lexeme.isEscaped { return lexeme }
    if !inField, let kind = operatorKind(lexeme.content) { lexeme.kind = kind }
    guard bytes[offset - 1] == Sign.star else { return lexeme }
    lexeme.kind = .prefix
    lexeme.content = lexeme.start..<(offset - 1)
    guard text(lexeme.content).contains(where: { $0.isLetter || $0.isNumber }) else {
      throw error(at: lexeme.start, "`*` needs the beginning of a word before it; quote it to search for it")
    }
    return lexeme
  }

  /// The operator that bytes spell, or nil where they are a word.
  private func operatorKind(_ range: Range<Int>) -> QueryLexeme.Kind? {
    func reads(_ name: StaticString) -> Bool {
      guard name.utf8CodeUnitCount == range.count else { return false }
      for index in 0..<range.count where bytes[range.lowerBound + index] != name.utf8Start[index] { return false }
      return true
    }
    if reads("OR") { return .or }
    if reads("AND") { return .and }
    return reads("NOT") ? .not : nil
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
