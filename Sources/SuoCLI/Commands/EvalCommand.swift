import ArgumentParser
package import Evaluation
import Suo

/// `suo eval`: how good runs are by judgements, and whether one is better than another.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measure rankings by relevance judgements.",
    discussion: """
      Averages of each run over all topics that have a judgement. Further runs
      are compared with the first by a randomisation test.

        suo eval qrels.txt run.txt
        suo eval qrels.txt before.txt after.txt --measure MAP
        suo eval --index DIR --topics topics.tsv --qrels qrels.txt

      Judgements: topic 0 document grade, or TSV of topic, document, grade.
      Runs: topic Q0 document rank score tag. Both may be compressed by gzip.
      """)

  @Argument(help: ArgumentHelp("Judgements and then runs; with --qrels runs alone.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("The judgements.", valueName: "file"))
  var qrels: String?

  @Option(help: ArgumentHelp("Search the index for these topics, as the first run.", valueName: "file"))
  var topics: String?

  @OptionGroup var location: IndexLocation

  @OptionGroup var scoring: ScoringArguments

  @Flag(help: "With --topics: plain BM25; do not weigh the words of the topics, rerank no hits.")
  var plain = false

  @OptionGroup var evidence: EvidenceArguments

  @Flag(
    inversion: .prefixedNo,
    help: "With --topics: look for abbreviations by both forms that the texts declare (default: as suo search).")
  var abbreviations: Bool?

  @Flag(help: "With --topics: search again with what the best hits have in common.")
  var feedback = false

  @Option(help: ArgumentHelp("What runs are compared by; may be repeated (default: nDCG@10).", valueName: "name"))
  var measure: [Measure] = []

  @Flag(name: [.customShort("q"), .long], help: "Print the values of each topic too.")
  var perQuery = false

  @Flag(help: "Print one JSON object.")
  var json = false

  /// As many documents as `suo search --topics` ranks.
  private static let runDepth = 1000

  func validate() throws {
    let isAsGiven = location.index == nil && !scoring.isGiven && !plain && !evidence.isGiven && abbreviations == nil
    guard topics != nil || (isAsGiven && !feedback) else {
      throw ValidationError(
        "--index, --like, --k1, --b, --lengths, --plain, --proximity, --coverage, --abbreviations and --feedback belong "
          + "to --topics")
    }
    try evidence.requireReranking(
      !plain && scoring.model == nil, advice: "--plain and --like rerank no hits, so leave them out")
    guard qrels != nil || !files.isEmpty else { throw ValidationError("expected judgements and runs") }
    guard topics != nil || !runFiles.isEmpty else {
      throw ValidationError("expected a run beside the judgements, or --topics with a file")
    }
    guard measure.isEmpty || runFiles.count + (topics == nil ? 0 : 1) > 1 else {
      throw ValidationError("--measure is for comparing runs; expected at least two")
    }
    guard ([qrels, topics].compactMap { $0 } + files).count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("- stands for standard input, which can be read once")
    }
  }

  func run() throws {
    let judgementsFile = qrels ?? files[0]
    var input = try InputBytes(judgementsFile)
    let judgements = try Judgements(input.readAll(), file: input.name)
    var compared: [Measure] = []
    for item in measure.isEmpty ? [.normalizedDiscountedCumulativeGain(cutoff: 10)] : measure
    where !compared.contains(item) {
      compared.append(item)
    }
    var evaluations: [RunEvaluation] = []
    func evaluate(_ run: RankedRun) throws {
      guard run.topics.isEmpty || run.topics.contains(where: judgements.contains) else {
        throw CommandError.failure(
          "\(run.name): none of its topics is judged in \(input.name); are these the judgements of this collection?")
      }
      evaluations.append(RunEvaluation(run, judgements: judgements, measures: Measure.standard + compared))
    }
    if let topics { try evaluate(search(topics)) }
    for file in runFiles {
      var input = try InputBytes(file)
      try evaluate(RankedRun(input.readAll(), file: input.name))
    }
    let report = EvaluationReport(
      judgements: input.name, evaluations: evaluations, compared: compared, showsTopics: perQuery)
    let output = OutputWriter()
    if json {
      try JSONOutput.write(report.json, to: output)
    } else {
      report.warn()
      try report.write(to: output)
    }
    try output.flush()
  }

  private var runFiles: ArraySlice<String> { qrels == nil ? files.dropFirst() : files[...] }

  private func search(_ topics: String) throws -> RankedRun {
    let folder = try location.folder()
    let options = scoring.options(
      limit: EvalCommand.runDepth, weighsTerms: !plain, reranks: !plain, evidence: evidence,
      expandsAbbreviations: abbreviations, usesFeedback: feedback)
    var builder = RankedRunBuilder(name: folder)
    var line = 0
    try TopicsRun(file: topics, tag: "suo", options: options).forEachResult(location) { result in
      line += 1
      builder.add(
        topic: Identifier(result.topic), document: Identifier(result.document), score: Double(result.score), line: line)
    }
    return try builder.finish()
  }
}

extension Measure: ExpressibleByArgument {
  package init?(argument: String) { self.init(named: argument) }

  /// The names for help and completion; others have another cutoff.
  package static var allValueStrings: [String] { standard.map(\.description) }
}
