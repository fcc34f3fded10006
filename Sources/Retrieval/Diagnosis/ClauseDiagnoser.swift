import IndexFormat
import SearchModel
import TextAnalysis

/// Compares the parts of a query with one document.
struct ClauseDiagnoser {
  private let reader: IndexReader
  private let compiler: QueryCompiler
  private let analyzer: Analyzer
  private let facts: DocumentFacts
  private var planner: QueryPlanner
  private let nearest: NearestForms

  init(
    _ reader: IndexReader, _ compiler: QueryCompiler, _ analyzer: Analyzer, _ facts: DocumentFacts, singlesDrive: Bool
  ) {
    self.reader = reader
    self.compiler = compiler
    self.analyzer = analyzer
    self.facts = facts
    planner = QueryPlanner(analyzer, weighsTerms: true, singlesDrive: singlesDrive)
    nearest = NearestForms(facts.texts)
  }

  mutating func diagnose(
    _ node: QueryNode, _ demand: ClauseDiagnosis.Demand = .optional
  ) throws(RetrievalError) -> ClauseDiagnosis {
    let isStrict = demand == .required || demand == .prohibited
    let plan = isStrict ? planner.presence(of: node) : planner.plan(node)
    var diagnosis = ClauseDiagnosis(text: node.text, demand: demand, passages: try passages(plan))
    switch node {
    case .word(let text): diagnosis.terms = try terms(of: text)
    case .any(let alternatives):
      for alternative in alternatives { diagnosis.parts.append(try diagnose(alternative)) }
    case .group(let clauses): try diagnose(clauses, into: &diagnosis)
    case .phrase, .prefix, .field: break
    }
    if demand == .prohibited {
      // Inside of what is excluded, the reasons of the parts are none.
      diagnosis.parts = []
      diagnosis.causes =
        diagnosis.passages.isEmpty
        ? [] : [MissCause(.excluded, node.text, diagnosis.passages.map { MissCause.Evidence("passage \($0)") })]
    } else if diagnosis.passages.isEmpty {
      diagnosis.causes += try causes(node, plan)
    }
    return diagnosis
  }

  private mutating func diagnose(
    _ clauses: [QueryClause], into diagnosis: inout ClauseDiagnosis
  ) throws(RetrievalError) {
    for clause in clauses {
      let demand: ClauseDiagnosis.Demand
      switch (clause.occurrence, clause.node) {
      case (.prohibited, _): demand = .prohibited
      case (_, .field): demand = .restriction
      case (.required, _): demand = .required
      case (.optional, _): demand = .optional
      }
      diagnosis.parts.append(try diagnose(clause.node, demand))
    }
    guard diagnosis.passages.isEmpty else { return }
    if diagnosis.parts.allSatisfy({ $0.demand == .prohibited }) {
      diagnosis.causes.append(MissCause(.onlyExclusions, diagnosis.text))
    }
    diagnosis.causes += ClauseDiagnoser.neverTogether(diagnosis)
  }

  /// The cause where each part that must match does, but not all in one passage.
  private static func neverTogether(_ group: ClauseDiagnosis) -> [MissCause] {
    // What has nothing to search for demands nothing.
    let parts = group.parts.filter { !$0.causes.contains { $0.kind == .nothingToSearch } }
    var demands = parts.filter { $0.demand == .required || $0.demand == .restriction }
      .map { (text: $0.text, passages: Set($0.passages)) }
    let optional = parts.filter { $0.demand == .optional }
    if !optional.isEmpty && !parts.contains(where: { $0.demand == .required }) {
      demands.append(
        (
          text: optional.map(\.text).joined(separator: " "),
          passages: optional.reduce(into: Set()) { $0.formUnion($1.passages) }
        ))
    }
    guard demands.count > 1, demands.allSatisfy({ !$0.passages.isEmpty }),
      demands.dropFirst().reduce(demands[0].passages, { $0.intersection($1.passages) }).isEmpty
    else { return [] }
    let evidence = demands.map { demand in
      MissCause.Evidence(
        "\(demand.text) in passage " + demand.passages.sorted().map(String.init).joined(separator: " and "))
    }
    return [MissCause(.neverTogether, group.text, evidence)]
  }

  private mutating func causes(_ node: QueryNode, _ plan: QueryPlan) throws(RetrievalError) -> [MissCause] {
    switch node {
    case .any, .group: return []
    case .field(let name, let value): return facts.causes(name, value)
    case .word(let text), .phrase(let text), .prefix(let text):
      if plan == .nothing { return [MissCause(.nothingToSearch, "\"\(text)\"")] }
      let isElsewhere = try occursAnywhere(plan)
      var causes: [MissCause] = []
      if case .phrase(let phrase) = plan, !facts.texts.texts.isEmpty {
        var unknown: Set<[UInt8]> = []
        for unit in phrase.units where try documentFrequency(unit) == 0 { unknown.insert(unit) }
        causes += PhraseGap(facts.texts).causes(text, phrase.units, unknown: unknown)
      } else {
        causes.append(MissCause(isElsewhere ? .notInDocument : .notInIndex, "\"\(text)\""))
        causes += nearest.causes(text)
      }
      return causes + facts.elsewhere(text)
    }
  }

  private func terms(of text: String) throws(RetrievalError) -> [TermPresence] {
    var buffer = TokenBuffer()
    analyzer.analyze(text, into: &buffer)
    var terms: [TermPresence] = []
    for token in buffer.tokens where token.roles.contains(.scored) {
      let key = Array(buffer.key(of: token))
      let label = TermLabel.of(key)
      guard !terms.contains(where: { $0.label == label }) else { continue }
      terms.append(
        TermPresence(
          label: label, passages: try passages(.bag(TermBag(drivers: [TermBag.Term(key: key)]))),
          documentFrequency: try documentFrequency(key)))
    }
    return terms
  }

  /// The passages of the document that a plan matches.
  private func passages(_ plan: QueryPlan) throws(RetrievalError) -> [Int] {
    try compiler.prepare(plan)
    let iterator = try compiler.iterator(plan, segment: facts.found.segment)
    let range = facts.found.passages
    var matching: [Int] = []
    do throws(IndexError) {
      var passage = try iterator.advance(to: UInt32(range.lowerBound))
      while passage < UInt32(range.upperBound) {
        matching.append(Int(passage) - range.lowerBound)
        passage = try iterator.advance(to: passage + 1)
      }
    } catch { throw .index(error) }
    return matching
  }

  private func occursAnywhere(_ plan: QueryPlan) throws(RetrievalError) -> Bool {
    try compiler.prepare(plan)
    for index in reader.segments.indices {
      let iterator = try compiler.iterator(plan, segment: index)
      do { if try iterator.advance(to: 0) != PassageIterator.exhausted { return true } } catch { throw .index(error) }
    }
    return false
  }

  private func documentFrequency(_ key: [UInt8]) throws(RetrievalError) -> Int {
    do { return try compiler.documentFrequency(of: key) } catch { throw .index(error) }
  }
}
