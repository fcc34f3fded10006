import ArgumentParser
import IndexFormat
import JSONText
import Suo

/// `suo check`: whether an index is what was written.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check an index for damage.",
    discussion: """
      Compares every section with its checksum; --deep also decodes all of it and compares it with its own numbers.
      Check an index that came from elsewhere before you search it.

        suo check --deep --index articles.index

      Exits with 0 when the index is sound, with 1 when it is damaged.
      """)

  @OptionGroup var location: IndexLocation

  @Flag(help: "Decode every term, posting, position and record.")
  var deep = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let folder = try location.folder()
    let report = try IndexCheck.run(folder: folder, deep: deep)
    let output = OutputWriter()
    if json {
      try JSONOutput.write(encoded(report, folder), to: output)
    } else {
      try write(report, folder, to: output)
    }
    try output.flush()
    if !report.isSound { throw CommandError.finished(.nothingFound) }
  }

  private func write(_ report: CheckReport, _ folder: String, to output: OutputWriter) throws(OutputError) {
    var table = TextTable([("section", .leading), ("bytes", .trailing), ("checksum", .leading)])
    for section in report.sections {
      table.append([section.section.name, section.byteCount.grouped, section.checksumHolds ? "ok" : "DIFFERS"])
    }
    if !report.sections.isEmpty { try table.write(to: output) }
    if deep && report.isSound {
      try output.line(
        "decoded \(report.passages.counting("passage")), \(report.terms.counting("term")), "
          + report.postings.counting("posting"))
    }
    if report.headingWeight > 0 {
      try output.line("headings count \(report.headingWeight.counting("time")) in every passage below them")
    }
    for finding in report.findings { try output.line("damage: \(TerminalText.visible(finding.description))") }
    if report.omittedFindings > 0 { try output.line("damage: \(report.omittedFindings.grouped) more of the same kind") }
    let place = TerminalText.visible(folder)
    try output.line(
      report.isSound ? "\(place): sound" : "\(place): damaged; index the sources again, or fetch the index again")
  }

  private func encoded(_ report: CheckReport, _ folder: String) -> JSONValue {
    [
      "index": .string(folder), "sound": .bool(report.isSound), "deep": .bool(deep),
      "sections": .array(
        report.sections.map { section -> JSONValue in
          [
            "file": .string(section.file), "section": .string(section.section.name),
            "bytes": .integer(section.byteCount), "ok": .bool(section.checksumHolds),
          ]
        }),
      "damage": .array(report.findings.map { .string($0.description) }),
      "omitted": .integer(report.omittedFindings),
      "passages": .integer(report.passages), "terms": .integer(report.terms), "postings": .integer(report.postings),
      "heading_weight": .integer(report.headingWeight),
    ]
  }
}
