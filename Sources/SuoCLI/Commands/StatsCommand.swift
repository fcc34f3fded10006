import ArgumentParser
import IndexFormat
import JSONText
import Suo

/// `suo stats`: what an index holds.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show what an index holds.",
    discussion: """
      Documents, passages, terms, languages, fields, the bytes of each section, the analyzer and its libraries.

        suo stats
        suo stats --index articles.index --json
      """)

  @OptionGroup var location: IndexLocation

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let folder = try location.folder()
    let description = try IndexDescription(Index(at: folder), folder: folder)
    let output = OutputWriter()
    if json {
      try JSONOutput.write(description.json, to: output)
    } else {
      try description.write(to: output)
    }
    try output.flush()
  }
}
