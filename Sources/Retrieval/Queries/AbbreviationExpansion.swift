import IndexFormat
import TextAnalysis

/// Adds to a query what the texts of the index declare to mean the same as its words: the stems of the long form for an
/// abbreviation, and the abbreviation for a long form.
///
/// The words of a query count in full. What is added for one of them counts as much as `share` of it at most, all stems of
/// all its other forms together; several forms divide that by how many passages declare each. An abbreviation of several
/// things is added for one of them by that part of its declarations which is of this one. Where a query names both forms,
/// nothing is added for either.
struct AbbreviationExpansion {
  /// An abbreviation and what it is short for, as stems.
  struct Declaration: Hashable, Sendable, CustomStringConvertible {
    var abbreviation: [UInt8]
    var longForm: [[UInt8]]

    var description: String {
      "abbreviation \(String(decoding: abbreviation, as: UTF8.self)) of "
        + longForm.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
  }

  private let declared: DeclaredForms
  private let analyzer: Analyzer

  /// The part of a word's weight that its other forms have together.
  private static let share: Float = 0.25
  /// Only so many other forms of one word are looked for, those that most passages declare.
  private static let mostForms = 4
  /// A word in small letters is an abbreviation where one in so many of the passages that hold it declare it: of an
  /// ordinary word that is spelt like one, such as `aids`, hardly any passage does.
  private static let passagesPerDeclaration = 8

  init(_ reader: IndexReader, _ analyzer: Analyzer) {
    declared = DeclaredForms(reader)
    self.analyzer = analyzer
  }

  /// The plan of a query with what is added to it.
  func expanded(_ plan: QueryPlan, of query: QueryNode) throws(IndexError) -> QueryPlan {
    let named = AbbreviationExpansion.keys(of: plan)
    var terms: [TermBag.Term] = []
    switch query {
    case .word(let text): terms = try self.terms(for: [text], beside: named)
    case .any(let alternatives):
      for alternative in alternatives {
        if case .word(let text) = alternative { terms += try self.terms(for: [text], beside: named) }
      }
    case .group(let clauses):
      terms = try self.terms(
        for: clauses.map { clause in
          if case .word(let text) = clause.node, clause.occurrence == .optional { text } else { nil }
        }, beside: named)
    case .phrase, .prefix, .field: break
    }
    terms.removeAll { named.contains($0.key) }
    return terms.isEmpty ? plan : AbbreviationExpansion.adding(AbbreviationExpansion.merged(terms), to: plan)
  }

  /// Puts terms beside the words of a plan: what must match and what must not stays as it is.
  private static func adding(_ terms: [TermBag.Term], to plan: QueryPlan) -> QueryPlan {
    switch plan {
    case .bag(var bag):
      bag.drivers += terms
      return .bag(bag)
    case .boolean(let required, let optional, let prohibited):
      guard optional.isEmpty, let words = required.first else {
        return .boolean(
          required: required, optional: optional + [.bag(TermBag(drivers: terms))], prohibited: prohibited)
      }
      return .boolean(
        required: [adding(terms, to: words)] + required.dropFirst(), optional: [], prohibited: prohibited)
    case .phrase, .prefix, .unscored, .nothing: return plan
    }
  }

  /// The terms that the query names itself.
  private static func keys(of plan: QueryPlan) -> Set<[UInt8]> {
    switch plan {
    case .bag(let bag): Set((bag.drivers + bag.boosters).map(\.key))
    case .boolean(let required, let optional, _):
      (required + optional).reduce(into: []) { $0.formUnion(keys(of: $1)) }
    case .phrase, .prefix, .unscored, .nothing: []
    }
  }

  /// What is added for the words of a query in their order; nil stands for something else between them.
  ///
  /// - Parameter named: the keys of all words of the query.
  private func terms(for words: [String?], beside named: Set<[UInt8]>) throws(IndexError) -> [TermBag.Term] {
    var additions: [TermBag.Term] = []
    /// The stems of words that stand side by side.
    var run: [[UInt8]] = []
    var buffer = TokenBuffer()
    for word in words {
      guard let word else {
        try addAbbreviations(of: run, beside: named, to: &additions)
        run.removeAll()
        continue
      }
      analyzer.analyze(word, into: &buffer)
      guard let stems = buffer.stems(in: 0..<UInt32.max) else {
        try addAbbreviations(of: run, beside: named, to: &additions)
        run.removeAll()
        continue
      }
      run += stems
      if stems.count == 1 { try addLongForms(of: stems[0], as: word, beside: named, to: &additions) }
    }
    try addAbbreviations(of: run, beside: named, to: &additions)
    return additions
  }

  /// Adds the stems of what a word is declared to be short for.
  private func addLongForms(
    of stem: [UInt8], as word: String, beside named: Set<[UInt8]>, to additions: inout [TermBag.Term]
  ) throws(IndexError) {
    let forms = try declared.forms(.abbreviation, of: stem)
    let declarations = forms.reduce(0) { $0 + $1.passages }
    let isFrequent = try declarations * AbbreviationExpansion.passagesPerDeclaration >= declared.passages(holding: stem)
    guard isFrequent || AbbreviationSpelling.isAbbreviation(word),
      !forms.contains(where: { $0.stems.allSatisfy { named.contains(DeclaredForms.key($0)) } })
    else { return }
    let weight = try declared.rarity(of: [stem])
    for form in forms.prefix(AbbreviationExpansion.mostForms) {
      let part =
        try AbbreviationExpansion.share * Float(form.passages) / Float(declarations)
        * min(1, weight / declared.rarity(of: form.stems))
      let declaration = Declaration(abbreviation: stem, longForm: form.stems)
      for stem in form.stems {
        additions.append(
          TermBag.Term(key: DeclaredForms.key(stem), weight: part, declaration: declaration))
      }
    }
  }

  /// Adds the abbreviations of the longest declared forms among consecutive stems.
  private func addAbbreviations(
    of run: [[UInt8]], beside named: Set<[UInt8]>, to additions: inout [TermBag.Term]
  ) throws(IndexError) {
    var start = 0
    while start < run.count {
      guard let longest = try declared.longestForm(in: run, from: start) else {
        start += 1
        continue
      }
      let longForm = Array(run[start..<longest.end])
      start = longest.end
      if longest.abbreviations.contains(where: { named.contains(DeclaredForms.key($0.stems[0])) }) { continue }
      let declarations = longest.abbreviations.reduce(0) { $0 + $1.passages }
      let weight = try declared.rarity(of: longForm)
      for form in longest.abbreviations.prefix(AbbreviationExpansion.mostForms) {
        let part =
          try AbbreviationExpansion.share * Float(form.passages) / Float(declarations)
          * min(1, weight / declared.rarity(of: form.stems))
        let meanings = try declared.forms(.abbreviation, of: form.stems[0]).reduce(0) { $0 + $1.passages }
        additions.append(
          TermBag.Term(
            key: DeclaredForms.key(form.stems[0]),
            weight: part * Float(form.passages) / Float(max(meanings, form.passages)),
            declaration: Declaration(abbreviation: form.stems[0], longForm: longForm)))
      }
    }
  }

  /// Each term once.
  private static func merged(_ terms: [TermBag.Term]) -> [TermBag.Term] {
    var merged: [TermBag.Term] = []
    for term in terms {
      if let known = merged.firstIndex(where: { $0.key == term.key }) {
        merged[known].weight = min(merged[known].weight + term.weight, share)
      } else {
        merged.append(term)
      }
    }
    return merged
  }
}
