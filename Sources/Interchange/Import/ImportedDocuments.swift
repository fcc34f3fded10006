import ByteStorage
import IndexFormat
import SearchModel

/// The documents of an exchange file as tables of a segment: each with one passage, without a text.
struct ImportedDocuments {
  /// The length of each document as the file gives it.
  private(set) var lengths: [UInt32] = []
  private(set) var statistics = SegmentStatistics()
  /// The bytes of the sections.
  let passages: [UInt8]
  let documents: [UInt8]
  let fields: [UInt8]

  /// Reads the records that come next.
  init(_ reader: inout MessageReader, count: Int) throws(InterchangeError) {
    var passages = PassageTableWriter()
    var documents = DocumentTableWriter()
    var fields = FieldColumnsWriter()
    var known: Set<SIMD16<UInt8>> = []
    for number in 0..<count {
      let record = try reader.next(CIFFDocRecord.self, "document \(number + 1) of \(count)")
      guard Int(record.docid) == number else {
        throw reader.malformed("expected the documents in order, \(number) next, found \(record.docid)")
      }
      guard record.doclength >= 0 else {
        throw reader.malformed("expected a length of document \(number) from 0, found \(record.doclength)")
      }
      let id = record.collectionDocid
      guard !id.isEmpty else { throw reader.malformed("expected an id of document \(number), found none") }
      guard known.insert(SIMD16(Checksum.identity(of: Array(id.utf8)))).inserted else {
        throw reader.malformed("expected different ids, found a second document \"\(id.prefix(80))\"")
      }
      documents.append(DocumentRecord(id: id, path: id, title: ""), firstPassage: number)
      passages.append(Passage(text: "", range: 0..<0, line: 1, language: .undetermined))
      fields.append([])
      lengths.append(UInt32(record.doclength))
      statistics.totalLength += Int(record.doclength)
    }
    statistics.documents = count
    statistics.passages = count
    statistics.passagesByLanguageNumber = passages.countByLanguage
    self.passages = passages.finish()
    self.documents = documents.finish(passageCount: count)
    self.fields = fields.finish()
  }
}
