import TextAnalysis

/// Cuts the words of a query with the index's analyzer and decides what each of them matches.
struct QueryPlanner {
  private let analyzer: Analyzer
  /// False for plain BM25: every mention of a term counts 1.
  private let weighsTerms: Bool
  /// True to let single characters of longer runs make a passage match.
  private let singlesDrive: Bool
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
  private func holdsCharacters(_ node: QueryNode) -> Bool {
    switch node {
    case .word(let text):
      guard text.utf8.contains(where: { $0 >= 0x80 }) else { return false }
      return analyzer.tokens(of: text).tokens.contains { $0.kind == .character }
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
    if clauses.allSatisfy(QueryPlanner.isPlainWord), let bag = words(clauses) {
      return bag.drivers.isEmpty ? .nothing : .bag(bag)
    }
    var restrictions: [QueryPlan] = []
    var required: [QueryPlan] = []
    var optional: [QueryPlan] = []
    var prohibited: [QueryPlan] = []
    required.reserveCapacity(clauses.count)
    for clause in clauses {
      if clause.occurrence == .prohibited {
        QueryPlanner.add(presence(of: clause.node), to: &prohibited)
      } else if case .field = clause.node {
        // A field restricts wherever it stands beside words: nobody who asks for `lang:zh 焦虑` wants all Chinese.
        restrictions.append(plan(part: clause.node))
      } else if clause.occurrence == .optional {
        QueryPlanner.add(plan(part: clause.node), to: &optional)
      } else if case .word(let text) = clause.node, let term = soleTerm(of: text) {
        // What must be there and what it scores are mostly the same term: it is cut once.
        required.append(.bag(TermBag(drivers: [term])))
      } else {
        demand(clause.node, &required, &optional)
      }
    }
    if required.isEmpty && !optional.isEmpty {
      required = [any(optional)]
      optional = []
    }
    if !restrictions.isEmpty { required += restrictions }
    if required.isEmpty { return .nothing }
    if required.count == 1 && optional.isEmpty && prohibited.isEmpty { return required[0] }
    return .boolean(required: required, optional: optional, prohibited: prohibited)
  }

  /// Appends a plan unless it is plain that nothing matches it.
  private static func add(_ plan: QueryPlan, to plans: inout [QueryPlan]) {
    if !plan.isNothing { plans.append(plan) }
  }

  private static func isPlainWord(_ clause: QueryClause) -> Bool {
    if clause.occurrence == .optional, case .word = clause.node { true } else { false }
  }

  /// The bag of clauses that are nothing but words, of which any may match; nil for words that have boosters alone, which
  /// would have to be left out.
  private mutating func words(_ clauses: [QueryClause]) -> TermBag? {
    var bag = TermBag(drivers: [])
    bag.drivers.reserveCapacity(clauses.count)
    var count = 0
    for clause in clauses {
      guard case .word(let text) = clause.node else { return nil }
      let (hasDrivers, hasBoosters) = add(text, to: &bag)
      if hasBoosters && !hasDrivers { return nil }
      if hasDrivers { count += 1 }
    }
    if count > 1 { joinTwins(in: &bag) }
    return bag
  }

  /// Adds what must be there, and what adds to the score where that is more.
  private mutating func demand(_ node: QueryNode, _ required: inout [QueryPlan], _ optional: inout [QueryPlan]) {
    let isInside = isDemanded
    isDemanded = true
    let presence = presence(of: node)
    let scored = plan(part: node)
    isDemanded = isInside
    if presence == scored {
      QueryPlanner.add(scored, to: &required)
    } else {
      required.append(.unscored(presence))
      QueryPlanner.add(scored, to: &optional)
    }
  }

  /// The one term that a word is scored by, where it stands for the whole word; else nil.
  private func soleTerm(of text: String) -> TermBag.Term? {
    let view = analyzer.tokens(of: text)
    var sole: Token?
    for token in view.tokens where token.roles.contains(.scored) {
      guard sole == nil else { return nil }
      sole = token
    }
    guard let sole, QueryPlanner.isWhole(sole, of: view) else { return nil }
    return TermBag.Term(key: Array(view.key(of: sole)))
  }

  /// True for the token by which a word that must be there is looked for.
  private static func isWhole(_ token: Token, of view: TokenView) -> Bool {
    token.roles.contains(.scored) && token.position == 0 && token.positionLength == view.unitCount
      && (token.kind == .stem || token.kind == .exact || token.kind == .character)
  }

  /// Any of several plans.
  private func any(_ plans: [QueryPlan]) -> QueryPlan {
    let plans = plans.filter { !$0.isNothing }
    if plans.count < 2 { return plans.first ?? .nothing }
    return merged(plans).map { .bag($0) } ?? .boolean(required: [], optional: plans, prohibited: [])
  }

  /// One bag of several, where all are bags.
  private func merged(_ plans: [QueryPlan]) -> TermBag? {
    var merged = TermBag(drivers: [])
    for plan in plans {
      guard case .bag(let bag) = plan else { return nil }
      for term in bag.drivers { add(term, to: &merged.drivers) }
      for term in bag.boosters { add(term, to: &merged.boosters) }
    }
    joinTwins(in: &merged)
    return merged
  }

  /// A character that is a word of its own in one place drives, and takes its other mentions with it.
  private func joinTwins(in bag: inout TermBag) {
    guard !bag.boosters.isEmpty else { return }
    for index in bag.drivers.indices {
      guard let twin = bag.boosters.firstIndex(where: { $0.key == bag.drivers[index].key }) else { continue }
      bag.drivers[index].weight = mentioned(bag.drivers[index].weight, bag.boosters.remove(at: twin).weight)
    }
  }

  /// The weight of a term that is mentioned twice: it is the same thing that is looked for.
  private func mentioned(_ first: Float, _ second: Float) -> Float {
    weighsTerms ? max(first, second) : first + second
  }

  private func add(_ term: TermBag.Term, to terms: inout [TermBag.Term]) {
    for index in terms.indices where terms[index].key == term.key {
      terms[index].weight = mentioned(terms[index].weight, term.weight)
      return
    }
    terms.append(term)
  }

  private mutating func bag(of text: String) -> QueryPlan {
    var bag = TermBag(drivers: [])
    return add(text, to: &bag).hasDrivers ? .bag(bag) : .nothing
  }

  /// Adds the terms of a word.
  private mutating func add(_ text: String, to bag: inout TermBag) -> (hasDrivers: Bool, hasBoosters: Bool) {
    let view = analyzer.tokens(of: text)
    var added = (hasDrivers: false, hasBoosters: false)
    let weights = weighsTerms && !isDemanded ? QueryWeights(view, wordWeight: wordWeight) : nil
    for token in view.tokens where token.roles.contains(.scored) {
      let term = TermBag.Term(key: Array(view.key(of: token)), weight: weights?.weight(of: token) ?? 1)
      if token.kind == .character && !singlesDrive && QueryPlanner.isInRun(token, of: view) {
        hasIdleSingles = true
        added.hasBoosters = true
        add(term, to: &bag.boosters)
      } else {
        added.hasDrivers = true
        add(term, to: &bag.drivers)
      }
    }
    return added
  }

  /// True where a character has another one at its side, so that a bigram says more than it.
  private static func isInRun(_ token: Token, of view: TokenView) -> Bool {
    view.tokens.contains {
      $0.kind == .gram && $0.roles.contains(.positional) && $0.position <= token.position
        && token.position < $0.position + $0.positionLength
    }
  }

  /// What must be there for `+word`, `AND` and `NOT`: a single word by its stem, a run of characters as it stands.
  mutating func presence(of node: QueryNode) -> QueryPlan {
    switch node {
    case .word(let text):
      let view = analyzer.tokens(of: text)
      guard let whole = view.tokens.first(where: { QueryPlanner.isWhole($0, of: view) }) else {
        return phrase(of: text, reachesHeadings: true)
      }
      return .bag(TermBag(drivers: [TermBag.Term(key: Array(view.key(of: whole)))]))
    case .phrase(let text):
      return phrase(of: text)
    case .prefix, .field, .any, .group:
      return plan(part: node)
    }
  }

  private func phrase(of text: String, reachesHeadings: Bool = false) -> QueryPlan {
    guard var phrase = PhraseCover(analyzer.tokens(of: text), field: nil).plan else { return .nothing }
    phrase.reachesHeadings = reachesHeadings
    return .phrase(phrase)
  }

  private func prefix(of text: String, field: String?) -> QueryPlan {
    PhraseCover(analyzer.tokens(of: text), field: field).prefix.map { .prefix($0) } ?? .nothing
  }

  private func field(_ name: String, _ value: FieldCondition) -> QueryPlan {
    switch value {
    case .prefix(let text):
      return prefix(of: text, field: name)
    case .phrase(let text):
      return PhraseCover(analyzer.tokens(of: text), field: name).plan.map { .phrase($0) } ?? .nothing
    case .word(let text):
      let view = analyzer.tokens(of: text)
      let stem = view.tokens.first {
        $0.kind == .stem && $0.position == 0 && $0.positionLength == view.unitCount
      }
      guard let stem else { return PhraseCover(view, field: name).plan.map { .phrase($0) } ?? .nothing }
      var key: [UInt8] = []
      FieldKey.encode(name: name, key: view.key(of: stem), into: &key)
      return .bag(TermBag(drivers: [TermBag.Term(key: key)]))
    }
  }
}
