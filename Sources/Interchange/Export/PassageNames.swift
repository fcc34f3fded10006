import IndexFormat

/// The names of passages in an exchange file, one after the other: the document's id where no document has more than one
/// passage; else the id, a number sign and the passage's number in its document, for all of them, so that no two are equal.
struct PassageNames {
  private let segments: [Segment]
  private let isNumbered: Bool
  private var segment = 0
  private var document = -1
  private var id = ""
  private var passage = 0
  private var passages = 0..<0
  private var reader: StoredRecordReader?

  init(_ segments: [Segment]) throws(IndexError) {
    self.segments = segments
    var isNumbered = false
    for segment in segments {
      for document in 0..<segment.documents.count where !isNumbered {
        isNumbered = try segment.documents.passages(of: document).count > 1
      }
    }
    self.isNumbered = isNumbered
  }

  /// The name of the next passage, which must exist.
  mutating func next() throws(IndexError) -> String {
    while passage >= passages.upperBound { try open() }
    defer { passage += 1 }
    return isNumbered ? "\(id)#\(passage - passages.lowerBound)" : id
  }

  /// Opens the next document, in the next segment where this one has no more.
  private mutating func open() throws(IndexError) {
    document += 1
    while document >= segments[segment].documents.count {
      guard segment + 1 < segments.count else {
        throw try segments[segment].file.section(.documents).damaged("expected all passages in documents")
      }
      segment += 1
      (document, reader) = (0, nil)
    }
    let table = segments[segment].documents
    passages = try table.passages(of: document)
    passage = passages.lowerBound
    guard !passages.isEmpty else { return }
    let records = reader ?? table.makeReader()
    reader = records
    id = try table.record(document, records).id
  }
}
