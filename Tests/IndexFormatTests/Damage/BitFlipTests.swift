import ByteStorage
import IndexFormat
import TestSupport
import Testing

/// Every bit of every file of an index counts: a check without decoding anything finds each of them changed.
struct BitFlipTests {
  private let damaged = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(damaged.path) }

  @Test func everyBitOfTheSegmentIsCovered() throws {
    let index = try SampleIndex.small(seed: 1)
    try folder.replace(Manifest.fileName, with: index.manifestBytes)
    try folder.replace(index.record.file, with: index.segmentBytes)
    try expectFindings(index.record.file, index.segmentBytes)
  }

  @Test func everyBitOfTheManifestIsCovered() throws {
    let index = try SampleIndex.small(seed: 1)
    try folder.replace(Manifest.fileName, with: index.manifestBytes)
    try folder.replace(index.record.file, with: index.segmentBytes)
    try expectFindings(Manifest.fileName, index.manifestBytes)
  }

  private func expectFindings(_ name: String, _ bytes: [UInt8]) throws {
    let path = folder.path(of: name)
    let file = try FileEdit(path)
    for offset in bytes.indices {
      for bit in UInt8(0)..<8 {
        file.write(bytes[offset] ^ (1 << bit), at: offset)
        let report = try IndexCheck.run(folder: damaged.path, deep: false)
        if !report.findings.contains(where: { $0.file == path }) {
          Issue.record("bit \(bit) of byte \(offset) of \(name): \(report.findings)")
        }
      }
      file.write(bytes[offset], at: offset)
    }
    #expect(try IndexCheck.run(folder: damaged.path, deep: true).isSound)
  }
}
