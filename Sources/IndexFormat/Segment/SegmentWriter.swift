package import ByteStorage

/// Writes a segment file section by section; the file takes its final name when it is complete and durable.
package struct SegmentWriter: ~Copyable {
  private let folder: StorageFolder
  private let file: OutputFile
  private let name: String
  private var entries: [Entry] = []
  private var current: (section: SegmentSection, start: Int)?
  private var checksum = Checksum()

  private struct Entry {
    var section: SegmentSection
    var offset: Int
    var length: Int
    var checksum: UInt64
  }

  /// Begins a file in `folder`.
  ///
  /// - Parameter name: what the file is called until it is complete.
  package init(in folder: StorageFolder, name: String = SegmentWriter.pendingName) throws(StorageError) {
    let file = try OutputFile(creating: folder.path(of: name))
    try file.append([UInt8](repeating: 0, count: SegmentLayout.headerBytes))
    self.folder = folder
    self.file = file
    self.name = name
  }

  /// What the file of an index is called until it is complete; a leftover of this name is overwritten.
  package static let pendingName = "segment.pending"

  /// Bytes of the current section so far.
  package var sectionLength: Int { current.map { file.count - $0.start } ?? 0 }

  /// Begins a section. Sections come in the order of their numbers, each once.
  package mutating func begin(_ section: SegmentSection) throws(StorageError) {
    precondition(current == nil, "the section before has not been ended")
    precondition(entries.last.map { $0.section.rawValue < section.rawValue } ?? true, "sections are out of order")
    try file.pad(to: SegmentLayout.alignment)
    current = (section, file.count)
    checksum = Checksum()
  }

  /// Appends bytes to the current section.
  package mutating func append(_ bytes: [UInt8]) throws(StorageError) {
    precondition(current != nil, "no section has been begun")
    bytes.withUnsafeBytes { checksum.update($0) }
    try file.append(bytes)
  }

  /// Appends a whole file to the current section.
  package mutating func copy(_ file: MappedFile) throws(StorageError) {
    let chunk = 1 << 20
    for start in stride(from: 0, to: file.count, by: chunk) {
      try append(file.view.slice(start, min(chunk, file.count - start)).copied())
    }
  }

  /// Ends the current section.
  package mutating func end() {
    guard let (section, start) = current else { preconditionFailure("no section has been begun") }
    entries.append(Entry(section: section, offset: start, length: file.count - start, checksum: checksum.value))
    current = nil
  }

  /// Begins a section, appends its bytes and ends it.
  package mutating func write(_ section: SegmentSection, _ bytes: [UInt8]) throws(StorageError) {
    try begin(section)
    try append(bytes)
    end()
  }

  /// A section that has been ended, as a reader will see it.
  package func written(_ section: SegmentSection) throws(StorageError) -> SectionBytes {
    guard let entry = entries.first(where: { $0.section == section }) else {
      preconditionFailure("the section has not been written")
    }
    try file.flush()
    let mapped = try MappedFile(path: file.path, expectedCount: file.count)
    return SectionBytes(
      view: try mapped.view.slice(entry.offset, entry.length), file: file.path, section: section)
  }

  /// Writes footer and header, makes the file durable and names it after its content.
  package consuming func finish() throws(StorageError) -> SegmentRecord {
    precondition(current == nil, "a section has not been ended")
    try file.pad(to: SegmentLayout.alignment)
    var footer: [UInt8] = []
    for entry in entries {
      footer.append(littleEndian: entry.section.rawValue)
      footer.append(littleEndian: UInt32(0))
      footer.append(littleEndian: UInt64(entry.offset))
      footer.append(littleEndian: UInt64(entry.length))
      footer.append(littleEndian: entry.checksum)
    }
    // The id is the content's own hash, so equal input gives equal files and names.
    let identity = Checksum.identity(of: footer)
    let header = SegmentWriter.header(identity: identity, sectionCount: entries.count)
    var checked = Array(header.suffix(8))
    checked += footer
    footer.append(littleEndian: checked.withUnsafeBytes { Checksum.of($0) })
    footer.append(littleEndian: UInt64(file.count + footer.count + SegmentLayout.trailerBytes - 8))
    footer.append(littleEndian: UInt32(entries.count))
    footer.append(littleEndian: UInt32(SegmentLayout.version))
    footer += SegmentLayout.endMagic
    try file.append(footer)
    try file.overwrite(header, at: 0)
    try file.synchronize()
    let name = "segment-" + identity.hexadecimal + ".suo"
    try folder.rename(self.name, to: name)
    return SegmentRecord(file: name, identity: identity.hexadecimal, byteCount: file.count)
  }

  private static func header(identity: [UInt8], sectionCount: Int) -> [UInt8] {
    var header = SegmentLayout.magic
    header.append(littleEndian: UInt32(SegmentLayout.version))
    header.append(littleEndian: UInt32(sectionCount))
    header += identity
    header += [UInt8](repeating: 0, count: SegmentLayout.headerBytes - 8 - header.count)
    header.append(littleEndian: header.withUnsafeBytes { Checksum.of($0) })
    return header
  }
}

extension [UInt8] {
  /// Two lower-case digits a byte.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
