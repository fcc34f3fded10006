import Evaluation
import JSONText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The values of runs and their comparisons, as tables or as JSON; `docs/evaluation.md` describes both.
struct EvaluationReport {
  /// A run beside the first one.
  private struct Comparison {
    let measure: Measure
    let first: RunEvaluation
    let second: RunEvaluation
    let result: PairedComparison
  }

  private let judgements: String
  private let evaluations: [RunEvaluation]
  private let showsTopics: Bool
  private let comparisons: [Comparison]

  /// - Parameters:
  ///   - judgements: the name of their file.
  ///   - evaluations: of at least one run; others are compared with the first.
  ///   - compared: the measures for that, which the evaluations have beside the standard ones.
  init(judgements: String, evaluations: [RunEvaluation], compared: [Measure], showsTopics: Bool) {
    self.judgements = judgements
    self.evaluations = evaluations
    self.showsTopics = showsTopics
    let first = evaluations[0]
    comparisons = compared.flatMap { measure in
      evaluations.dropFirst().map { second in
        Comparison(
          measure: measure, first: first, second: second,
          result: PairedComparison(first: first.values(measure), second: second.values(measure)))
      }
    }
  }

  /// Says what is uneven between the runs and the judgements.
  func warn() {
    for evaluation in evaluations {
      let missing = evaluation.missingTopics.count
      if missing > 0 {
        Messages.write(
          "\(evaluation.name): \(missing.grouped) of \(evaluation.topics.count.counting("judged topic")) "
            + "without a result, counted as 0")
      }
      let unjudged = evaluation.unjudgedTopicCount
      if unjudged > 0 {
        Messages.write("\(evaluation.name): \(unjudged.counting("topic")) without a judgement, left out")
      }
    }
  }

  /// Writes the tables.
  func write(to output: OutputWriter) throws(OutputError) {
    var table = TextTable(
      [("run", .leading), showsTopics ? ("topic", .leading) : ("topics", .trailing)]
        + Measure.standard.map { ($0.description, .trailing) })
    for evaluation in evaluations {
      if showsTopics {
        for (index, topic) in evaluation.topics.enumerated() {
          table.append(
            [evaluation.name, topic.text] + Measure.standard.map { Self.fixed(evaluation.values($0)[index]) })
        }
      }
      table.append(
        [evaluation.name, showsTopics ? "all" : evaluation.topics.count.grouped]
          + Measure.standard.map { Self.fixed(evaluation.mean($0)) })
    }
    try table.write(to: output)
    guard !comparisons.isEmpty else { return }
    try output.line()
    try comparisonTable.write(to: output)
  }

  private var comparisonTable: TextTable {
    var table = TextTable([
      ("measure", .leading), ("first", .leading), ("second", .leading), ("difference", .trailing), ("p", .trailing),
      ("wins", .trailing), ("ties", .trailing), ("losses", .trailing),
    ])
    for comparison in comparisons {
      let result = comparison.result
      table.append([
        comparison.measure.description, comparison.first.name, comparison.second.name,
        (result.meanDifference > 0 ? "+" : "") + Self.fixed(result.meanDifference),
        result.probability < 0.0001 ? "<0.0001" : Self.fixed(result.probability), result.wins.grouped,
        result.ties.grouped, result.losses.grouped,
      ])
    }
    return table
  }

  /// The report as one value.
  var json: JSONValue {
    var members = [
      JSONValue.Member(key: "qrels", value: .string(judgements)),
      JSONValue.Member(key: "runs", value: .array(evaluations.map(value))),
    ]
    if !comparisons.isEmpty {
      members.append(JSONValue.Member(key: "comparisons", value: .array(comparisons.map(value))))
    }
    return .object(members)
  }

  private func value(_ evaluation: RunEvaluation) -> JSONValue {
    var members = [
      JSONValue.Member(key: "run", value: .string(evaluation.name)),
      JSONValue.Member(key: "topics", value: .integer(evaluation.topics.count)),
      JSONValue.Member(key: "missing_topics", value: .array(evaluation.missingTopics.map { .string($0.text) })),
      JSONValue.Member(key: "unjudged_topics", value: .integer(evaluation.unjudgedTopicCount)),
      JSONValue.Member(key: "measures", value: Self.measures { evaluation.mean($0) }),
    ]
    if showsTopics {
      let topics = evaluation.topics.enumerated().map { index, topic -> JSONValue in
        ["topic": .string(topic.text), "measures": Self.measures { evaluation.values($0)[index] }]
      }
      members.append(JSONValue.Member(key: "queries", value: .array(topics)))
    }
    return .object(members)
  }

  private static func measures(_ value: (Measure) -> Double) -> JSONValue {
    .object(Measure.standard.map { JSONValue.Member(key: $0.description, value: .number(value($0))) })
  }

  private func value(_ comparison: Comparison) -> JSONValue {
    let result = comparison.result
    return [
      "measure": .string(comparison.measure.description), "first": .string(comparison.first.name),
      "second": .string(comparison.second.name), "first_mean": .number(comparison.first.mean(comparison.measure)),
      "second_mean": .number(comparison.second.mean(comparison.measure)),
      "difference": .number(result.meanDifference), "p": .number(result.probability), "exact": .bool(result.isExact),
      "wins": .integer(result.wins), "ties": .integer(result.ties), "losses": .integer(result.losses),
    ]
  }

  /// The value in four digits, rounded from its exact binary value, as `trec_eval` prints it.
  static func fixed(_ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 32)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.4f", $0) }
    return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
