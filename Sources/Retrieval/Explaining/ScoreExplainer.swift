import SearchModel
import TextAnalysis

/// Tells what the score of a passage is made of: which words of the query met what, and the numbers of the formula.
struct ScoreExplainer {
  private let similarity: BM25
  private let passages: Int
  private let averageLength: Float
  /// How the query writes its terms, and how the passage does.
  private let typed: SurfaceTable
  private let found: SurfaceTable

  init(_ reader: IndexReader, _ similarity: BM25, typed: SurfaceTable, found: SurfaceTable) {
    self.similarity = similarity
    passages = reader.statistics.passages
    averageLength = reader.averageLength
    self.typed = typed
    self.found = found
  }

  /// The tree of a score from the parts that it was added up of.
  func explanation(score: Float, _ parts: [ScorePart]) -> Explanation {
    Explanation(
      value: score, description: "sum of \(parts.count) part" + (parts.count == 1 ? "" : "s"),
      details: parts.map(explanation))
  }

  private func explanation(_ part: ScorePart) -> Explanation {
    let scoring = part.scoring
    let match = match(scoring.subject)
    let score = part.score
    var numbers = frequencyNumbers(scoring.documentFrequencies)
    func add(_ name: String, _ value: Float) { numbers.append(FormulaNumber(name, ScoreExplainer.double(value))) }
    if scoring.queryWeight != 1 { add("query_weight", scoring.queryWeight) }
    if scoring.feedback != 0 { add("feedback_weight", scoring.feedback) }
    add("weight", scoring.weight)
    numbers.append(FormulaNumber("frequency", Double(part.frequency)))
    numbers.append(FormulaNumber("length", Double(part.length)))
    let length = similarity.lengths.rounded(part.length)
    if length != part.length { numbers.append(FormulaNumber("rounded_length", Double(length))) }
    add("average_length", averageLength)
    add("k1", similarity.k1)
    add("b", similarity.b)
    if similarity.gainedPart != 1 { add("delta", BM25.lowerBound) }
    add("saturation", scoring.weight == 0 ? 0 : score / scoring.weight)
    return Explanation(
      value: score,
      description: scoring.subject.label + written(match) + origin(scoring) + ": " + formula(part, length: length),
      match: match, numbers: numbers, details: units(part, score))
  }

  /// The units of a phrase, each with the part of the score that its weight makes.
  private func units(_ part: ScorePart, _ score: Float) -> [Explanation] {
    guard case .phrase(let keys) = part.scoring.subject, keys.count == part.scoring.documentFrequencies.count,
      keys.count > 1
    else { return [] }
    return zip(keys, part.scoring.documentFrequencies).map { key, frequency in
      let weight = similarity.scale * inverseDocumentFrequency(frequency)
      return Explanation(
        value: score * (weight / part.scoring.weight),
        description: TermLabel.of(key) + ": \(weight) of the weight, from n = \(frequency) of N = \(passages)",
        match: match(.term(key, nil)),
        numbers: frequencyNumbers([frequency]) + [FormulaNumber("weight", ScoreExplainer.double(weight))])
    }
  }

  private func frequencyNumbers(_ frequencies: [Int]) -> [FormulaNumber] {
    var numbers = [FormulaNumber("passages", Double(passages))]
    if frequencies.count == 1 {
      numbers.append(FormulaNumber("documents_with_term", Double(frequencies[0])))
      numbers.append(FormulaNumber("idf", ScoreExplainer.double(inverseDocumentFrequency(frequencies[0]))))
      if similarity.scale != 1 { numbers.append(FormulaNumber("scale", ScoreExplainer.double(similarity.scale))) }
    }
    return numbers
  }

  private func inverseDocumentFrequency(_ documentFrequency: Int) -> Float {
    similarity.inverseDocumentFrequency(passages: passages, documentFrequency: documentFrequency)
  }

  private func formula(_ part: ScorePart, length: UInt32) -> String {
    let frequencies = part.scoring.documentFrequencies.map(String.init).joined(separator: " + ")
    let shape =
      switch similarity.model {
      case .bm25, .lucene, .anserini, .tantivy, .pisa, .fts5, .atire: "w · f / (f + k1 · (1 − b + b · l / l̄))"
      case .bm25l: "w · (c + δ) / (k1 + c + δ), c = f / (1 − b + b · l / l̄)"
      case .bm25plus: "w · (f · (k1 + 1) / (f + k1 · (1 − b + b · l / l̄)) + δ) / (k1 + 1 + δ)"
      }
    let delta = similarity.gainedPart == 1 ? "" : ", δ = \(BM25.lowerBound)"
    return shape + " with w = \(part.scoring.weight) from n = \(frequencies) of N = \(passages), "
      + "f = \(part.frequency), l = \(length), l̄ = \(averageLength), k1 = \(similarity.k1), b = \(similarity.b)"
      + delta
  }

  private func match(_ subject: TermScoring.Subject) -> TermMatch? {
    switch subject {
    case .nothing: return nil
    case .phrase(let units):
      return TermMatch(
        channel: .phrase, term: units.map { TermLabel.text(of: $0) }.joined(separator: " "), query: [], found: [],
        isFolded: false)
    case .prefix(let key):
      return TermMatch(
        channel: .prefix, term: TermLabel.text(of: key), query: typed[key].map(\.text), found: [], isFolded: false)
    case .term(let key, _):
      let typed = typed[key]
      let found = found[key]
      let isFolded = typed.contains { query in found.contains { $0.units == query.units && $0.text != query.text } }
      return TermMatch(
        channel: key.first.flatMap(TokenKind.init(rawValue:)).map(TermMatch.Channel.init) ?? .exact,
        term: TermLabel.text(of: key), query: ScoreExplainer.distinct(typed), found: ScoreExplainer.distinct(found),
        isFolded: isFolded)
    }
  }

  /// What is written otherwise than the term is.
  private func written(_ match: TermMatch?) -> String {
    guard let match else { return "" }
    func others(_ texts: [String], _ lead: String) -> String {
      texts.isEmpty || texts == [match.term] ? "" : lead + texts.joined(separator: ", ")
    }
    return others(match.query, " from ") + (match.found == match.query ? "" : others(match.found, " in "))
  }

  /// What feedback has to do with a term.
  private func origin(_ scoring: TermScoring) -> String {
    if scoring.feedback == 0 { return "" }
    return scoring.feedback == scoring.queryWeight ? " by feedback" : " and by feedback"
  }

  private static func distinct(_ surfaces: [SurfaceTable.Surface]) -> [String] {
    var texts: [String] = []
    for surface in surfaces where !texts.contains(surface.text) { texts.append(surface.text) }
    return texts
  }

  /// A single-precision number in the digits that name it.
  private static func double(_ value: Float) -> Double { Double(value.description) ?? Double(value) }
}

extension TermMatch.Channel {
  init(_ kind: TokenKind) {
    switch kind {
    case .exact: self = .exact
    case .character: self = .character
    case .gram: self = .gram
    // What is only looked up is never scored.
    case .stem, .abbreviation, .expansion: self = .stem
    case .compound: self = .compound
    }
  }
}
