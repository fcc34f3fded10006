import ArgumentParser
import JSONText
import Suo

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `suo index`: builds an index in the place of the one that is there.
struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Index files and folders, in the place of what the index held.",
    discussion: """
      Reads Markdown, plain text, HTML, JSON lines and TSV. In folders, files of other kinds are passed over.

        suo index ~/notes
        suo index articles.jsonl --index articles.index
        zcat dump.tsv.gz | suo index --format tsv -

      Exits with 0 when everything was indexed, with 3 when it was but for some files or records, which are named on \
      standard error, and with 2 when nothing was.
      """)

  @Argument(help: ArgumentHelp("Files and folders; - for standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup var location: IndexLocation

  @Option(help: ArgumentHelp("The format of all sources (default: by their names).", valueName: "format"))
  var format: SourceOptions.Format?

  @Option(help: ArgumentHelp("An analyzer's name, or a JSON file that describes one.", valueName: "analyzer"))
  var analyzer: String = AnalyzerChoice.bilingual.name

  @Flag(
    inversion: .prefixedNo,
    help: "Divide documents into passages (default: texts yes, records of JSON lines and TSV no).")
  var split: Bool?

  @Flag(help: "Keep no texts: hits are ranked and named, but not shown.")
  var noStore = false

  @Flag(
    inversion: .prefixedNo,
    help: "Make the vectors by which searches rerank hits (default: for the analyzers bilingual and english).")
  var latent: Bool?

  @Option(
    help: ArgumentHelp(
      "How often the words of title and headings count in every passage below them, beside the text (default: 0).",
      valueName: "n"))
  var headingWeight = 0

  @Flag(help: "Bring the documents into an order in which like ones lie together: for sources in no order.")
  var reorder = false

  @Flag(help: "Read files and folders whose names begin with a dot.")
  var hidden = false

  @Flag(help: "Follow symbolic links in folders.")
  var followLinks = false

  @Option(help: ArgumentHelp("Divide passages longer than this: a Chinese character counts 1, an English word 2."))
  var longestPassage = 400

  @Option(help: "Join neighbouring passages shorter than this.")
  var shortestPassage = 40

  @Option(help: ArgumentHelp("Threads that read and analyze (default: one for each processor).", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("Memory for postings, in MB.", valueName: "megabytes"))
  var memory = 256

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(help: "Print neither progress nor summary.")
  var quiet = false

  func validate() throws {
    guard threads.map({ (1...1024).contains($0) }) ?? true else {
      throw ValidationError("--threads: expected 1 to 1024")
    }
    guard (1...1_000_000).contains(memory) else { throw ValidationError("--memory: expected 1 to 1000000 MB") }
    guard (0...100).contains(headingWeight) else { throw ValidationError("--heading-weight: expected 0 to 100") }
    guard longestPassage >= 10 else { throw ValidationError("--longest-passage: expected 10 or more") }
    guard (0...longestPassage / 2).contains(shortestPassage) else {
      throw ValidationError("--shortest-passage: expected 0 to half of --longest-passage")
    }
  }

  func run() throws {
    let folder = try location.folder()
    let options = IndexOptions(
      analyzer: try AnalyzerArgument.choice(analyzer), storesTexts: !noStore,
      threads: threads ?? IndexCommand.processors, postingsMemory: memory << 20,
      makesLatentVectors: latent, headingWeight: headingWeight, reordersDocuments: reorder)
    let start = ContinuousClock.now
    let line = ProgressLine(isQuiet: quiet)
    let intake = Intake()
    let writer = try IndexWriter(at: folder, options: options) { progress in
      if !progress.problems.isEmpty { line.clear() }
      for problem in progress.problems { Messages.write("skipped \(problem)") }
      intake.skipped += progress.problems.count
      (intake.files, intake.bytes) = (progress.files, progress.bytes)
      line.update(progress)
    }
    defer { line.clear() }
    try writer.add(paths: paths, sources: sources)
    guard try writer.takeAll() > 0 else {
      line.clear()
      throw CommandError.failure("nothing was indexed: no document found in \(paths.joined(separator: " "))")
    }
    line.show("writing the index")
    let summary = try writer.commit()
    line.clear()
    if !quiet || json {
      try print(summary, folder: folder, intake, seconds: start.duration(to: .now).seconds)
    }
    if intake.skipped > 0 { throw CommandError.finished(.indexedWithGaps) }
  }

  /// What was taken up and what was left out so far.
  private final class Intake {
    var skipped = 0
    var files = 0
    var bytes = 0
  }

  private var sources: SourceOptions {
    SourceOptions(
      format: format, splits: split, includesHidden: hidden, followsSymbolicLinks: followLinks,
      longestPassage: longestPassage, shortestPassage: shortestPassage)
  }

  private static var processors: Int { max(1, min(1024, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }

  private func print(_ summary: IndexSummary, folder: String, _ intake: Intake, seconds: Double) throws {
    let output = OutputWriter()
    if json {
      try JSONOutput.write(
        [
          "index": .string(folder), "files": .integer(intake.files), "documents": .integer(summary.documents),
          "passages": .integer(summary.passages), "terms": .integer(summary.terms),
          "source_bytes": .integer(intake.bytes), "index_bytes": .integer(summary.bytes),
          "skipped": .integer(intake.skipped), "seconds": .number((seconds * 1000).rounded() / 1000),
        ], to: output)
    } else {
      let rate = seconds > 0 ? " (\((Double(intake.bytes) / 1e6 / seconds).fixed(1)) MB/s)" : ""
      let skipped = intake.skipped > 0 ? "; \(intake.skipped.grouped) skipped" : ""
      try output.line(
        "indexed \(summary.documents.counting("document")), \(summary.passages.counting("passage")) "
          + "from \(intake.bytes.asBytes) in \(seconds.fixed(2)) s\(rate)\(skipped)")
      try output.line("\(TerminalText.visible(folder)): \(summary.bytes.asBytes), \(summary.terms.counting("term"))")
    }
    try output.flush()
  }
}
