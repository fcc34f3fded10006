import ByteStorage
import IndexFormat
import SearchModel
import TextAnalysis

/// Takes up inverted batches in order and writes the segment: texts as they come, all else at the end, and where documents are
/// reordered all once more.
final class SegmentAssembly {
  private let folder: StorageFolder
  private let options: IndexBuilder.Options
  private let replacement: IndexReplacement
  private var writer: SegmentWriter?
  private var texts = StoredRecordsWriter()
  private var passages = PassageTableWriter()
  private var documents = DocumentTableWriter()
  private var fields = FieldColumnsWriter()
  private var passageCount = 0
  private var lengths: [UInt32] = []
  private var runs: [Run] = []
  private var spilled: [Run] = []
  /// Merges runs into files beside what else is done; with one thread there is nothing beside.
  private let spills = OrderedWorkers<Result<Run, StorageError>>(threads: 1)
  private var startedSpills = 0
  private var finishedSpills = 0
  private var known = DocumentIdentities()
  private var statistics = SegmentStatistics()

  /// Makes the folder where it is missing, takes its lock and begins the file.
  init(_ folder: StorageFolder, _ options: IndexBuilder.Options) throws(IndexError) {
    self.folder = folder
    self.options = options
    replacement = try IndexReplacement(folder)
    do throws(StorageError) {
      writer = try SegmentWriter(
        in: folder, name: options.reordersDocuments ? SegmentReordering.sourceName : SegmentWriter.pendingName)
      try writer!.begin(.texts)
    } catch { throw .storage(error) }
  }

  deinit {
    try? finishSpills()
    for number in 0..<startedSpills { folder.remove(SegmentAssembly.spillName(number)) }
    if options.reordersDocuments { folder.remove(SegmentReordering.sourceName) }
  }

  /// Takes up the next batch.
  ///
  /// - Parameter invertAgain: inverts the documents that are left where some are refused because their ids are taken.
  func append(
    _ finished: FinishedBatch, invertAgain: ([Document]) -> InvertedBatch
  ) throws(IndexError) -> BatchOutcome {
    var inverted = finished.inverted
    var problems = finished.batch.problems
    var kept = finished.batch.documents
    let refused = refuseTaken(&kept)
    if !refused.isEmpty {
      problems += refused
      inverted = invertAgain(kept)
    }
    guard lengths.count + inverted.lengths.count <= SegmentLayout.mostPassages else {
      throw .tooLarge(what: "passages", limit: SegmentLayout.mostPassages)
    }
    do throws(StorageError) {
      try store(kept)
      for var run in inverted.runs {
        run.firstPassage += lengths.count
        runs.append(run)
      }
      lengths += inverted.lengths
      // While some runs are being merged, others take as much memory.
      let most = options.threads > 1 ? options.postingsMemory / 2 : options.postingsMemory
      if runs.reduce(0, { $0 + $1.memory }) > most { try spill() }
    } catch { throw .storage(error) }
    return BatchOutcome(
      documents: kept.count, passages: inverted.lengths.count, byteCount: finished.batch.byteCount,
      problems: problems)
  }

  /// Writes what remains and puts the new segment in the place of what the folder held.
  func commit() throws(IndexError) -> BuildSummary {
    guard var writer = writer.take() else { preconditionFailure("an index is committed once") }
    // Merging needs the room.
    known = DocumentIdentities()
    try finishSections(&writer)
    if options.reordersDocuments {
      writer = try SegmentReordering(of: writer, options, in: folder).write(&lengths)
    }
    do throws(StorageError) { try writer.write(.statistics, statistics.encoded()) } catch { throw .storage(error) }
    if options.makesLatentVectors {
      try LatentAssembly.write(
        options.analyzer, lengths: lengths, postingCount: statistics.postings, folder: folder, to: &writer)
    }
    var record: SegmentRecord
    do throws(StorageError) {
      if !options.makesLatentVectors { try writer.write(.latent, []) }
      record = try writer.finish()
    } catch { throw .storage(error) }
    record.headingWeight = options.headingWeight
    let byteCount = try replacement.commit(
      record, statistics: statistics, analyzer: AnalyzerStamp(options.analyzer).encoded)
    return BuildSummary(statistics: statistics, byteCount: byteCount)
  }

  /// Takes documents whose ids are taken out of `documents` and says so.
  private func refuseTaken(_ documents: inout [Document]) -> [SourceProblem] {
    let refused = documents.indices.filter { !known.insert(documents[$0].id) }
    if refused.isEmpty { return [] }
    let problems = refused.map { index in
      SourceProblem(
        path: documents[index].path, line: documents[index].passages.first?.line,
        reason: "another document has the id \(documents[index].id) already")
    }
    for index in refused.reversed() { documents.remove(at: index) }
    return problems
  }

  private func store(_ documents: [Document]) throws(StorageError) {
    var output: [UInt8] = []
    // By indices, because a copy of every document and passage would count the references to all their parts.
    for index in documents.indices {
      self.documents.append(
        DocumentRecord(id: documents[index].id, path: documents[index].path, title: documents[index].title),
        firstPassage: passageCount)
      fields.append(documents[index].fields)
      let passages = documents[index].passages
      passageCount += passages.count
      for passage in passages.indices {
        self.passages.append(passages[passage])
        statistics.textBytes += passages[passage].text.utf8.count
        if options.storesTexts { texts.append(passages[passage].text.utf8, to: &output) }
      }
    }
    statistics.documents += documents.count
    try writer!.append(output)
  }

  /// Writes all sections from the rest of the texts to the terms.
  private func finishSections(_ writer: inout SegmentWriter) throws(IndexError) {
    statistics.passages = lengths.count
    statistics.totalLength = lengths.reduce(0) { $0 + Int($1) }
    var postings = PostingsAssembly(folder: folder, threads: options.threads, memory: options.postingsMemory)
    do throws(StorageError) {
      try finishTables(&writer)
      try writer.write(.lengths, LengthTable.encode(lengths))
    } catch { throw .storage(error) }
    do throws(StorageError) { try finishSpills() } catch { throw .storage(error) }
    try postings.write(spilled + runs, to: &writer)
    statistics.terms = postings.termCount
    statistics.postings = postings.postingCount
    let terms = try postings.finish()
    do throws(StorageError) { try writer.write(.terms, terms) } catch { throw .storage(error) }
    runs.removeAll()
  }

  private func finishTables(_ writer: inout SegmentWriter) throws(StorageError) {
    if options.storesTexts {
      var output: [UInt8] = []
      texts.finish(to: &output)
      try writer.append(output)
    }
    writer.end()
    statistics.passagesByLanguageNumber = passages.countByLanguage
    try writer.write(.passages, passages.finish())
    try writer.write(.documents, documents.finish(passageCount: lengths.count))
    try writer.write(.fields, fields.finish())
  }

  /// Lets the runs be merged into a file, once the runs before them are.
  private func spill() throws(StorageError) {
    try finishSpills()
    let merged = runs
    runs.removeAll()
    spills.start(startedSpills) { [folder, startedSpills] in
      do throws(StorageError) {
        return .success(
          try RunSpill.write(merged, name: SegmentAssembly.spillName(startedSpills), in: folder))
      } catch { return .failure(error) }
    }
    startedSpills += 1
    if options.threads == 1 { try finishSpills() }
  }

  /// Waits for the runs that are being merged.
  private func finishSpills() throws(StorageError) {
    while finishedSpills < startedSpills {
      let outcome = spills.wait(for: finishedSpills)
      // Whether it succeeded or not, nobody waits for it again.
      finishedSpills += 1
      spilled.append(try outcome.get())
    }
  }

  private static func spillName(_ number: Int) -> String { "run-\(number)" + IndexReplacement.pendingSuffix }
}
