import ByteStorage
import IndexFormat
import Retrieval
import TestSupport
import Testing

/// Files that belong to something else are refused, and the error names them.
struct ForeignFileTests {
  private let mixed = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(mixed.path) }

  private func expectRefusal(naming file: String, _ label: Comment) throws {
    do {
      _ = try IndexReader(folder: mixed.path)
      Issue.record(label)
    } catch {
      #expect(error.file == folder.path(of: file), label)
    }
    let report = try IndexCheck.run(folder: mixed.path, deep: false)
    #expect(report.findings.contains { $0.file == folder.path(of: file) }, label)
  }

  @Test func theManifestOfAnotherIndexNamesAnotherSegment() throws {
    let (one, other) = (try SampleIndex.small(seed: 1), try SampleIndex.small(seed: 2))
    try folder.replace(Manifest.fileName, with: other.manifestBytes)
    try folder.replace(one.record.file, with: one.segmentBytes)
    try expectRefusal(naming: other.record.file, "the other segment is missing")
  }

  @Test func theSegmentOfAnotherIndexIsRefusedUnderTheRightName() throws {
    let (one, other) = (try SampleIndex.small(seed: 1), try SampleIndex.small(seed: 2))
    // Of the same length, so that only its id tells.
    var manifest = one.manifest
    manifest.segments[0].byteCount = other.segmentBytes.count
    try folder.replace(Manifest.fileName, with: manifest.encoded())
    try folder.replace(one.record.file, with: other.segmentBytes)
    try expectRefusal(naming: one.record.file, "another id")
  }

  @Test func otherContentIsRefused() throws {
    let index = try SampleIndex.small(seed: 1)
    let count = index.segmentBytes.count
    let contents: [(Comment, [UInt8])] = [
      ("zeros", [UInt8](repeating: 0, count: count)), ("empty", []), ("longer", index.segmentBytes + [0]),
      ("twice", index.segmentBytes + index.segmentBytes), ("text", Array("hello".utf8)),
      ("zeros at the end", index.segmentBytes.prefix(count / 2) + [UInt8](repeating: 0, count: count - count / 2)),
    ]
    for (label, content) in contents {
      for recorded in [count, content.count] where recorded != count || content != index.segmentBytes {
        var manifest = index.manifest
        manifest.segments[0].byteCount = recorded
        try folder.replace(Manifest.fileName, with: manifest.encoded())
        try folder.replace(index.record.file, with: content)
        try expectRefusal(naming: index.record.file, label)
      }
    }
    try folder.replace(index.record.file, with: index.segmentBytes)
    for (label, content) in contents where label != "longer" && label != "twice" {
      try folder.replace(Manifest.fileName, with: content)
      try expectRefusal(naming: Manifest.fileName, label)
    }
  }

  @Test func aSegmentThatIsAFolderIsRefused() throws {
    let index = try SampleIndex.small(seed: 1)
    try folder.replace(Manifest.fileName, with: index.manifestBytes)
    try StorageFolder(folder.path(of: index.record.file)).create()
    try expectRefusal(naming: index.record.file, "a folder")
  }
}
