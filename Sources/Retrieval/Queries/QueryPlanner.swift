import TextAnalysis

/// Cuts the words of a query with the index's analyzer and decides what each of them matches.
struct QueryPlanner {
  private let analyzer: Analyzer
  /// False for plain BM25: every mention of a term counts 1.
  private let weighsTerms: Bool
  /// True to let single characters of longer runs make a passage match.
  private let singlesDrive: Bool
  private var buffer = TokenBuffer()
  /// The weight of what is not made of characters.
  private var wordWeight: Float = 1
  /// True inside `+` and `AND`: what must be there is meant as it stands.
  private var isDemanded = false
  /// True where a run had single characters that were not allowed to drive.
  private(set) var hasIdleSingles = false

  init(_ analyzer: Analyzer, weighsTerms: Bool, singlesDrive: Bool) {
    self.analyzer = analyzer
    self.weighsTerms = weighsTerms
    self.singlesDrive = singlesDrive
  }

  /// The plan of a whole query.
  mutating func plan(_ query: QueryNode) -> QueryPlan {
    wordWeight = weighsTerms && holdsCharacters(query) ? QueryWeights.wordAmongCharacters : 1
    return plan(part: query)
  }

  /// True where one of the words that are weighed is written in characters.
  private mutating func holdsCharacters(_ node: QueryNode) -> Bool {
    switch node {
    case .word(let text):
      guard text.utf8.contains(where: { $0 >= 0x80 }) else { return false }
      analyzer.analyze(text, into: &buffer)
      return buffer.tokens.contains { $0.kind == .character }
    case .phrase, .prefix, .field: return false
    case .any(let alternatives): return alternatives.contains { holdsCharacters($0) }
    case .group(let clauses): return clauses.contains { $0.occurrence == .optional && holdsCharacters($0.node) }
    }
  }

  private mutating func plan(part node: QueryNode) -> QueryPlan {
    switch node {
    case .word(let text): return bag(of: text)
    case .phrase(let text): return phrase(of: text)
    case .prefix(let text): return prefix(of: text, field: nil)
    case .field(let name, let value): return .unscored(field(name, value))
    case .any(let alternatives): return any(alternatives.map { plan(part: $0) })
    case .group(let clauses): return group(clauses)
    }
  }

  private mutating func group(_ clauses: [QueryClause]) -> QueryPlan {
    var restrictions: [QueryPlan] = []
    var required: [QueryPlan] = []
    var optional: [QueryPlan] = []
    var prohibited: [QueryPlan] = []
    for clause in clauses {
      switch (clause.occurrence, clause.node) {
      case (.prohibited, _):
        prohibited.append(presence(of: clause.node))
      case (_, .field):
        // A field restricts wherever it stands beside words: nobody who asks for `lang:zh 焦虑` wants all Chinese.
        restrictions.append(plan(part: clause.node))
      case (.required, .word(let text)):
        // What must be there and what it scores are mostly the same term: it is cut once.
        if let term = soleTerm(of: text) {
          required.append(.bag(TermBag(drivers: [term])))
        } else {
          demand(clause.node, &required, &optional)
        }
      case (.required, _):
        demand(clause.node, &required, &optional)
      case (.optional, _):
        optional.append(plan(part: clause.node))
      }
    }
    required.removeAll { $0 == .nothing }
    optional.removeAll { $0 == .nothing }
    prohibited.removeAll { $0 == .nothing }
    if required.isEmpty && !optional.isEmpty {
      required = [any(optional)]
      optional = []
    }
    required += restrictions
    if required.isEmpty { return .nothing }
    if required.count == 1 && optional.isEmpty && prohibited.isEmpty { return required[0] }
    return .boolean(required: required, optional: optional, prohibited: prohibited)
  }

  /// Adds what must be there, and what adds to the score where that is more.
  private mutating func demand(_ node: QueryNode, _ required: inout [QueryPlan], _ optional: inout [QueryPlan]) {
    let isInside = isDemanded
    isDemanded = true
    let presence = presence(of: node)
    let scored = plan(part: node)
    isDemanded = isInside
    if presence == scored {
      required.append(scored)
    } else {
      required.append(.unscored(presence))
      optional.append(scored)
    }
  }

  /// The one term that a word is scored by, where it stands for the whole word; else nil.
  private mutating func soleTerm(of text: String) -> TermBag.Term? {
    analyzer.analyze(text, into: &buffer)
    var sole: Token?
    for token in buffer.tokens where token.roles.contains(.scored) {
      guard sole == nil else { return nil }
      sole = token
    }
    guard let sole, isWhole(sole) else { return nil }
    return TermBag.Term(key: Array(buffer.key(of: sole)))
  }

  /// True for the token by which a word that must be there is looked for.
  private func isWhole(_ token: Token) -> Bool {
    token.roles.contains(.scored) && token.position == 0 && token.positionLength == buffer.unitCount
      && (token.kind == .stem || token.kind == .exact || token.kind == .character)
  }

  /// Any of several plans.
  private func any(_ plans: [QueryPlan]) -> QueryPlan {
    let plans = plans.filter { $0 != .nothing }
    if plans.count < 2 { return plans.first ?? .nothing }
    return merged(plans).map { .bag($0) } ?? .boolean(required: [], optional: plans, prohibited: [])
  }

  /// One bag of several, where all are bags.
  private func merged(_ plans: [QueryPlan]) -> TermBag? {
    var drivers: [TermBag.Term] = []
    var boosters: [TermBag.Term] = []
    for plan in plans {
      guard case .bag(let bag) = plan else { return nil }
      for term in bag.drivers { add(term, to: &drivers) }
      for term in bag.boosters { add(term, to: &boosters) }
    }
    // A character that is a word of its own in one place drives, and takes its other mentions with it.
    for index in drivers.indices {
      guard let twin = boosters.firstIndex(where: { $0.key == drivers[index].key }) else { continue }
      drivers[index].weight = mentioned(drivers[index].weight, boosters.remove(at: twin).weight)
    }
    return TermBag(drivers: drivers, boosters: boosters)
  }

  /// The weight of a term that is mentioned twice: it is the same thing that is looked for.
  private func mentioned(_ first: Float, _ second: Float) -> Float {
    weighsTerms ? max(first, second) : first + second
  }

  private func add(_ term: TermBag.Term, to terms: inout [TermBag.Term]) {
    if let known = terms.firstIndex(where: { $0.key == term.key }) {
      terms[known].weight = mentioned(terms[known].weight, term.weight)
    } else {
      terms.append(term)
    }
  }

  private mutating func bag(of text: String) -> QueryPlan {
    analyzer.analyze(text, into: &buffer)
    var drivers: [TermBag.Term] = []
    var boosters: [TermBag.Term] = []
    let weights = weighsTerms && !isDemanded ? QueryWeights(buffer, wordWeight: wordWeight) : nil
    for token in buffer.tokens where token.roles.contains(.scored) {
      let term = TermBag.Term(key: Array(buffer.key(of: token)), weight: weights?.weight(of: token) ?? 1)
      if token.kind == .character && !singlesDrive && isInRun(token) {
        hasIdleSingles = true
        add(term, to: &boosters)
      } else {
        add(term, to: &drivers)
      }
    }
    guard !drivers.isEmpty else { return .nothing }
    return .bag(TermBag(drivers: drivers, boosters: boosters))
  }

  /// True where a character has another one at its side, so that a bigram says more than it.
  private func isInRun(_ token: Token) -> Bool {
    buffer.tokens.contains {
      $0.kind == .gram && $0.roles.contains(.positional) && $0.position <= token.position
        && token.position < $0.position + $0.positionLength
    }
  }

  /// What must be there for `+word`, `AND` and `NOT`: a single word by its stem, a run of characters as it stands.
  mutating func presence(of node: QueryNode) -> QueryPlan {
    switch node {
    case .word(let text):
      analyzer.analyze(text, into: &buffer)
      guard let whole = buffer.tokens.first(where: { isWhole($0) }) else {
        return phrase(of: text, reachesHeadings: true)
      }
      return .bag(TermBag(drivers: [TermBag.Term(key: Array(buffer.key(of: whole)))]))
    case .phrase(let text):
      return phrase(of: text)
    case .prefix, .field, .any, .group:
      return plan(part: node)
    }
  }

  private mutating func phrase(of text: String, reachesHeadings: Bool = false) -> QueryPlan {
    analyzer.analyze(text, into: &buffer)
    guard var phrase = PhraseCover(buffer, field: nil).plan else { return .nothing }
    phrase.reachesHeadings = reachesHeadings
    return .phrase(phrase)
  }

  private mutating func prefix(of text: String, field: String?) -> QueryPlan {
    analyzer.analyze(text, into: &buffer)
    return PhraseCover(buffer, field: field).prefix.map { .prefix($0) } ?? .nothing
  }

  private mutating func field(_ name: String, _ value: FieldCondition) -> QueryPlan {
    switch value {
    case .prefix(let text):
      return prefix(of: text, field: name)
    case .phrase(let text):
      analyzer.analyze(text, into: &buffer)
      return PhraseCover(buffer, field: name).plan.map { .phrase($0) } ?? .nothing
    case .word(let text):
      analyzer.analyze(text, into: &buffer)
      let stem = buffer.tokens.first {
        $0.kind == .stem && $0.position == 0 && $0.positionLength == buffer.unitCount
      }
      guard let stem else { return PhraseCover(buffer, field: name).plan.map { .phrase($0) } ?? .nothing }
      var key: [UInt8] = []
      FieldKey.encode(name: name, key: buffer.key(of: stem), into: &key)
      return .bag(TermBag(drivers: [TermBag.Term(key: key)]))
    }
  }
}
