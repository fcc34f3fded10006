package import ByteStorage
package import IndexFormat
package import TextAnalysis

/// Makes an index of a file of the Common Index File Format.
///
/// The index has terms, frequencies, lengths and ids; it has no texts and no positions. Memory holds the terms, the
/// documents and one list of postings at a time.
package enum IndexImport {
  /// What an import made.
  package struct Summary: Sendable, Equatable {
    package var statistics: SegmentStatistics
    /// Bytes of the index files.
    package var byteCount: Int
    /// Documents and terms of the collection as the file's header says, which may be more than the file holds.
    package var collectionDocuments: Int
    package var collectionTerms: Int
    /// What the header says for people.
    package var description: String
  }

  /// Reads the file at `path` and puts an index of it in the place of what `folder` holds.
  ///
  /// - Parameter analyzer: what queries will be cut with; its terms are expected in the file.
  /// - Throws: `InterchangeError.malformed`, which names the byte; the folder then holds what it held.
  package static func run(
    file path: String, folder: StorageFolder, analyzer: AnalyzerDescription
  ) throws(InterchangeError) -> Summary {
    var file = try CommonIndexFile(path: path, names: TermNames(ScoredKinds.of(analyzer)))
    let replacement: IndexReplacement
    do { replacement = try IndexReplacement(folder) } catch { throw .index(error) }
    var statistics = file.documents.statistics
    let record = try writeSegment(&file, in: folder, &statistics)
    let header = file.header
    do throws(IndexError) {
      let byteCount = try replacement.commit(
        record, statistics: statistics, analyzer: AnalyzerStamp(analyzer).encoded)
      return Summary(
        statistics: statistics, byteCount: byteCount, collectionDocuments: Int(header.totalDocs),
        collectionTerms: Int(header.totalPostingsLists), description: header.description_p)
    } catch { throw .index(error) }
  }

  private static func writeSegment(
    _ file: inout CommonIndexFile, in folder: StorageFolder, _ statistics: inout SegmentStatistics
  ) throws(InterchangeError) -> SegmentRecord {
    var writer: SegmentWriter
    do { writer = try SegmentWriter(in: folder) } catch { throw .index(.storage(error)) }
    do throws(StorageError) {
      try writer.write(.texts, [])
      try writer.write(.passages, file.documents.passages)
      try writer.write(.documents, file.documents.documents)
      try writer.write(.fields, file.documents.fields)
      try writer.write(.lengths, LengthTable.encode(file.documents.lengths))
      try writer.begin(.postings)
    } catch { throw .index(.storage(error)) }
    var postings = ImportedPostings(documentCount: file.documents.lengths.count)
    var bytes: [UInt8] = []
    for term in 0..<file.termCount {
      let (key, list) = try file.list(term)
      if let complaint = postings.append(key, list, to: &bytes) { throw file.malformed(complaint) }
      guard bytes.count >= 1 << 20 else { continue }
      do { try writer.append(bytes) } catch { throw .index(.storage(error)) }
      bytes.removeAll(keepingCapacity: true)
    }
    statistics.terms = file.termCount
    statistics.postings = postings.postingCount
    let terms: [UInt8]
    do { terms = try postings.finish() } catch { throw .index(error) }
    do throws(StorageError) {
      try writer.append(bytes)
      writer.end()
      try writer.write(.positions, [])
      try writer.write(.terms, terms)
      try writer.write(.statistics, statistics.encoded())
      try writer.write(.latent, [])
      return try writer.finish()
    } catch { throw .index(.storage(error)) }
  }
}
