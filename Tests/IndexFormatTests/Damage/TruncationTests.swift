import ByteStorage
import IndexFormat
import Retrieval
import TestSupport
import Testing

/// A file cut short at any length is refused with an error that names it.
struct TruncationTests {
  private let damaged = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(damaged.path) }

  /// Opening must fail, and the check must find it too.
  private func expectRefusal(naming file: String, _ label: Comment) throws {
    do {
      _ = try IndexReader(folder: damaged.path)
      Issue.record(label)
    } catch {
      #expect(error.file == folder.path(of: file), label)
    }
    let report = try IndexCheck.run(folder: damaged.path, deep: true)
    #expect(report.findings.contains { $0.file == folder.path(of: file) }, label)
  }

  @Test func aShorterSegmentIsRefused() throws {
    let index = try SampleIndex.small(seed: 1)
    try folder.replace(Manifest.fileName, with: index.manifestBytes)
    for count in index.segmentBytes.indices {
      try folder.write(index.record.file, Array(index.segmentBytes.prefix(count)))
      try expectRefusal(naming: index.record.file, "\(count) bytes")
    }
  }

  @Test func aSegmentThatWasShortWhenItWasRecordedIsRefused() throws {
    let index = try SampleIndex.small(seed: 1)
    var manifest = index.manifest
    for count in index.segmentBytes.indices {
      try folder.write(index.record.file, Array(index.segmentBytes.prefix(count)))
      manifest.segments[0].byteCount = count
      try folder.write(Manifest.fileName, manifest.encoded())
      try expectRefusal(naming: index.record.file, "\(count) bytes")
    }
  }

  @Test func aShorterManifestIsRefused() throws {
    let index = try SampleIndex.small(seed: 1)
    try folder.replace(index.record.file, with: index.segmentBytes)
    for count in index.manifestBytes.indices {
      try folder.write(Manifest.fileName, Array(index.manifestBytes.prefix(count)))
      try expectRefusal(naming: Manifest.fileName, "\(count) bytes")
    }
  }
}

extension StorageFolder {
  /// Writes a file without making it durable: tests write many.
  func write(_ name: String, _ bytes: [UInt8]) throws(StorageError) {
    let file = try OutputFile(creating: path(of: name))
    try file.append(bytes)
    try file.flush()
  }
}
