import ByteStorage
import IndexFormat
import Indexing
import SearchModel
import TestSupport
import TextAnalysis

/// An index that a test has built, in a folder of its own unless it names one.
struct BuiltIndex {
  let temporary: TemporaryFolder
  let summary: BuildSummary
  let outcomes: [BatchOutcome]

  var folder: StorageFolder { StorageFolder(temporary.path) }

  init(
    _ batches: [[Document]], in temporary: TemporaryFolder = TemporaryFolder(),
    options: IndexBuilder.Options = IndexBuilder.Options()
  ) throws {
    self.temporary = temporary
    var outcomes: [BatchOutcome] = []
    let builder = try IndexBuilder(folder: temporary.path, options: options) { outcomes.append($0) }
    for (number, batch) in batches.enumerated() {
      try builder.submit { SourceBatch(documents: batch, byteCount: number + 1) }
    }
    summary = try builder.finish()
    self.outcomes = outcomes
  }

  func segment() throws -> Segment { try Segment(Manifest(in: folder).segments[0], in: folder) }

  /// The names of all files of the index with their bytes.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try folder.names() where name != WriteLock.fileName { files[name] = try folder.read(name) }
    return files
  }
}

extension [Document] {
  /// The documents in batches of this size.
  func batches(of size: Int) -> [[Document]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
