import JSONText
import Retrieval
import Suo

/// Why a document is not found, or stands where it stands: for people and as JSON.
struct DiagnosisReport {
  private let query: String
  private let diagnosis: MatchDiagnosis

  private static let indentation = "   "
  /// Terms that are shown where two scores differ; the rest is in JSON.
  private static let mostDifferences = 8

  init(query: String, _ diagnosis: MatchDiagnosis) {
    self.query = query
    self.diagnosis = diagnosis
  }

  // MARK: For people

  /// Writes the report.
  func write(to output: OutputWriter) throws(OutputError) {
    let document = diagnosis.document
    var languages: [String] = []
    for passage in diagnosis.passages where !languages.contains(passage.language.rawValue) {
      languages.append(passage.language.rawValue)
    }
    let title = document.title.isEmpty ? "" : " \(document.title),"
    try line(
      "\(document.id):\(title) \(diagnosis.passages.count.counting("passage")) (\(languages.joined(separator: ", ")))",
      to: output)
    if let standing = diagnosis.standing {
      try line(
        "found: rank \(standing.place.rank.grouped) of \(standing.total.counting("passage")), "
          + "\(standing.documentRank.grouped) among the documents", to: output)
    } else {
      try line("not found", to: output)
    }
    if !diagnosis.hasTexts {
      try line("the index keeps no texts, so what stands there instead cannot be told", to: output)
    }
    try output.line()
    try write(diagnosis.query, depth: 1, to: output)
    if let standing = diagnosis.standing { try write(standing, to: output) }
  }

  private func write(_ clause: ClauseDiagnosis, depth: Int, to output: OutputWriter) throws(OutputError) {
    let indentation = String(repeating: DiagnosisReport.indentation, count: depth)
    let state =
      switch (clause.demand, clause.passages.isEmpty) {
      case (.prohibited, true): "absent, as asked"
      case (.prohibited, false): "excludes " + DiagnosisReport.list(clause.passages)
      case (_, true): "missing"
      case (_, false): "in " + DiagnosisReport.list(clause.passages)
      }
    try line("\(indentation)\(clause.text)   \(clause.demand.rawValue): \(state)", to: output)
    for cause in clause.causes { try line("\(indentation)   - \(cause.description)", to: output) }
    // A word that is met as a whole needs no list.
    if clause.passages.isEmpty {
      for term in clause.terms where !term.passages.isEmpty || term.documentFrequency > 0 {
        let place = term.passages.isEmpty ? "not here" : "in " + DiagnosisReport.list(term.passages)
        try line(
          "\(indentation)   - \(term.label): \(place), in \(term.documentFrequency.counting("passage")) of the index",
          to: output)
      }
    }
    for part in clause.parts { try write(part, depth: depth + 1, to: output) }
  }

  private func write(_ standing: Standing, to output: OutputWriter) throws(OutputError) {
    let printer = HitPrinter(isColoured: false, terminalColumns: nil)
    try output.line()
    try line("rank \(standing.place.rank.grouped): \(standing.place.id), passage \(standing.place.passage)", to: output)
    try printer.write(standing.place.explanation, depth: 1, to: output)
    guard let before = standing.before else { return }
    try output.line()
    try line("rank \(before.rank.grouped), before it: \(before.id), passage \(before.passage)", to: output)
    try printer.write(before.explanation, depth: 1, to: output)
    try output.line()
    var table = TextTable([
      ("what differs most", .leading), ("here", .trailing), ("before", .trailing), ("f in l here", .trailing),
      ("f in l before", .trailing),
    ])
    for difference in standing.differences.prefix(DiagnosisReport.mostDifferences) {
      table.append([
        difference.label, Double(difference.here).fixed(4), Double(difference.before).fixed(4),
        DiagnosisReport.occurrences(difference.hereNumbers), DiagnosisReport.occurrences(difference.beforeNumbers),
      ])
    }
    try table.write(to: output)
  }

  private func line(_ text: String, to output: OutputWriter) throws(OutputError) {
    try output.line(TerminalText.visible(text))
  }

  private static func list(_ passages: [Int]) -> String {
    (passages.count == 1 ? "passage " : "passages ") + passages.map(String.init).joined(separator: ", ")
  }

  private static func occurrences(_ numbers: [FormulaNumber]) -> String {
    guard numbers.count == 2 else { return "-" }
    return numbers.map { Int($0.value).grouped }.joined(separator: " in ")
  }

  // MARK: For programs

  var json: JSONValue {
    let document = diagnosis.document
    let passages = diagnosis.passages.map { passage -> JSONValue in
      [
        "passage": .integer(passage.number), "line": .integer(passage.line), "lang": .string(passage.language.rawValue),
        "length": .integer(passage.length),
      ]
    }
    return [
      "document": [
        "id": .string(document.id), "path": .string(document.path), "title": .string(document.title),
        "passages": .array(passages),
      ],
      "query": .string(query), "found": .bool(diagnosis.standing != nil), "has_texts": .bool(diagnosis.hasTexts),
      "clause": DiagnosisReport.json(diagnosis.query),
      "standing": diagnosis.standing.map(DiagnosisReport.json) ?? .null,
    ]
  }

  private static func json(_ clause: ClauseDiagnosis) -> JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ value: JSONValue) { members.append(JSONValue.Member(key: key, value: value)) }
    add("text", .string(clause.text))
    add("demand", .string(clause.demand.rawValue))
    add("met", .bool(clause.isMet))
    add("passages", .array(clause.passages.map { .integer($0) }))
    add("causes", .array(clause.causes.map(json)))
    if !clause.terms.isEmpty {
      add(
        "terms",
        .array(
          clause.terms.map { term -> JSONValue in
            [
              "term": .string(term.label), "passages": .array(term.passages.map { .integer($0) }),
              "documents_with_term": .integer(term.documentFrequency),
            ]
          }))
    }
    if !clause.parts.isEmpty { add("parts", .array(clause.parts.map(json))) }
    return .object(members)
  }

  private static func json(_ cause: MissCause) -> JSONValue {
    let evidence = cause.evidence.map { item -> JSONValue in
      [
        "text": .string(item.text), "passage": item.passage.map { .integer($0) } ?? .null,
        "start": item.range.map { .integer($0.lowerBound) } ?? .null,
        "end": item.range.map { .integer($0.upperBound) } ?? .null,
      ]
    }
    return [
      "cause": .string(cause.kind.rawValue), "subject": .string(cause.subject),
      "message": .string(cause.description), "evidence": .array(evidence),
    ]
  }

  private static func json(_ standing: Standing) -> JSONValue {
    let differences = standing.differences.map { difference -> JSONValue in
      [
        "term": .string(difference.label), "here": JSONOutput.number(difference.here),
        "before": JSONOutput.number(difference.before),
      ]
    }
    return [
      "total": .integer(standing.total), "document_rank": .integer(standing.documentRank),
      "place": json(standing.place), "before": standing.before.map(json) ?? .null, "differences": .array(differences),
    ]
  }

  private static func json(_ place: Standing.Place) -> JSONValue {
    [
      "rank": .integer(place.rank), "id": .string(place.id), "passage": .integer(place.passage),
      "explanation": JSONOutput.explanation(place.explanation),
    ]
  }
}
