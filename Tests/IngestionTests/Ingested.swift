import Ingestion
import SearchModel
import TestSupport

/// What a run over some paths gives.
struct Ingested {
  var documents: [Document] = []
  var skipped: [SourceProblem] = []
  var byteCount = 0
  var units = 0

  /// Reads the paths with one thread.
  init(_ paths: [String], _ options: IngestionOptions = IngestionOptions()) throws {
    var sources = try SourceUnits(paths: paths, options: options)
    let parser = DocumentParser(options: options)
    while let unit = sources.next() {
      units += 1
      let parsed = parser.parse(unit)
      documents += parsed.documents
      skipped += parsed.skipped
      byteCount += parsed.byteCount
    }
    skipped += sources.skipped
  }

  /// Reads one file of the given name and content.
  init(_ name: String, _ bytes: [UInt8], _ options: IngestionOptions = IngestionOptions()) throws {
    let folder = TemporaryFolder()
    try self.init([try folder.write(name, bytes)], options)
  }

  init(_ name: String, _ text: String, _ options: IngestionOptions = IngestionOptions()) throws {
    try self.init(name, Array(text.utf8), options)
  }

  var passages: [Passage] { documents.flatMap(\.passages) }
}
