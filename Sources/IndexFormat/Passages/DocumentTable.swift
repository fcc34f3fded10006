import ByteStorage

/// The documents of a segment. Parts: a column with the first passage of each document and, last, the number of passages;
/// then id, path and title of each document as stored records.
package struct DocumentTable: Sendable {
  /// How many documents there are.
  package var count: Int { firstPassage.count - 1 }
  private let section: SectionBytes
  private let firstPassage: PackedColumn
  private let records: StoredRecords

  package init(_ section: SectionBytes) throws(IndexError) {
    self.section = section
    let parts = try section.reading { () throws(StorageError) in try SectionParts.decode(section.view, count: 2) }
    firstPassage = try section.reading { () throws(StorageError) in try PackedColumn(parts[0]) }
    records = try StoredRecords(parts[1], in: section)
    guard records.count + 1 == firstPassage.count else {
      throw section.damaged("expected \(records.count + 1) rows of first passages, found \(firstPassage.count)")
    }
  }

  /// The document that a passage belongs to.
  package func document(of passage: Int) throws(IndexError) -> Int {
    try section.reading { () throws(StorageError) in
      guard let document = try firstPassage.lastIndex(notAbove: UInt64(passage)), document < count else {
        throw .inconsistent(reason: "passage \(passage) belongs to no document")
      }
      return document
    }
  }

  /// The passages of a document.
  package func passages(of document: Int) throws(IndexError) -> Range<Int> {
    try section.reading { () throws(StorageError) in
      let start = try firstPassage.ordinal(document, atMost: SegmentLayout.mostPassages)
      let end = try firstPassage.ordinal(document + 1, atMost: SegmentLayout.mostPassages)
      guard start <= end else { throw .inconsistent(reason: "document \(document) ends before it begins") }
      return start..<end
    }
  }

  /// A reader of the records, for one thread.
  ///
  /// - Parameter memory: bytes that it may keep where documents are read in another order.
  package func makeReader(memory: Int = 0) -> StoredRecordReader { records.makeReader(memory: memory) }

  /// Id, path and title of a document.
  package func record(_ document: Int, _ reader: StoredRecordReader) throws(IndexError) -> DocumentRecord {
    let bytes = try reader.record(document)
    return try section.reading { () throws(StorageError) in
      var cursor = ByteCursor(ByteView(copying: bytes))
      return DocumentRecord(id: try cursor.readText(), path: try cursor.readText(), title: try cursor.readText())
    }
  }
}

/// What is stored of a document beside its passages and fields.
package struct DocumentRecord: Sendable, Hashable {
  package var id: String
  package var path: String
  package var title: String

  package init(id: String, path: String, title: String) {
    self.id = id
    self.path = path
    self.title = title
  }
}

/// Collects the rows of a `DocumentTable`.
package struct DocumentTableWriter {
  private var firstPassage = PackedColumnWriter()
  private var records = StoredRecordsWriter(.quick)
  private var recordBytes: [UInt8] = []
  private var record: [UInt8] = []

  package init() {}

  /// How many documents there are so far.
  package var count: Int { firstPassage.count }

  /// Appends a document that begins with passage `firstPassage`.
  package mutating func append(_ document: DocumentRecord, firstPassage first: Int) {
    firstPassage.append(first)
    record.removeAll(keepingCapacity: true)
    record.append(text: document.id)
    record.append(text: document.path)
    record.append(text: document.title)
    records.append(record, to: &recordBytes)
  }

  /// The bytes of the section; `passageCount` ends the last document.
  package consuming func finish(passageCount: Int) -> [UInt8] {
    firstPassage.append(passageCount)
    records.finish(to: &recordBytes)
    return SectionParts.encode([firstPassage.finish(), recordBytes])
  }
}
