/// Sizes and marks of a segment file. All integers are little-endian.
package enum SegmentLayout {
  /// The first eight bytes: a byte above 127 and line ends, so that a transfer as text is noticed.
  package static let magic: [UInt8] = [0x89, 0x53, 0x55, 0x4F, 0x0D, 0x0A, 0x1A, 0x0A]  // \x89 S U O \r \n \x1A \n
  /// The last eight bytes.
  package static let endMagic: [UInt8] = [0x53, 0x55, 0x4F, 0x2D, 0x45, 0x4E, 0x44, 0x0A]  // S U O - E N D \n

  /// The format that this program writes.
  ///
  /// History: 1 and 2, the first ones, in no release; 3, terms in fewer bytes, in none either; 4, columns along
  /// lines that rise.
  package static let version = 4
  /// The formats that this program reads.
  package static let readable = 4...4

  /// Header: magic 8, version u32, section count u32, segment id 16, zeros 24, checksum u64 of the 56 bytes before it.
  package static let headerBytes = 64
  /// Sections begin at multiples of this, and are followed by at least this many bytes of the file.
  package static let alignment = 64
  /// A footer entry: section u32, zero u32, offset u64, length u64, checksum u64.
  package static let footerEntryBytes = 32
  /// After the entries: checksum u64 of header checksum and entries, file length u64, entry count u32, version u32,
  /// end magic 8.
  package static let trailerBytes = 32
  /// Bytes of the segment's id.
  package static let identityBytes = 16
  /// Passages that one segment can hold; ordinals stay below this.
  package static let mostPassages = Int(Int32.max)
}
