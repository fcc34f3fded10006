package import ByteStorage

/// An opened segment file: its header and footer are verified, its sections are views into the mapped file.
package struct SegmentFile: Sendable {
  package let path: String
  private let sections: [SegmentSection: SectionBytes]
  private let checksums: [SegmentSection: UInt64]
  /// The bytes between the sections, which no checksum covers.
  private let padding: [ByteView]

  /// Maps a segment file and verifies header and footer; the sections are not read.
  ///
  /// - Throws: `IndexError` that names the file and what it should have been.
  package init(_ record: SegmentRecord, in folder: StorageFolder) throws(IndexError) {
    let path = folder.path(of: record.file)
    let file: MappedFile
    do { file = try MappedFile(path: path, expectedCount: record.byteCount) } catch { throw .storage(error) }
    do throws(StorageError) {
      (sections, checksums, padding) = try SegmentFile.readFooter(file, identity: record.identity)
    } catch {
      throw SegmentFile.refusal(of: file, error)
    }
    self.path = path
  }

  /// The bytes of a section.
  package func section(_ section: SegmentSection) throws(IndexError) -> SectionBytes {
    guard let bytes = sections[section] else {
      throw .damaged(file: path, section: "footer", reason: "expected a section \(section.name), found none")
    }
    return bytes
  }

  /// Compares the checksum of a section with the footer's.
  package func verify(_ section: SegmentSection) throws(IndexError) {
    let bytes = try self.section(section)
    let found = Checksum.of(bytes.view)
    guard let expected = checksums[section], found == expected else {
      throw .damaged(
        file: path, section: section.name,
        reason: "expected checksum \(String(checksums[section] ?? 0, radix: 16)), found \(String(found, radix: 16))")
    }
  }

  /// Sees that the bytes between the sections are zero.
  package func verifyPadding() throws(IndexError) {
    for stretch in padding where stretch.withBytes({ $0.contains { $0 != 0 } }) {
      throw .damaged(file: path, section: "padding", reason: "expected zeros between the sections")
    }
  }

  private static func readFooter(
    _ file: MappedFile, identity: String
  ) throws(StorageError) -> ([SegmentSection: SectionBytes], [SegmentSection: UInt64], [ByteView]) {
    let view = file.view
    let header = try view.slice(0, SegmentLayout.headerBytes)
    let trailerStart = view.count - SegmentLayout.trailerBytes
    let trailer = try view.slice(trailerStart, SegmentLayout.trailerBytes)
    guard try header.slice(0, 8).copied() == SegmentLayout.magic else {
      throw .inconsistent(reason: "expected the magic bytes of a segment at its beginning")
    }
    guard try trailer.slice(24, 8).copied() == SegmentLayout.endMagic else {
      throw .inconsistent(reason: "expected the end mark of a segment in its last 8 bytes")
    }
    let headerChecksum = try header.load(56, as: UInt64.self)
    guard try Checksum.of(header.slice(0, 56)) == headerChecksum else {
      throw .inconsistent(reason: "the header's checksum does not match")
    }
    guard SegmentLayout.readable.contains(Int(try header.load(8, as: UInt32.self))) else {
      throw .inconsistent(reason: "expected a version of the format that this program reads")
    }
    guard try header.slice(16, SegmentLayout.identityBytes).copied().hexadecimal == identity else {
      throw .inconsistent(reason: "expected segment id \(identity) in the header")
    }
    let count = Int(try trailer.load(16, as: UInt32.self))
    let entriesStart = trailerStart - count * SegmentLayout.footerEntryBytes
    let entries = try view.slice(entriesStart, count * SegmentLayout.footerEntryBytes)
    let checked = try header.slice(56, 8).copied() + entries.copied()
    guard try trailer.load(0, as: UInt64.self) == checked.withUnsafeBytes({ Checksum.of($0) }) else {
      throw .inconsistent(reason: "the footer's checksum does not match")
    }
    guard try trailer.load(8, as: UInt64.self) == UInt64(view.count), try header.load(12, as: UInt32.self) == count,
      try trailer.load(20, as: UInt32.self) == header.load(8, as: UInt32.self)
    else { throw .inconsistent(reason: "length, version or number of sections differ between header and footer") }

    var sections: [SegmentSection: SectionBytes] = [:]
    var checksums: [SegmentSection: UInt64] = [:]
    var padding: [ByteView] = []
    var end = SegmentLayout.headerBytes
    for index in 0..<count {
      let entry = try entries.slice(index * SegmentLayout.footerEntryBytes, SegmentLayout.footerEntryBytes)
      guard let section = SegmentSection(rawValue: try entry.load(0, as: UInt32.self)),
        let offset = Int(exactly: try entry.load(8, as: UInt64.self)),
        let length = Int(exactly: try entry.load(16, as: UInt64.self)),
        offset >= end, offset % SegmentLayout.alignment == 0, offset <= entriesStart, length >= 0,
        length <= entriesStart - offset
      else { throw .inconsistent(reason: "entry \(index) of the footer names no part of the file") }
      padding.append(try view.slice(end, offset - end))
      end = offset + length
      sections[section] = SectionBytes(view: try view.slice(offset, length), file: file.path, section: section)
      checksums[section] = try entry.load(24, as: UInt64.self)
    }
    padding.append(try view.slice(end, entriesStart - end))
    return (sections, checksums, padding)
  }

  /// Says what is wrong with a file whose header or footer does not hold.
  private static func refusal(of file: MappedFile, _ error: StorageError) -> IndexError {
    guard let magic = try? file.view.slice(0, 8).copied(), magic == SegmentLayout.magic else {
      return .foreignFile(file: file.path, expected: "expected the magic bytes of a segment at its beginning")
    }
    if let version = try? file.view.load(8, as: UInt32.self), !SegmentLayout.readable.contains(Int(version)),
      let header = try? file.view.slice(0, 56), let checksum = try? file.view.load(56, as: UInt64.self),
      Checksum.of(header) == checksum
    {
      return .unsupportedVersion(file: file.path, found: Int(version), supported: SegmentLayout.readable)
    }
    return .damaged(file: file.path, section: "header or footer", reason: error.description)
  }
}
