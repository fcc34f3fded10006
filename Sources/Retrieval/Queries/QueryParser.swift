/// Parses the query language of `docs/query-language.md`.
///
///     query   = { clause }
///     clause  = chain { "OR" chain }
///     chain   = operand { "AND" operand }
///     operand = [ "+" | "-" | "NOT" ] primary
///     primary = word | word "*" | quoted | name ":" ( word | word "*" | quoted ) | "(" query ")"
package struct QueryParser {
  private var lexer: QueryLexer
  private var clauseCount = 0
  private var depth = 0

  /// Nesting beyond this is refused, so that no query exhausts the stack.
  package static let deepest = 64
  /// More words than this are refused.
  package static let mostClauses = 4096

  /// Room for so many clauses is made at once.
  private static let commonClauses = 6

  /// Parses `text`.
  package static func parse(_ text: String) throws(QuerySyntaxError) -> QueryNode {
    var text = text
    let parsed = text.withUTF8 { bytes in
      Result { () throws(QuerySyntaxError) in
        var parser = QueryParser(lexer: QueryLexer(bytes))
        let node = try parser.query()
        if let extra = try parser.lexer.peek() {
          throw parser.lexer.error(at: extra.start, "this `)` closes nothing; remove it or quote it")
        }
        return node
      }
    }
    return try parsed.get()
  }

  /// Takes `text` as words and nothing else: no character has a meaning of its own.
  package static func plainText(_ text: String) -> QueryNode {
    .group(text.split(whereSeparator: \.isWhitespace).map { QueryClause(.optional, .word(String($0))) })
  }

  private init(lexer: QueryLexer) { self.lexer = lexer }

  private mutating func query() throws(QuerySyntaxError) -> QueryNode {
    var clauses: [QueryClause] = []
    clauses.reserveCapacity(QueryParser.commonClauses)
    while let next = try lexer.peek(), next.kind != .close { clauses.append(try clause()) }
    if clauses.count == 1, clauses[0].occurrence == .optional { return clauses[0].node }
    return .group(clauses)
  }

  private mutating func clause() throws(QuerySyntaxError) -> QueryClause {
    let first = try lexer.peek()
    let clause = try chain()
    guard let next = try lexer.peek(), next.kind == .or else { return clause }
    var alternatives = [try findable(clause, at: first)]
    while let next = try lexer.peek(), next.kind == .or {
      try consumeOperator(next, "OR")
      let place = try lexer.peek()
      let alternative = try chain()
      alternatives.append(try findable(alternative, at: place))
    }
    return QueryClause(.optional, .any(alternatives))
  }

  private mutating func chain() throws(QuerySyntaxError) -> QueryClause {
    let first = try operand()
    guard let next = try lexer.peek(), next.kind == .and else { return first }
    var operands = [QueryParser.demanded(first)]
    while let next = try lexer.peek(), next.kind == .and {
      try consumeOperator(next, "AND")
      operands.append(QueryParser.demanded(try operand()))
    }
    return QueryClause(.optional, .group(operands))
  }

  /// Steps over an operator that needs an operand after it.
  private mutating func consumeOperator(_ lexeme: QueryLexeme, _ name: String) throws(QuerySyntaxError) {
    lexer.consume()
    guard let right = try lexer.peek(), right.kind != .close, right.kind != .or, right.kind != .and else {
      throw lexer.error(at: lexeme.start, "`\(name)` needs something after it")
    }
  }

  /// An alternative has to be something that can be found.
  private func findable(_ clause: QueryClause, at place: QueryLexeme?) throws(QuerySyntaxError) -> QueryNode {
    guard clause.occurrence != .prohibited else {
      throw lexer.error(at: place?.start ?? 0, "what is excluded cannot be an alternative of `OR`")
    }
    return clause.node
  }

  /// An operand of `AND` must match unless it is excluded.
  private static func demanded(_ clause: QueryClause) -> QueryClause {
    QueryClause(clause.occurrence == .prohibited ? .prohibited : .required, clause.node)
  }

  private mutating func operand() throws(QuerySyntaxError) -> QueryClause {
    guard let next = try lexer.peek() else {
      throw lexer.error("expected a word at the end of the query")
    }
    switch next.kind {
    case .plus:
      lexer.consume()
      return QueryClause(.required, try primary(after: next))
    case .minus, .not:
      lexer.consume()
      return QueryClause(.prohibited, try primary(after: next))
    case .and, .or:
      let name = next.kind == .and ? "AND" : "OR"
      throw lexer.error(at: next.start, "`\(name)` needs something before it")
    default:
      return QueryClause(.optional, try primary(after: nil))
    }
  }

  private mutating func primary(after sign: QueryLexeme?) throws(QuerySyntaxError) -> QueryNode {
    guard let next = try lexer.peek() else {
      throw lexer.error(at: sign?.start, "expected a word after this; quote it to search for it")
    }
    clauseCount += 1
    guard clauseCount <= QueryParser.mostClauses else {
      throw lexer.error(at: next.start, "more than \(QueryParser.mostClauses) words")
    }
    switch next.kind {
    case .word:
      lexer.consume()
      return .word(lexer.text(of: next))
    case .phrase:
      lexer.consume()
      return .phrase(lexer.text(of: next))
    case .prefix:
      lexer.consume()
      return .prefix(lexer.text(of: next))
    case .field:
      lexer.consume()
      let name = lexer.text(of: next)
      return .field(name: name, value: try condition(of: name, at: next.start))
    case .open:
      lexer.consume()
      depth += 1
      guard depth <= QueryParser.deepest else {
        throw lexer.error(at: next.start, "more than \(QueryParser.deepest) nested parentheses")
      }
      let inner = try query()
      guard let end = try lexer.peek(), end.kind == .close else {
        throw lexer.error(at: next.start, "this `(` is not closed; add a `)` or quote it")
      }
      lexer.consume()
      depth -= 1
      return inner
    case .plus, .minus, .not, .and, .or, .close:
      throw lexer.error(at: next.start, "expected a word here; quote the operator to search for it")
    }
  }

  private mutating func condition(of name: String, at start: Int) throws(QuerySyntaxError) -> FieldCondition {
    guard let value = try lexer.peek() else {
      throw lexer.error(at: start, "expected a value after `\(name):`")
    }
    lexer.consume()
    switch value.kind {
    case .word: return .word(lexer.text(of: value))
    case .phrase: return .phrase(lexer.text(of: value))
    case .prefix: return .prefix(lexer.text(of: value))
    default:
      throw lexer.error(at: value.start, "expected a value after `\(name):`")
    }
  }
}
