import ArgumentParser
import Suo

/// `suo bench`: how long queries take in one thread of one process.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how long queries take.",
    discussion: """
      Each query of the file (a tag, a tab, the query) is parsed and ranked, with --rerank as by `suo search` and else
      without that step; texts are read for --feedback alone. A line of the
      output has the tag, the fewest microseconds of all repetitions, and the number of hits or, for commands that count,
      of matches.

        suo bench --queries queries.tsv --command TOP_10 --repeat 10 --summary

      With --stdin, lines of a command, a tab and a query are answered with a number each, as the public
      search-benchmark-game asks for it.
      """)

  @OptionGroup var location: IndexLocation

  @Option(help: ArgumentHelp("Queries, one a line: a tag, a tab, the query.", valueName: "file"))
  var queries: String?

  @OptionGroup var scoring: ScoringArguments

  @Option(help: ArgumentHelp("What to do with each query.", valueName: "command"))
  var command: BenchTask = .top10

  @Option(name: .customLong("repeat"), help: ArgumentHelp("How often to run all queries.", valueName: "n"))
  var repetitions = 10

  @Flag(help: "Print mean, median and 99th percentile of each tag in place of the queries.")
  var summary = false

  @Flag(help: "Answer the line protocol of the search-benchmark-game.")
  var stdin = false

  @Flag(help: "Rerank the best hits, as searches do.")
  var rerank = false

  @Flag(help: "Search again with what the best hits have in common, as `suo search --feedback` does.")
  var feedback = false

  @OptionGroup var evidence: EvidenceArguments

  func validate() throws {
    guard (1...1_000_000).contains(repetitions) else { throw ValidationError("--repeat: expected 1 to 1000000") }
    guard stdin != (queries != nil) else { throw ValidationError("expected --queries with a file, or --stdin") }
    try evidence.requireReranking(
      rerank && scoring.model == nil, advice: "add --rerank, and leave out --like")
    guard !(stdin && summary) else { throw ValidationError("--summary belongs to --queries") }
  }

  func run() throws {
    let options = scoring.options(
      weighsTerms: false, reranks: rerank, evidence: evidence, usesFeedback: feedback)
    if let queries {
      let timings = try QueryTimings(
        file: queries, task: command, repetitions: repetitions, index: location.open(), options: options)
      let output = OutputWriter()
      if summary { try timings.summary.write(to: output) } else { try timings.write(to: output) }
      try output.flush()
    } else {
      try BenchProtocol(index: location.open(), options: options).answer()
    }
  }
}
