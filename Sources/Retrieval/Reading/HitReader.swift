package import IndexFormat
package import SearchModel
import TextAnalysis

/// Reads what is shown of a hit: its place, its document, its text and what matched in it. Serves one thread.
package final class HitReader {
  private let reader: IndexReader
  private let highlighter: Highlighter
  private var openSegments: [Int: SegmentReaders] = [:]

  /// Readers of one segment, which keep the blocks that they read last.
  private struct SegmentReaders {
    var headings: StoredRecordReader
    var documents: StoredRecordReader
    var fields: [StoredRecordReader]
    var texts: StoredRecordReader?
  }

  init(_ reader: IndexReader, _ analyzer: Analyzer, _ plan: QueryPlan) {
    self.reader = reader
    highlighter = Highlighter(plan, analyzer)
  }

  /// The hit for a scored passage.
  package func hit(_ scored: ScoredPassage, rank: Int) throws(IndexError) -> SearchHit {
    let (segment, passage) = reader.locate(scored.passage)
    let readers = self.readers(of: segment, first: scored.passage - passage)
    let document = try segment.documents.document(of: passage)
    let record = try segment.documents.record(document, readers.documents)
    let place = try segment.passages.place(of: passage)
    var text: String?
    if let texts = readers.texts { text = String(decoding: try texts.record(passage), as: UTF8.self) }
    let number = passage - (try segment.documents.passages(of: document)).lowerBound
    return SearchHit(
      rank: rank, score: scored.score, id: record.id, passage: number, path: record.path,
      line: place.line, range: place.range, title: record.title,
      headings: try segment.passages.headings(place.headingPath, readers.headings), language: place.language,
      text: text, highlights: text.map { highlighter.highlights(in: $0) } ?? [],
      titleHighlights: number == 0 || reader.manifest.headingWeight > 0 ? highlighter.highlights(in: record.title) : [],
      fields: try segment.fields.fields(of: document, readers.fields))
  }

  /// The id of the document that a passage belongs to.
  package func documentIdentifier(of passage: Int) throws(IndexError) -> String {
    let (segment, local) = reader.locate(passage)
    let readers = self.readers(of: segment, first: passage - local)
    return try segment.documents.record(try segment.documents.document(of: local), readers.documents).id
  }

  private func readers(of segment: Segment, first: Int) -> SegmentReaders {
    if let open = openSegments[first] { return open }
    let readers = SegmentReaders(
      headings: segment.passages.makeHeadingReader(), documents: segment.documents.makeReader(),
      fields: segment.fields.makeReaders(), texts: segment.texts?.makeReader())
    openSegments[first] = readers
    return readers
  }
}
