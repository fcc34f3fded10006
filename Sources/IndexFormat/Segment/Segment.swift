package import ByteStorage

/// An opened segment: its tables are ready, its postings are decoded as they are asked for.
package final class Segment: Sendable {
  package let record: SegmentRecord
  package let file: SegmentFile
  package let statistics: SegmentStatistics
  package let passages: PassageTable
  package let documents: DocumentTable
  package let fields: FieldColumns
  package let lengths: LengthTable
  package let terms: TermDictionary
  /// The texts of the passages, or nil where the index stores none.
  package let texts: StoredRecords?
  /// Vectors of passages and terms, or nil where the index was built without.
  package let latent: LatentVectors?
  private let postings: SectionBytes
  private let positions: SectionBytes

  /// Opens a segment: header, footer and the tables' own headers are checked, nothing more is read.
  package init(_ record: SegmentRecord, in folder: StorageFolder) throws(IndexError) {
    self.record = record
    file = try SegmentFile(record, in: folder)
    statistics = try SegmentStatistics(file.section(.statistics))
    passages = try PassageTable(file.section(.passages))
    documents = try DocumentTable(file.section(.documents))
    fields = try FieldColumns(file.section(.fields), documentCount: documents.count)
    terms = try TermDictionary(file.section(.terms))
    postings = try file.section(.postings)
    positions = try file.section(.positions)
    guard passages.count == statistics.passages, documents.count == statistics.documents,
      terms.count == statistics.terms, passages.count <= SegmentLayout.mostPassages
    else {
      throw try file.section(.statistics).damaged("the counts differ from the tables of the segment")
    }
    lengths = try LengthTable(file.section(.lengths), count: passages.count)
    latent = try LatentVectors(file.section(.latent), terms: terms.count, passages: passages.count)
    let stored = try file.section(.texts)
    texts = stored.view.count == 0 ? nil : try StoredRecords(stored.view, in: stored)
    guard texts.map({ $0.count == passages.count }) ?? true else {
      throw stored.damaged("expected \(passages.count) texts, found \(texts?.count ?? 0)")
    }
  }

  /// The postings of a term.
  package func postings(of term: TermInfo) throws(IndexError) -> PostingsCursor { cursor(over: try list(of: term)) }

  /// Where the postings of a term lie.
  package func list(of term: TermInfo) throws(IndexError) -> PostingsList { try PostingsList(term, postings: postings) }

  /// A cursor over the postings of a list of this segment.
  package func cursor(over list: PostingsList) -> PostingsCursor {
    PostingsCursor(list, passageCount: passages.count)
  }

  /// The postings of a list of this segment as bare blocks; `room` is of `PostingsBlocks.room` integers.
  package func blocks(of list: PostingsList, room: UnsafeMutablePointer<UInt32>) -> PostingsBlocks {
    PostingsBlocks(list, passageCount: passages.count, room: room)
  }

  /// The positions of a positional list of this segment, beside its bare blocks.
  package func positions(of list: PostingsList) throws(IndexError) -> PositionsBlocks {
    try PositionsBlocks(list, positions: positions)
  }

  /// The positions beside a cursor of a positional term.
  package func positions(beside cursor: PostingsCursor) throws(IndexError) -> PositionsCursor {
    try PositionsCursor(cursor, positions: positions)
  }
}
