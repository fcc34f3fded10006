import ByteStorage
import IndexFormat
import TextAnalysis

/// A file of the Common Index File Format whose messages have been found: what its header says, where its lists of postings
/// lie in the order of their terms, and its documents.
struct CommonIndexFile {
  let header: CIFFHeader
  let documents: ImportedDocuments
  private let terms: TermOffsets
  private var reader: MessageReader

  /// The version that this program reads and writes.
  static let version: Int32 = 1

  /// Reads a file once from front to back, postings left aside.
  init(path: String, names: TermNames) throws(InterchangeError) {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw .file(error) }
    reader = MessageReader(file)
    header = try CommonIndexFile.readHeader(&reader)
    var terms = TermOffsets()
    for number in 0..<Int(header.numPostingsLists) {
      let what = "list of postings \(number + 1) of \(header.numPostingsLists)"
      let offset = reader.offset
      let name = try reader.next(CIFFPostingsListTerm.self, what).term
      guard let key = names.key(of: name), key.count < CommonIndexFile.longestKey else {
        throw reader.malformed("expected \(names.expectation) in \(what), found \"\(name.prefix(80))\"")
      }
      terms.append(key, offset: offset)
    }
    try terms.sort(reader)
    self.terms = terms
    documents = try ImportedDocuments(&reader, count: Int(header.numDocs))
    guard reader.remaining == 0 else {
      throw .malformed(
        file: path, offset: reader.offset,
        reason: "expected the end of the file after \(header.numDocs) documents, found \(reader.remaining) more bytes")
    }
  }

  /// Lists of postings in the file.
  var termCount: Int { terms.count }

  /// The dictionary of an index holds keys that are shorter than this.
  private static let longestKey = 1 << 16

  /// Reads the list of the term that is number `index` in the order of the keys.
  mutating func list(_ index: Int) throws(InterchangeError) -> (key: ArraySlice<UInt8>, postings: CIFFPostingsList) {
    reader.offset = terms.offset(index)
    return (terms.key(index), try reader.next(CIFFPostingsList.self, "a list of postings"))
  }

  /// The error for the list that was read last.
  func malformed(_ reason: String) -> InterchangeError { reader.malformed(reason) }

  private static func readHeader(_ reader: inout MessageReader) throws(InterchangeError) -> CIFFHeader {
    guard reader.firstBytes(2) != [0x1F, 0x8B] else {
      throw reader.malformed("the file is compressed with gzip; unpack it first: gunzip --keep '\(reader.file)'")
    }
    let header = try reader.next(CIFFHeader.self, "a header of the Common Index File Format")
    guard header.version == version else {
      throw reader.malformed(
        "expected a header of the Common Index File Format, version \(version), found version \(header.version)")
    }
    guard header.numPostingsLists >= 0, header.numDocs >= 0 else {
      throw reader.malformed(
        "expected numbers of lists and documents from 0, found \(header.numPostingsLists) and \(header.numDocs)")
    }
    return header
  }
}
