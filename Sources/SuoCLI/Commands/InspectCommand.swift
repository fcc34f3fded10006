import ArgumentParser
import IndexFormat
import Suo

/// `suo inspect`: the sections of an index in words.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what stands in a section of the index.",
    discussion: """
      Terms are written as their kind, a colon and the text: stem:depress, gram:焦虑; those of fields as
      field:tags=exact:brain. Without the kind, terms of all kinds are meant.

        suo inspect terms --prefix depress
        suo inspect postings --term gram:焦虑
        suo inspect passages --from 100 --limit 5
      """)

  @Argument(
    help: ArgumentHelp(
      "The section: \(SegmentSection.allCases.map(\.name).joined(separator: ", ")).", valueName: "section"))
  var section: SegmentSection

  @OptionGroup var location: IndexLocation

  @Option(help: ArgumentHelp("Only this term, of all kinds or of the one before a colon.", valueName: "term"))
  var term: String?

  @Option(help: ArgumentHelp("Only terms that begin so.", valueName: "term"))
  var prefix: String?

  @Option(help: ArgumentHelp("The first row; for terms and postings, how many to pass over.", valueName: "n"))
  var from = 0

  @Option(help: ArgumentHelp("How many rows.", valueName: "n"))
  var limit = 20

  func validate() throws {
    guard from >= 0 else { throw ValidationError("--from: expected 0 or more") }
    guard limit >= 1 else { throw ValidationError("--limit: expected 1 or more") }
    guard term == nil || prefix == nil else { throw ValidationError("expected --term or --prefix, not both") }
    guard term == nil && prefix == nil || [.terms, .postings, .positions].contains(section) else {
      throw ValidationError("--term and --prefix belong to terms, postings and positions")
    }
  }

  func run() throws {
    let index = try location.open()
    let output = OutputWriter()
    let selection = TermSelection(term: term, prefix: prefix)
    for segment in index.reader.segments {
      let excerpt = SectionExcerpt(segment: segment, selection: selection, from: from, limit: limit)
      if index.reader.segments.count > 1 { try output.line("\(segment.record.file):") }
      try excerpt.table(of: section).write(to: output)
    }
    try output.flush()
  }
}
