import Indexing

/// How to build an index.
public struct IndexOptions: Sendable, Hashable {
  /// How text is cut.
  public var analyzer: AnalyzerChoice
  /// False keeps ids and places but no texts, so that hits can be ranked but not shown.
  public var storesTexts: Bool
  /// Threads that read and analyze, at least 1. The index is the same for any number.
  public var threads: Int
  /// Bytes of postings that are kept in memory; what goes beyond is written to files in the index folder for a while.
  public var postingsMemory: Int
  /// True to make vectors of passages and words, by which the best hits are reranked; nil makes them for the analyzers
  /// `bilingual` and `english`.
  public var makesLatentVectors: Bool?
  /// How often the words of a document's title and of the headings above a passage count in the passage, beside those of
  /// its text: 0 to 100. With 0, headings count where they stand, and a title in the first passage.
  public var headingWeight: Int
  /// True to bring the documents into an order in which like ones lie together, which makes searches faster where the sources
  /// come in no order. The build then takes several times as long, about twice the room on the disk, and beside
  /// `postingsMemory` at least 4 bytes for every document that a word is in.
  public var reordersDocuments: Bool

  /// The defaults: the bilingual analyzer, stored texts, one thread, 256 MiB of postings.
  public init(
    analyzer: AnalyzerChoice = .bilingual, storesTexts: Bool = true, threads: Int = 1, postingsMemory: Int = 256 << 20,
    makesLatentVectors: Bool? = nil, headingWeight: Int = 0, reordersDocuments: Bool = false
  ) {
    self.analyzer = analyzer
    self.storesTexts = storesTexts
    self.threads = threads
    self.postingsMemory = postingsMemory
    self.makesLatentVectors = makesLatentVectors
    self.headingWeight = headingWeight
    self.reordersDocuments = reordersDocuments
  }

  var builder: IndexBuilder.Options {
    IndexBuilder.Options(
      analyzer: analyzer.description, storesTexts: storesTexts, threads: threads, postingsMemory: postingsMemory,
      makesLatentVectors: makesLatentVectors, headingWeight: headingWeight,
      reordersDocuments: reordersDocuments)
  }
}

/// How far a build has come.
public struct IndexingProgress: Sendable, Hashable {
  /// Files that have been found so far.
  public var files = 0
  /// Documents in the index so far.
  public var documents = 0
  /// Passages in the index so far.
  public var passages = 0
  /// Bytes of the sources that have been taken up.
  public var bytes = 0
  /// Bytes of all sources; nil where a stream does not tell.
  public var totalBytes: Int?
  /// What was left out since the last report.
  public var problems: [SourceProblem] = []
}
