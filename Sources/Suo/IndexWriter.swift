import IndexFormat
import Indexing
import Ingestion

/// Builds an index and puts it in the place of the one that the folder holds.
///
///     let writer = try IndexWriter(at: "notes.index")
///     try writer.add(paths: ["notes"])
///     let summary = try writer.commit()
///
/// Until `commit` has returned, the folder holds what it held; a writer that is dropped before leaves nothing behind.
public final class IndexWriter {
  private let builder: IndexBuilder
  private let totals: Totals
  private var pending: [Document] = []
  private var pendingBytes = 0

  private var submittedBytes = 0
  private let threads: Int

  /// Text of documents that are handed to a thread together. Every batch becomes a run of its own, and fewer runs are merged
  /// faster; so batches grow, but not before there is enough to keep several threads busy. The last ones are smaller, so that
  /// no thread waits long for another.
  ///
  /// - Parameter left: bytes that no batch has yet, as far as that is known.
  private func batchBytes(left: Int? = nil) -> Int {
    min(2 << 20, max(1 << 20, min(submittedBytes / 8, (left ?? .max) / threads)))
  }

  /// Sums over the batches that have been taken up.
  private final class Totals {
    var progress = IndexingProgress()
    let onProgress: (IndexingProgress) -> Void

    init(_ onProgress: @escaping (IndexingProgress) -> Void) { self.onProgress = onProgress }
  }

  /// Takes the folder's write lock.
  ///
  /// - Parameter onProgress: called on the caller's thread as documents are taken up.
  /// - Throws: `SuoError.locked` while another process writes to the folder.
  public init(
    at path: String, options: IndexOptions = IndexOptions(),
    onProgress: @escaping (IndexingProgress) -> Void = { _ in }
  ) throws(SuoError) {
    let totals = Totals(onProgress)
    self.totals = totals
    let builderOptions = options.builder
    threads = builderOptions.threads
    do {
      builder = try IndexBuilder(folder: path, options: builderOptions) { outcome in
        totals.progress.documents += outcome.documents
        totals.progress.passages += outcome.passages
        totals.progress.bytes += outcome.byteCount
        totals.progress.problems += outcome.problems
        totals.onProgress(totals.progress)
        totals.progress.problems.removeAll()
      }
    } catch { throw SuoError(error) }
  }

  /// Adds a document. Ids are unique; of two documents with one id the first is kept.
  public func add(_ document: Document) throws(SuoError) {
    pending.append(document)
    pendingBytes += document.passages.reduce(0) { $0 + $1.text.utf8.count }
    if pendingBytes >= batchBytes() { try submitPending() }
  }

  /// Adds all documents of files, folders and standard input (`-`).
  ///
  /// What cannot be read is left out and reported through `onProgress`; only a path that does not exist is an error.
  public func add(paths: [String], sources: SourceOptions = SourceOptions()) throws(SuoError) {
    try submitPending()
    var units: SourceUnits
    do { units = try SourceUnits(paths: paths, options: sources.ingestion) } catch { throw SuoError(error) }
    totals.progress.totalBytes = units.totalBytes
    let options = sources.ingestion
    var group: [SourceUnit] = []
    var groupBytes = 0
    var reported = 0
    var left = units.totalBytes
    func submit() throws(SuoError) {
      let skipped = Array(units.skipped[reported...])
      reported = units.skipped.count
      guard !group.isEmpty || !skipped.isEmpty else { return }
      let members = group
      do {
        try builder.submit { IndexWriter.batch(members, options, skipped) }
      } catch { throw SuoError(error) }
      totals.progress.files = units.filesSeen
      group.removeAll()
      submittedBytes += groupBytes
      groupBytes = 0
    }
    while let unit = units.next(recordBytes: batchBytes(left: left)) {
      group.append(unit)
      groupBytes += unit.byteCount
      left = left.map { $0 - unit.byteCount }
      // A unit of records ends with a line, a little before or behind what was asked for.
      if groupBytes >= batchBytes(left: left) / 8 * 7 { try submit() }
    }
    try submit()
  }

  /// Writes the index and makes it what the folder holds.
  public func commit() throws(SuoError) -> IndexSummary {
    try submitPending()
    do { return IndexSummary(try builder.finish()) } catch { throw SuoError(error) }
  }

  /// Waits until everything that was added is taken up, and tells how many documents that makes; a build without any
  /// can then be given up, and the folder holds what it held.
  package func takeAll() throws(SuoError) -> Int {
    try submitPending()
    do { try builder.takeAll() } catch { throw SuoError(error) }
    return totals.progress.documents
  }

  private func submitPending() throws(SuoError) {
    guard !pending.isEmpty else { return }
    let batch = SourceBatch(documents: pending, byteCount: pendingBytes)
    do { try builder.submit { batch } } catch { throw SuoError(error) }
    pending.removeAll()
    submittedBytes += pendingBytes
    pendingBytes = 0
  }

  private static func batch(
    _ units: [SourceUnit], _ options: IngestionOptions, _ skipped: [SourceProblem]
  ) -> SourceBatch {
    let parser = DocumentParser(options: options)
    var batch = SourceBatch(documents: [], byteCount: 0, problems: skipped)
    for unit in units {
      let parsed = parser.parse(unit)
      if batch.documents.isEmpty { batch.documents = parsed.documents } else { batch.documents += parsed.documents }
      batch.byteCount += parsed.byteCount
      batch.problems += parsed.skipped
    }
    return batch
  }
}
