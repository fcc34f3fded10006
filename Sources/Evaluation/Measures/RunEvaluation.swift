/// What a run is worth by the judgements.
///
/// Averages are over all topics that have a judgement: one without a result counts 0, one without a relevant document too,
/// as `trec_eval -c` and ir-measures have it. Results of topics without a judgement count nothing.
package struct RunEvaluation: Sendable {
  /// The name of the run.
  package let name: String
  package let measures: [Measure]
  /// The judged topics in the order of the judgements.
  package let topics: [Identifier]
  /// The judged topics without a result.
  package let missingTopics: [Identifier]
  /// How many topics of the run have no judgement.
  package let unjudgedTopicCount: Int
  private let values: [Measure: [Double]]

  package init(_ run: RankedRun, judgements: Judgements, measures: [Measure]) {
    name = run.name
    self.measures = measures
    topics = judgements.topics
    missingTopics = judgements.topics.filter { !run.contains($0) }
    unjudgedTopicCount = run.topics.count { !judgements.contains($0) }
    var values: [Measure: [Double]] = [:]
    for topic in judgements.topics {
      let grades = judgements.grades(of: topic)
      var rankings: [TieOrder: [Int]] = [:]
      for measure in Set(measures) {
        let ties = measure.tieOrder
        let ranking = rankings[ties] ?? (run.results(of: topic, ties: ties) ?? []).map { grades[$0.document] ?? 0 }
        rankings[ties] = ranking
        values[measure, default: []].append(measure.value(ranking: ranking, judged: grades.values))
      }
    }
    self.values = values
  }

  /// The values of one of the measures, in the order of the topics.
  package func values(_ measure: Measure) -> [Double] {
    guard let found = values[measure] else { preconditionFailure("\(measure) was not asked for") }
    return found
  }

  /// The average of one of the measures.
  package func mean(_ measure: Measure) -> Double {
    values(measure).reduce(0, +) / Double(topics.count)
  }
}
