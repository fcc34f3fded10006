extension QueryNode {
  /// The query in the query language.
  package var text: String {
    switch self {
    case .word(let text): return text
    case .phrase(let text): return QueryNode.quoted(text)
    case .prefix(let text): return text + "*"
    case .field(let name, .word(let text)): return "\(name):\(text)"
    case .field(let name, .phrase(let text)): return "\(name):" + QueryNode.quoted(text)
    case .field(let name, .prefix(let text)): return "\(name):\(text)*"
    case .any(let alternatives): return alternatives.map(\.operand).joined(separator: " OR ")
    case .group(let clauses):
      return clauses.map { clause in
        switch clause.occurrence {
        case .optional: clause.node.operand
        case .required: "+" + clause.node.operand
        case .prohibited: "-" + clause.node.operand
        }
      }.joined(separator: " ")
    }
  }

  /// The query as a part of another one.
  private var operand: String {
    switch self {
    case .word, .phrase, .prefix, .field: text
    case .any, .group: "(\(text))"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      if character == "\"" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted + "\""
  }
}
