import ArgumentParser
import Suo

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `suo search`: ranks passages for a query, or for all topics of an experiment.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search an index.",
    discussion: """
      Words match in any form and order; quotes match as they stand.

        suo search 睡眠 memory
        suo search '"working memory" -sleep lang:en'
        suo search 'tags:brain AND (焦虑 OR anxiety)' --json
        suo search --topics topics.tsv -k 1000 > run.txt

      A query that begins with - goes behind --: suo search -- '-draft:true sleep'
      Exits with 0 when there are hits, with 1 when there are none.
      """)

  @Argument(help: "What to look for; several words are one query.")
  var query: [String] = []

  @OptionGroup var location: IndexLocation

  @Option(
    name: [.customShort("k"), .customLong("limit")],
    help: ArgumentHelp("How many hits (default: 10; with --topics 1000 documents).", valueName: "n"))
  var limit: Int?

  @Option(name: .customLong("lang"), help: ArgumentHelp("Only passages of this language.", valueName: "language"))
  var language: Language?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Tell how each score came about.")
  var explain = false

  @Flag(help: "Show each document once, with its best passage and up to four others.")
  var group = false

  @Flag(inversion: .prefixedNo, help: "Colour matches (default: on a terminal, unless NO_COLOR is set).")
  var color: Bool?

  @OptionGroup var scoring: ScoringArguments

  @Flag(help: "Plain BM25: do not weigh the words of the query, rerank no hits.")
  var plain = false

  @OptionGroup var evidence: EvidenceArguments

  @Flag(
    inversion: .prefixedNo,
    help: "Look for abbreviations by both forms that the texts declare (default: not with --plain and --like).")
  var abbreviations: Bool?

  @Flag(help: "Search again with what the best hits have in common.")
  var feedback = false

  @Option(help: ArgumentHelp("Rank documents for each topic of a file, TSV or JSON lines.", valueName: "file"))
  var topics: String?

  @Option(help: ArgumentHelp("The name of the run that --topics prints (default: suo).", valueName: "tag"))
  var trec: String?

  /// More hits than this are not asked for by people; a run of an experiment has 1,000.
  private static let mostHits = 1_000_000

  func validate() throws {
    guard limit.map({ (1...SearchCommand.mostHits).contains($0) }) ?? true else {
      throw ValidationError("-k: expected 1 to \(SearchCommand.mostHits)")
    }
    try evidence.requireReranking(
      !plain && scoring.model == nil, advice: "--plain and --like rerank no hits, so leave them out")
    if topics != nil {
      guard query.isEmpty else { throw ValidationError("expected a query or --topics, not both") }
      guard !json, !explain, !group, color == nil else {
        throw ValidationError("--topics prints a TREC run; it takes no --json, --explain, --group and --color")
      }
    } else {
      guard trec == nil else { throw ValidationError("--trec names the run of --topics") }
      guard query.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
        throw ValidationError("expected a query, or --topics with a file")
      }
    }
  }

  func run() throws {
    if let topics {
      try TopicsRun(file: topics, tag: trec ?? "suo", options: options(limit: limit ?? 1000)).run(location)
    } else {
      try search(query.joined(separator: " "))
    }
  }

  private func options(limit: Int) -> SearchOptions {
    scoring.options(
      limit: limit, language: language, weighsTerms: !plain, reranks: !plain, evidence: evidence,
      expandsAbbreviations: abbreviations, usesFeedback: feedback, groupsByDocument: group, explains: explain)
  }

  private func search(_ text: String) throws {
    let index = try location.open()
    let start = ContinuousClock.now
    let results: SearchResults
    do throws(SuoError) {
      results = try index.search(text, options: options(limit: limit ?? 10))
    } catch {
      guard case .invalidQuery(let column, let reason) = error else { throw error }
      throw CommandError.malformedQuery(query: text, column: column, reason: reason)
    }
    let milliseconds = start.duration(to: .now).milliseconds
    let output = OutputWriter()
    if json {
      try JSONOutput.write(JSONOutput.search(text, results, milliseconds: milliseconds), to: output)
    } else {
      let printer = HitPrinter(
        isColoured: Terminal.usesColour(color),
        terminalColumns: Terminal.isInteractive(STDOUT_FILENO) ? Terminal.columns(STDOUT_FILENO) : nil)
      for hit in results.hits { try printer.write(hit, to: output) }
      if explain, let added = results.addedTerms { try printer.write(added, to: output) }
      if !results.hits.isEmpty { try output.line(summary(results, milliseconds)) }
    }
    try output.flush()
    guard results.hits.isEmpty else { return }
    if !json { Messages.write("no passage matches") }
    throw CommandError.finished(.nothingFound)
  }

  private func summary(_ results: SearchResults, _ milliseconds: Double) -> String {
    let total = results.total.value.counting("passage")
    let least = results.total.relation == .atLeast ? "at least " : ""
    let verb = results.total.value == 1 ? "matches" : "match"
    let shown = group ? "the best \(results.hits.count.counting("document"))" : "the best \(results.hits.count.grouped)"
    return "\(least)\(total) \(verb), \(shown) shown; \(milliseconds.fixed(1)) ms"
  }
}
