package import Retrieval
import TextAnalysis

/// Finds what in a query can only be answered with positions, which an index of another program's terms does not keep.
struct PositionDemand {
  private let analyzer: Analyzer
  private var buffer = TokenBuffer()

  init(_ analyzer: AnalyzerDescription) throws(AnalyzerError) { self.analyzer = try Analyzer(analyzer) }

  /// The first text of the query that has to be matched unit by unit, or nil.
  mutating func first(in node: QueryNode) -> String? {
    switch node {
    case .word, .field: return nil
    // Phrases and prefixes are made of the terms that have positions elsewhere; only scored ones are here.
    case .phrase(let text), .prefix(let text): return isOneTerm(text, [.scored, .positional]) ? nil : text
    case .any(let alternatives): return first(of: alternatives) { $0.first(in: $1) }
    case .group(let clauses):
      return first(of: clauses) { demand, clause in
        if clause.occurrence != .optional, case .word(let text) = clause.node {
          return demand.isOneTerm(text, .scored) ? nil : text
        }
        return demand.first(in: clause.node)
      }
    }
  }

  private mutating func first<Element>(
    of elements: [Element], _ find: (inout PositionDemand, Element) -> String?
  ) -> String? {
    for element in elements {
      if let text = find(&self, element) { return text }
    }
    return nil
  }

  /// True where the whole text is one term with these roles, and where it has no unit at all.
  private mutating func isOneTerm(_ text: String, _ roles: TokenRoles) -> Bool {
    analyzer.analyze(text, into: &buffer)
    guard buffer.unitCount > 0 else { return true }
    return buffer.tokens.contains {
      $0.roles.isSuperset(of: roles) && $0.position == 0 && $0.positionLength == buffer.unitCount
        && [.stem, .exact, .character].contains($0.kind)
    }
  }
}

extension Index {
  /// Refuses a query that asks for positions where the index keeps none.
  package func requirePositions(for query: QueryNode) throws(SuoError) {
    guard !keepsPositions else { return }
    var demand: PositionDemand
    do { demand = try PositionDemand(reader.analyzer) } catch { throw SuoError(error) }
    guard let text = demand.first(in: query) else { return }
    throw .invalidQuery(
      column: nil,
      reason: "this index keeps no positions, so it cannot tell where \"\(text)\" stands as a whole; "
        + "search for its words without quotes")
  }
}
