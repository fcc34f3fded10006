import ByteStorage
import IndexFormat
import SearchModel
import TextAnalysis

/// Writes a segment again with its documents in another order, in which those that share terms lie together.
///
/// The segment that is read has all sections up to the terms and need not be finished. The new one is what a segment is whose
/// documents came in the new order, but that its columns of fields have the order of the first one's.
struct SegmentReordering {
  private let texts: SectionBytes
  private let passages: PassageTable
  private let documents: DocumentTable
  private let fields: FieldColumns
  private let postings: TermReordering.Source
  private let order: DocumentOrder
  private let options: IndexBuilder.Options
  private let folder: StorageFolder

  /// What the file of the segment is called in which the documents lie as they came.
  static let sourceName = "unordered.pending"

  /// Bytes of postings and positions that a thread encodes together, about.
  private static let rangeBytes = 1 << 20
  /// Bytes of texts that are written together.
  private static let writtenBytes = 1 << 20

  /// Opens the sections and finds the order.
  init(
    of writer: borrowing SegmentWriter, _ options: IndexBuilder.Options, in folder: StorageFolder
  ) throws(IndexError) {
    (self.options, self.folder) = (options, folder)
    let sections: [SectionBytes]
    do throws(StorageError) {
      sections = try SegmentReordering.read.map { section throws(StorageError) in try writer.written(section) }
    } catch { throw .storage(error) }
    texts = sections[0]
    passages = try PassageTable(sections[1])
    documents = try DocumentTable(sections[2])
    fields = try FieldColumns(sections[3], documentCount: documents.count)
    postings = TermReordering.Source(
      postings: sections[4], positions: sections[5], terms: try TermDictionary(sections[6]))
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(documents.count)
    for document in 0..<documents.count { ranges.append(try documents.passages(of: document)) }
    guard ranges.first?.lowerBound ?? 0 == 0, ranges.last?.upperBound ?? 0 == passages.count else {
      throw sections[2].damaged("expected the documents to have \(passages.count) passages")
    }
    let terms = try DocumentTerms(
      LatentAssembly.kinds(of: options.analyzer), passages: ranges, postings: postings.postings, terms: postings.terms)
    order = DocumentOrder(GraphBisection.order(of: terms, passages: ranges.map(\.count)), ranges: ranges)
  }

  /// The sections that are read, in the order of the properties.
  private static let read: [SegmentSection] = [
    .texts, .passages, .documents, .fields, .postings, .positions, .terms,
  ]

  /// Writes the sections up to the terms into another file and removes the first one.
  ///
  /// - Parameter lengths: the lengths of the passages, which are put in the new order.
  func write(_ lengths: inout [UInt32]) throws(IndexError) -> SegmentWriter {
    var writer: SegmentWriter
    do throws(StorageError) { writer = try SegmentWriter(in: folder) } catch { throw .storage(error) }
    lengths = order.passages.map { lengths[$0] }
    try writeTexts(to: &writer)
    let (passages, documents, fields) = (try self.passageTable(), try self.documentTable(), try self.fieldColumns())
    do throws(StorageError) {
      try writer.write(.passages, passages)
      try writer.write(.documents, documents)
      try writer.write(.fields, fields)
      try writer.write(.lengths, LengthTable.encode(lengths))
    } catch { throw .storage(error) }
    try writeTerms(to: &writer)
    folder.remove(SegmentReordering.sourceName)
    return writer
  }

  private func writeTexts(to writer: inout SegmentWriter) throws(IndexError) {
    do throws(StorageError) { try writer.begin(.texts) } catch { throw .storage(error) }
    defer { writer.end() }
    guard texts.view.count > 0 else { return }
    let reader = try StoredRecords(texts.view, in: texts).makeReader(memory: options.postingsMemory)
    var records = StoredRecordsWriter()
    var output: [UInt8] = []
    for passage in order.passages {
      records.append(try reader.record(passage), to: &output)
      guard output.count >= SegmentReordering.writtenBytes else { continue }
      do throws(StorageError) { try writer.append(output) } catch { throw .storage(error) }
      output.removeAll(keepingCapacity: true)
    }
    records.finish(to: &output)
    do throws(StorageError) { try writer.append(output) } catch { throw .storage(error) }
  }

  private func passageTable() throws(IndexError) -> [UInt8] {
    let reader = passages.makeHeadingReader(memory: options.postingsMemory)
    var last: (path: Int, headings: [String])?
    var table = PassageTableWriter()
    for passage in order.passages {
      let place = try passages.place(of: passage)
      if last?.path != place.headingPath {
        last = (place.headingPath, try passages.headings(place.headingPath, reader))
      }
      table.append(
        Passage(
          text: "", range: place.range, line: place.line, headings: last?.headings ?? [], language: place.language))
    }
    return table.finish()
  }

  private func documentTable() throws(IndexError) -> [UInt8] {
    let reader = documents.makeReader(memory: options.postingsMemory)
    var table = DocumentTableWriter()
    var firstPassage = 0
    for document in order.documents {
      table.append(try documents.record(document, reader), firstPassage: firstPassage)
      firstPassage += try documents.passages(of: document).count
    }
    return table.finish(passageCount: firstPassage)
  }

  private func fieldColumns() throws(IndexError) -> [UInt8] {
    let readers = fields.makeReaders(memory: options.postingsMemory)
    return try FieldColumnsWriter(fields, documents: order.documents, readers).finish()
  }

  private func writeTerms(to writer: inout SegmentWriter) throws(IndexError) {
    var assembly = PostingsAssembly(folder: folder, threads: options.threads, memory: options.postingsMemory)
    let (source, places) = (postings, order.places)
    try assembly.write(rangeEnds(), room: options.postingsMemory, to: &writer) { first, end in
      var reordering = TermReordering(source, places: places)
      do throws(IndexError) { return .success(try reordering.encode(from: first, to: end)) } catch {
        return .failure(error)
      }
    }
    let terms = try assembly.finish()
    do throws(StorageError) { try writer.write(.terms, terms) } catch { throw .storage(error) }
  }

  /// The keys at which the terms are divided for the threads.
  private func rangeEnds() throws(IndexError) -> [[UInt8]] {
    var ends: [[UInt8]] = []
    var bytes = 0
    try postings.terms.forEach(prefix: []) { key, info throws(IndexError) in
      if bytes >= SegmentReordering.rangeBytes {
        ends.append(key)
        bytes = 0
      }
      bytes += key.count + info.postings.count + info.positions.count
      return true
    }
    return ends
  }
}
