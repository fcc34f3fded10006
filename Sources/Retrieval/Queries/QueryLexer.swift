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
  /// Where it begins, counted in characters from 1.
  var column: Int
}

/// Cuts a query into lexemes.
struct QueryLexer {
  private let characters: [Character]
  private var offset = 0
  private var next: QueryLexeme?
  /// True right after a field's name, where a sign is part of the value.
  private var isInField = false

  init(_ text: String) { characters = Array(text) }

  /// The column after the last character.
  var endColumn: Int { characters.count + 1 }

  /// The next lexeme, which stays the next one until it is consumed; nil at the end.
  mutating func peek() throws(QuerySyntaxError) -> QueryLexeme? {
    if next == nil { next = try scan() }
    return next
  }

  mutating func consume() { next = nil }

  private mutating func scan() throws(QuerySyntaxError) -> QueryLexeme? {
    while offset < characters.count, characters[offset].isWhitespace, !isInField { offset += 1 }
    guard offset < characters.count else { return nil }
    let column = offset + 1
    let inField = isInField
    isInField = false
    switch characters[offset] {
    case "(" where !inField:
      offset += 1
      return QueryLexeme(kind: .open, column: column)
    case ")":
      offset += 1
      return QueryLexeme(kind: .close, column: column)
    case "\"", "“":
      return QueryLexeme(kind: .phrase(try quoted()), column: column)
    case "+" where !inField && isBeforeOperand:
      offset += 1
      return QueryLexeme(kind: .plus, column: column)
    case "-" where !inField && isBeforeOperand:
      offset += 1
      return QueryLexeme(kind: .minus, column: column)
    default:
      return QueryLexeme(kind: try bare(inField: inField), column: column)
    }
  }

  /// True where a sign is followed by what it can apply to; a lone sign is text.
  private var isBeforeOperand: Bool {
    offset + 1 < characters.count && !characters[offset + 1].isWhitespace && characters[offset + 1] != ")"
  }

  private mutating func quoted() throws(QuerySyntaxError) -> String {
    let start = offset
    var text = ""
    offset += 1
    while offset < characters.count {
      let character = characters[offset]
      offset += 1
      if character == "\"" || character == "”" { return text }
      if character == "\\", offset < characters.count {
        text.append(characters[offset])
        offset += 1
      } else {
        text.append(character)
      }
    }
    throw QuerySyntaxError(column: start + 1, message: "this quotation mark is not closed; add a `\"` at the end")
  }

  /// A word, an operator in capitals, a prefix, or the name of a field.
  private mutating func bare(inField: Bool) throws(QuerySyntaxError) -> QueryLexeme.Kind {
    let start = offset
    var text = ""
    var isEscaped = false
    while offset < characters.count {
      let character = characters[offset]
      if character.isWhitespace || character == "\"" || character == "“" || character == "(" || character == ")" {
        break
      }
      if character == "\\", offset + 1 < characters.count {
        isEscaped = true
        text.append(characters[offset + 1])
        offset += 2
        continue
      }
      if character == ":", !inField, !isEscaped, QueryLexer.isFieldName(text), isBeforeValue {
        offset += 1
        isInField = true
        return .field(text)
      }
      text.append(character)
      offset += 1
    }
    if text.isEmpty {
      throw QuerySyntaxError(column: start + 1, message: "expected a word or a quoted text after the field's name")
    }
    if !isEscaped && !inField {
      switch text {
      case "AND": return .and
      case "OR": return .or
      case "NOT": return .not
      default: break
      }
    }
    if !isEscaped, text.last == "*" {
      let stem = String(text.dropLast())
      guard !stem.isEmpty, stem.contains(where: { $0.isLetter || $0.isNumber }) else {
        throw QuerySyntaxError(
          column: start + 1, message: "`*` needs the beginning of a word before it; quote it to search for it")
      }
      return .prefix(stem)
    }
    return .word(text)
  }

  /// True where the colon at `offset` has a value after it; the address of a page is not a field of the name `https`.
  private var isBeforeValue: Bool {
    offset + 1 < characters.count && !characters[offset + 1].isWhitespace && !":/)".contains(characters[offset + 1])
  }

  /// Names begin with a letter or `_`, and go on with letters, digits and `_ . -`.
  private static func isFieldName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || "_.-".contains($0) }
  }
}
