import ByteStorage
import IndexFormat
import Indexing
import Interchange
import SearchModel
import TestSupport
import TextAnalysis

/// An index in a folder of its own, and what is done with it.
struct SampleIndex {
  let temporary = TemporaryFolder()

  var folder: StorageFolder { StorageFolder(temporary.path(of: "index")) }
  private var exchangePath: String { temporary.path(of: "exchange.ciff") }

  init() {}

  init(_ documents: [Document], _ analyzer: AnalyzerDescription) throws {
    let builder = try IndexBuilder(folder: folder.path, options: IndexBuilder.Options(analyzer: analyzer))
    try builder.submit { SourceBatch(documents: documents, byteCount: 0) }
    _ = try builder.finish()
  }

  /// An index that is imported from these bytes.
  init(importing bytes: [UInt8], _ analyzer: AnalyzerDescription) throws {
    try take(bytes, analyzer)
  }

  /// Imports these bytes in the place of what there is.
  @discardableResult func take(_ bytes: [UInt8], _ analyzer: AnalyzerDescription) throws -> IndexImport.Summary {
    let path = temporary.path(of: "import.ciff")
    let file = try OutputFile(creating: path)
    try file.append(bytes)
    try file.flush()
    return try IndexImport.run(file: path, folder: folder, analyzer: analyzer)
  }

  var segments: [Segment] {
    get throws { try Manifest(in: folder).segments.map { try Segment($0, in: folder) } }
  }

  /// The bytes of an export.
  func exported(
    kinds: [TokenKind]? = nil, description: String? = nil
  ) throws -> [UInt8] {
    let analyzer = try AnalyzerStamp(Manifest(in: folder).analyzer).description
    let export = try IndexExport(segments, analyzer: analyzer, kinds: kinds, description: description)
    let summary = try export.write(to: exchangePath)
    let bytes = try MappedFile(path: exchangePath).view.copied()
    precondition(summary.byteCount == bytes.count, "the summary counts the bytes of the file")
    return bytes
  }

  /// The names of all files of the index with their bytes.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try folder.names() where name != WriteLock.fileName { files[name] = try folder.read(name) }
    return files
  }
}

extension [Document] {
  /// Random documents in both languages, with some emoji, which are scored as they stand.
  static func random(_ seed: UInt64, count: Int, passages: ClosedRange<Int> = 0...4) -> [Document] {
    var generator = RandomDocuments(seed: seed)
    return generator.documents(count: count, passages: passages)
  }
}
