import ArgumentParser
import ByteStorage
import Interchange
import JSONText
import Suo

/// `suo import`: an index of what another program has written.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make an index of a file in a format of other programs.",
    subcommands: [CIFF.self])

  /// `suo import ciff`: an index of terms, postings and lengths in the Common Index File Format.
  struct CIFF: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ciff",
      abstract: "Make an index of a file in the Common Index File Format.",
      discussion: """
        The index ranks as the file's own statistics say. It has no texts, so hits are named and not shown, and no
        positions, so it answers no phrases. It takes the place of the one that the folder holds.

          suo import ciff robust04.ciff --index robust04.index --analyzer standard
        """)

    @Argument(help: ArgumentHelp("The file; a compressed one is unpacked before.", valueName: "file"))
    var file: String

    @OptionGroup var location: IndexLocation

    @Option(
      help: ArgumentHelp(
        "The analyzer for queries, whose terms the file has: a name, or a JSON file.", valueName: "analyzer"))
    var analyzer = "whitespace"

    @Flag(help: "Print the summary as JSON.")
    var json = false

    func run() throws {
      let folder = try location.folder()
      let summary = try IndexImport.run(
        file: file, folder: StorageFolder(folder), analyzer: AnalyzerArgument.choice(analyzer).description)
      let output = OutputWriter()
      let (documents, terms) = (summary.statistics.documents, summary.statistics.terms)
      if json {
        try JSONOutput.write(
          [
            "index": .string(folder), "documents": .integer(documents), "terms": .integer(terms),
            "postings": .integer(summary.statistics.postings), "tokens": .integer(summary.statistics.totalLength),
            "collection_documents": .integer(summary.collectionDocuments),
            "collection_terms": .integer(summary.collectionTerms), "index_bytes": .integer(summary.byteCount),
            "description": .string(summary.description),
          ], to: output)
      } else {
        try output.line(
          "imported \(documents.counting("document")), \(terms.counting("term")), "
            + "\(summary.statistics.postings.counting("posting"))")
        if summary.collectionDocuments != documents || summary.collectionTerms != terms {
          try output.line(
            "the collection has \(summary.collectionDocuments.counting("document")) and "
              + "\(summary.collectionTerms.counting("term")); ranking goes by what the file holds")
        }
        try output.line("\(TerminalText.visible(folder)): \(summary.byteCount.asBytes)")
      }
      try output.flush()
    }
  }
}
