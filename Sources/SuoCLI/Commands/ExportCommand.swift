import ArgumentParser
import Interchange
import JSONText
import Suo
import TextAnalysis

/// `suo export`: the index for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the index in a format of other programs.",
    subcommands: [CIFF.self])

  /// `suo export ciff`: terms, postings and lengths in the Common Index File Format.
  struct CIFF: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ciff",
      abstract: "Write terms, postings and lengths in the Common Index File Format.",
      discussion: """
        A document of the file is a passage. Terms are those that queries are scored by; where they are of several kinds,
        their names are kind:text.

          suo export ciff notes.ciff --index notes.index
          suo export ciff stems.ciff --kinds stem
        """)

    @Argument(help: ArgumentHelp("The file to write; one of this name is replaced.", valueName: "file"))
    var file: String

    @OptionGroup var location: IndexLocation

    @Option(help: ArgumentHelp("Only terms of these kinds, with commas between them.", valueName: "kinds"))
    var kinds: String?

    @Option(help: ArgumentHelp("What the header says for people (default: analyzer and kinds).", valueName: "text"))
    var description: String?

    @Flag(help: "Print the summary as JSON.")
    var json = false

    func validate() throws {
      guard !file.isEmpty, !file.hasSuffix("/") else { throw ValidationError("expected the name of a file") }
    }

    func run() throws {
      let index = try location.open()
      let export = try IndexExport(
        index.reader.segments, analyzer: index.reader.analyzer, kinds: chosenKinds(of: index), description: description)
      let summary = try export.write(to: file)
      let output = OutputWriter()
      if json {
        try JSONOutput.write(
          [
            "file": .string(file), "documents": .integer(summary.documents), "terms": .integer(summary.terms),
            "postings": .integer(summary.postings), "bytes": .integer(summary.byteCount),
          ], to: output)
      } else {
        try output.line(
          "exported \(summary.documents.counting("passage")), \(summary.terms.counting("term")), "
            + "\(summary.postings.counting("posting"))")
        try output.line("\(TerminalText.visible(file)): \(summary.byteCount.asBytes)")
      }
      try output.flush()
    }

    private func chosenKinds(of index: Index) throws(CommandError) -> [TokenKind]? {
      guard let kinds else { return nil }
      let scored = ScoredKinds.of(index.reader.analyzer)
      var chosen: [TokenKind] = []
      for name in kinds.split(separator: ",", omittingEmptySubsequences: false) {
        guard let kind = scored.first(where: { $0.name == name }) else {
          throw .usage(
            "--kinds: the scored terms of this index are of the kinds \(scored.map(\.name).joined(separator: ", ")), "
              + "not '\(name)'")
        }
        if !chosen.contains(kind) { chosen.append(kind) }
      }
      return chosen
    }
  }
}
