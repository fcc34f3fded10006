import TextAnalysis

/// How texts write the terms that they hold.
struct SurfaceTable {
  /// A writing of a term.
  struct Surface: Hashable {
    /// As it stands in the text.
    var text: String
    /// The keys of its units: equal for writings that differ in case, accents, width or kind of character alone.
    var units: [[UInt8]]
  }

  private var known: [[UInt8]: [Surface]] = [:]

  /// Adds all terms of a text.
  mutating func add(_ text: String, _ analyzer: Analyzer) {
    var buffer = TokenBuffer()
    analyzer.analyze(text, into: &buffer)
    let bytes = Array(text.utf8)
    var units = [[UInt8]](repeating: [], count: Int(buffer.unitCount))
    for token in buffer.tokens where token.positionLength == 1 && token.kind != .stem && token.kind != .compound {
      units[Int(token.position)] = Array(buffer.key(of: token))
    }
    for token in buffer.tokens {
      let covered = Int(token.position)..<Int(token.position + token.positionLength)
      let surface = Surface(
        text: String(decoding: bytes[token.sourceRange], as: UTF8.self), units: Array(units[covered]))
      let key = Array(buffer.key(of: token))
      if known[key]?.contains(surface) != true { known[key, default: []].append(surface) }
    }
  }

  /// Adds the words of a query; fields do not score and are left out.
  mutating func add(_ query: QueryNode, _ analyzer: Analyzer) {
    switch query {
    case .word(let text), .phrase(let text), .prefix(let text): add(text, analyzer)
    case .field: return
    case .any(let alternatives): for alternative in alternatives { add(alternative, analyzer) }
    case .group(let clauses):
      for clause in clauses where clause.occurrence != .prohibited { add(clause.node, analyzer) }
    }
  }

  /// The writings of a term.
  subscript(key: [UInt8]) -> [Surface] { known[key] ?? [] }
}
