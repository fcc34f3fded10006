import ByteStorage
import IndexFormat
import Indexing
import SearchModel
import TestSupport
import Testing

/// What is in the folder before, while and after an index is built there.
struct SegmentAssemblyTests {
  private let temporary = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(temporary.path) }

  private func documents(_ seed: UInt64) -> [Document] {
    var generator = RandomDocuments(seed: seed)
    return generator.documents(count: 40)
  }

  private func names(_ manifest: Manifest) -> [String] {
    ([Manifest.fileName, WriteLock.fileName] + manifest.segments.map(\.file)).sorted()
  }

  @Test func aFinishedFolderHoldsTheIndexAlone() throws {
    _ = try BuiltIndex(documents(1).batches(of: 5), in: temporary, options: IndexBuilder.Options(postingsMemory: 0))
    #expect(try folder.names() == names(Manifest(in: folder)))
  }

  @Test func aReorderedIndexIsAloneInItsFolder() throws {
    for seed in [1, 1, 2] as [UInt64] {
      _ = try BuiltIndex(
        documents(seed).batches(of: 5), in: temporary,
        options: IndexBuilder.Options(postingsMemory: 0, reordersDocuments: true))
      #expect(try folder.names() == names(Manifest(in: folder)))
    }
  }

  @Test func anOpenedSegmentOutlivesItsReplacement() throws {
    let old = try BuiltIndex([documents(1)], in: temporary)
    let segment = try old.segment()
    let before = try NaiveIndex(segment)
    let new = try BuiltIndex([documents(2)], in: temporary)
    #expect(!folder.contains(segment.record.file))
    let after = try NaiveIndex(segment)
    #expect(after.terms == before.terms && after.lengths == before.lengths)
    #expect(try new.files() == BuiltIndex([documents(2)]).files())
  }

  @Test func theSameDocumentsAgainGiveTheSameIndex() throws {
    let first = try BuiltIndex([documents(1)], in: temporary).files()
    #expect(try BuiltIndex([documents(1)], in: temporary).files() == first)
  }

  @Test func leftoversOfACrashAreRemoved() throws {
    let leftovers = ["segment.pending", "manifest.pending", "positions.pending", "run-7.pending", "unordered.pending"]
    for name in leftovers + ["segment-0123.suo"] {
      try folder.replace(name, with: [1, 2, 3])
    }
    try folder.replace("notes.txt", with: [4])
    _ = try BuiltIndex([documents(1)], in: temporary)
    #expect(try folder.names() == (names(Manifest(in: folder)) + ["notes.txt"]).sorted())
  }

  @Test func aDroppedBuilderLeavesWhatWasThere() throws {
    let before = try BuiltIndex([documents(1)], in: temporary).files()
    func dropped(reorders: Bool) throws {
      let builder = try IndexBuilder(
        folder: temporary.path, options: IndexBuilder.Options(postingsMemory: 0, reordersDocuments: reorders))
      for batch in documents(2).batches(of: 3) { try builder.submit { SourceBatch(documents: batch, byteCount: 0) } }
    }
    for reorders in [false, true] {
      try dropped(reorders: reorders)
      #expect(try files() == before)
    }
  }

  @Test func oneBuilderWritesAtATime() throws {
    let builder = try IndexBuilder(folder: temporary.path, options: IndexBuilder.Options())
    #expect {
      try IndexBuilder(folder: temporary.path, options: IndexBuilder.Options())
    } throws: { error in
      guard case .index(.storage(.locked(let path))) = error as? IndexingError else { return false }
      return path == temporary.path
    }
    _ = try builder.finish()
  }

  /// A folder stands where a file has to be written, so that writing fails at each of these steps.
  @Test(
    arguments: ["segment.pending", "run-0.pending", "positions.pending", "manifest.pending", "unordered.pending"],
    [false, true])
  func aFailureLeavesTheOldIndex(name: String, reorders: Bool) throws {
    if name == "unordered.pending" && !reorders { return }
    let before = try BuiltIndex([documents(1)], in: temporary).files()
    try StorageFolder(folder.path(of: name)).create()
    func build() throws {
      let builder = try IndexBuilder(
        folder: temporary.path, options: IndexBuilder.Options(postingsMemory: 0, reordersDocuments: reorders))
      for batch in documents(2).batches(of: 9) { try builder.submit { SourceBatch(documents: batch, byteCount: 0) } }
      _ = try builder.finish()
    }
    #expect {
      try build()
    } throws: { "\($0)".contains(folder.path(of: name)) }
    for (file, bytes) in before { #expect(try folder.read(file) == bytes, "\(file)") }
    #expect(try folder.names().filter { $0.hasSuffix(".pending") } == [name])
    #expect(try IndexCheck.run(folder: temporary.path, deep: true).findings == [])
  }

  @Test func aFolderThatCannotBeMadeIsAnError() throws {
    try folder.replace("file", with: [])
    #expect {
      try IndexBuilder(folder: folder.path(of: "file"), options: IndexBuilder.Options())
    } throws: { "\($0)".contains(folder.path(of: "file")) }
  }

  private func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try folder.names() where name != WriteLock.fileName { files[name] = try folder.read(name) }
    return files
  }
}
