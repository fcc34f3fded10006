import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct SegmentFileTests {
  private let temporary = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(temporary.path) }

  /// Sections of all lengths around the alignment.
  private static let sizes = [0, 1, 63, 64, 65, 100, 0, 4096, 88, 24]

  private func write(sizes: [Int] = SegmentFileTests.sizes) throws -> SegmentRecord {
    var writer = try SegmentWriter(in: folder)
    for (section, size) in zip(SegmentSection.allCases, sizes) {
      try writer.begin(section)
      try writer.append([UInt8](repeating: UInt8(section.rawValue), count: size / 2))
      #expect(writer.sectionLength == size / 2)
      try writer.append([UInt8](repeating: UInt8(section.rawValue), count: size - size / 2))
      writer.end()
    }
    return try writer.finish()
  }

  /// Writes a file whose checksums of header and footer are right again after a change.
  private func writeAgain(_ record: SegmentRecord, _ change: (inout [UInt8]) -> Void) throws -> SegmentRecord {
    var bytes = try folder.read(record.file)
    change(&bytes)
    let trailer = bytes.count - SegmentLayout.trailerBytes
    let entries = trailer - SegmentSection.allCases.count * SegmentLayout.footerEntryBytes
    func store(_ value: UInt64, at offset: Int) {
      withUnsafeBytes(of: value.littleEndian) { bytes.replaceSubrange(offset..<(offset + 8), with: $0) }
    }
    store(bytes[..<56].withUnsafeBytes { Checksum.of($0) }, at: 56)
    let checked = Array(bytes[56..<64] + bytes[entries..<trailer])
    store(checked.withUnsafeBytes { Checksum.of($0) }, at: trailer)
    try folder.replace("changed.suo", with: bytes)
    return SegmentRecord(file: "changed.suo", identity: record.identity, byteCount: bytes.count)
  }

  @Test func sectionsComeBackAligned() throws {
    let record = try write()
    #expect(try folder.names() == [record.file])
    #expect(record.file == "segment-\(record.identity).suo")
    let file = try SegmentFile(record, in: folder)
    let bytes = try folder.read(record.file)
    #expect(bytes.count == record.byteCount)
    for (section, size) in zip(SegmentSection.allCases, SegmentFileTests.sizes) {
      let found = try file.section(section)
      #expect(found.view.copied() == [UInt8](repeating: UInt8(section.rawValue), count: size))
      #expect(Int(bitPattern: found.view.base) % SegmentLayout.alignment == 0)
      #expect(found.file == folder.path(of: record.file))
      try file.verify(section)
    }
    try file.verifyPadding()
  }

  @Test func equalContentHasAnEqualName() throws {
    let first = try write()
    let second = try write()
    #expect(first == second)
    let third = try write(sizes: [1] + SegmentFileTests.sizes.dropFirst())
    #expect(third.identity != first.identity)
  }

  @Test func aSectionThatIsNotThereIsNamed() throws {
    let file = try SegmentFile(write(sizes: [1, 2]), in: folder)
    #expect(
      throws: IndexError.damaged(
        file: file.path, section: "footer", reason: "expected a section statistics, found none")
    ) { try file.section(.statistics) }
  }

  @Test func aFileOfALaterVersionIsNamedAsSuch() throws {
    let record = try write()
    let version = SegmentLayout.readable.upperBound + 1
    let later = try writeAgain(record) { bytes in
      bytes[8] = UInt8(version)
      bytes[bytes.count - 12] = UInt8(version)
    }
    #expect(
      throws: IndexError.unsupportedVersion(
        file: folder.path(of: later.file), found: version, supported: SegmentLayout.readable)
    ) { try SegmentFile(later, in: folder) }
    let same = try writeAgain(record) { _ in }
    _ = try SegmentFile(same, in: folder)
  }

  @Test func aFooterThatNamesOtherPlacesIsRefused() throws {
    let record = try write()
    let count = try folder.read(record.file).count
    let entry = count - SegmentLayout.trailerBytes - SegmentLayout.footerEntryBytes
    let changes: [(offset: Int, value: UInt64)] = [
      (entry, 11), (entry, 0), (entry + 8, 0), (entry + 8, 65), (entry + 8, .max), (entry + 8, UInt64(count)),
      (entry + 8, 1 << 62), (entry + 16, .max), (entry + 16, UInt64(count)), (entry + 16, 1 << 63),
    ]
    for (offset, value) in changes {
      let changed = try writeAgain(record) { bytes in
        withUnsafeBytes(of: value.littleEndian) { bytes.replaceSubrange(offset..<(offset + 8), with: $0) }
      }
      #expect(throws: IndexError.self, "\(value) at \(offset - entry)") { try SegmentFile(changed, in: folder) }
    }
  }

  @Test func anotherSegmentUnderTheNameIsRefused() throws {
    let record = try write()
    var other = record
    other.identity = String(repeating: "0", count: 32)
    #expect {
      try SegmentFile(other, in: folder)
    } throws: { "\($0)".contains(folder.path(of: record.file)) && "\($0)".contains("segment id") }
  }

  @Test func paddingThatIsNotZeroIsFound() throws {
    let record = try write()
    let changed = try writeAgain(record) { $0[SegmentLayout.headerBytes + SegmentLayout.alignment - 1] ^= 1 }
    // The section of one byte leaves 63 bytes between itself and the next.
    #expect(throws: IndexError.self) { try SegmentFile(changed, in: folder).verifyPadding() }
  }

  @Test func aWriterCopiesWholeFiles() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    try folder.replace("source", with: bytes)
    var writer = try SegmentWriter(in: folder)
    try writer.begin(.texts)
    try writer.copy(MappedFile(path: folder.path(of: "source")))
    writer.end()
    let file = try SegmentFile(writer.finish(), in: folder)
    #expect(try file.section(.texts).view.copied() == bytes)
    try file.verify(.texts)
  }
}
