import ByteStorage
package import IndexFormat
package import SearchModel
package import TextAnalysis

/// Builds an index from batches of documents and puts it in the place of the one before in one step.
///
/// Batches are analyzed and inverted by several threads and taken up in the order in which they were submitted, so the
/// bytes of the index depend on the documents alone.
package final class IndexBuilder {
  package struct Options: Sendable {
    package var analyzer: AnalyzerDescription
    /// False leaves the texts out: hits then have ids and places, but nothing to show.
    package var storesTexts: Bool
    /// Threads that analyze, at least 1.
    package var threads: Int
    /// Bytes of postings that are kept in memory before they are written to a file of their own.
    package var postingsMemory: Int
    /// True to make vectors of passages and terms, by which hits can be reranked.
    package var makesLatentVectors: Bool
    /// How often the words of the title and of headings count in every passage below them, 0 to 100; with 0 they count
    /// where they stand.
    package var headingWeight: Int
    /// True to bring the documents into an order in which those that share terms lie together; see `GraphBisection`.
    package var reordersDocuments: Bool

    /// - Parameter makesLatentVectors: nil for what is usual with the analyzer.
    package init(
      analyzer: AnalyzerDescription = .bilingual, storesTexts: Bool = true, threads: Int = 1,
      postingsMemory: Int = 256 << 20, makesLatentVectors: Bool? = nil, headingWeight: Int = 0,
      reordersDocuments: Bool = false
    ) {
      self.analyzer = analyzer
      self.storesTexts = storesTexts
      self.threads = max(threads, 1)
      self.postingsMemory = postingsMemory
      self.makesLatentVectors = makesLatentVectors ?? (analyzer == .bilingual || analyzer == .english)
      self.headingWeight = min(max(headingWeight, 0), Manifest.greatestHeadingWeight)
      self.reordersDocuments = reordersDocuments
    }
  }

  private let folder: StorageFolder
  private let options: Options
  private let workers: InversionWorkers
  private var assembly: SegmentAssembly
  private var submitted = 0
  private var taken = 0
  private let onBatch: (BatchOutcome) -> Void

  /// Takes the folder's write lock and begins a segment. What the folder holds stays valid until `finish`.
  ///
  /// - Parameter onBatch: called on the caller's thread for each batch, in order, when it has been taken up.
  package init(
    folder path: String, options: Options, onBatch: @escaping (BatchOutcome) -> Void = { _ in }
  ) throws(IndexingError) {
    folder = StorageFolder(path)
    self.options = options
    self.onBatch = onBatch
    do { workers = try InversionWorkers(options) } catch { throw .analyzer(error) }
    do { assembly = try SegmentAssembly(folder, options) } catch { throw .index(error) }
  }

  /// Hands over a batch. `produce` runs on another thread and may read and parse files there; the call waits while more
  /// batches are under way than the threads can use.
  package func submit(_ produce: @escaping @Sendable () -> SourceBatch) throws(IndexingError) {
    workers.start(submitted, produce)
    submitted += 1
    while submitted - taken > options.threads + 1 { try takeNext() }
  }

  /// Waits until all batches that were submitted are taken up.
  package func takeAll() throws(IndexingError) {
    while taken < submitted { try takeNext() }
  }

  /// Waits for all batches, writes the segment and makes it the content of the index.
  package func finish() throws(IndexingError) -> BuildSummary {
    try takeAll()
    workers.finish()
    do { return try assembly.commit() } catch { throw .index(error) }
  }

  private func takeNext() throws(IndexingError) {
    let batch = workers.wait(for: taken)
    taken += 1
    do {
      let outcome = try assembly.append(batch, invertAgain: workers.invertAgain)
      onBatch(outcome)
    } catch { throw .index(error) }
  }
}

/// What became of a batch.
package struct BatchOutcome: Sendable {
  /// Documents and passages that were taken into the index.
  package var documents: Int
  package var passages: Int
  /// Bytes of the source.
  package var byteCount: Int
  /// What was left out.
  package var problems: [SourceProblem]
}

/// What a build made.
package struct BuildSummary: Sendable {
  package var statistics: SegmentStatistics
  /// Bytes of the index files.
  package var byteCount: Int
}
