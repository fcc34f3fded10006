import ByteStorage
import IndexFormat
import Indexing
import Retrieval
import SearchModel
import TestSupport
import TextAnalysis

/// A small index of random documents in a folder of its own.
struct SampleIndex {
  let temporary = TemporaryFolder()
  let manifest: Manifest
  /// The bytes of the manifest and of the segment.
  let manifestBytes: [UInt8]
  let segmentBytes: [UInt8]

  var folder: StorageFolder { StorageFolder(temporary.path) }
  var record: SegmentRecord { manifest.segments[0] }

  init(
    _ documents: [Document], analyzer: AnalyzerDescription = .bilingual, storesTexts: Bool = true,
    makesLatentVectors: Bool? = nil
  ) throws {
    let builder = try IndexBuilder(
      folder: temporary.path,
      options: IndexBuilder.Options(
        analyzer: analyzer, storesTexts: storesTexts, makesLatentVectors: makesLatentVectors))
    try builder.submit { SourceBatch(documents: documents, byteCount: 0) }
    _ = try builder.finish()
    let folder = StorageFolder(temporary.path)
    manifest = try Manifest(in: folder)
    manifestBytes = try folder.read(Manifest.fileName)
    segmentBytes = try folder.read(manifest.segments[0].file)
  }

  /// Few bytes that still hold every form of postings: single ones, tails, and blocks with a directory.
  ///
  /// - Parameter makesLatentVectors: true for vectors, which are longer than all the rest.
  static func small(
    seed: UInt64, analyzer: AnalyzerDescription = .bilingual, makesLatentVectors: Bool = false
  ) throws -> SampleIndex {
    var generator = RandomDocuments(seed: seed)
    var documents = generator.documents(count: 50, passages: 2...4, words: 0...3, vocabulary: 0)
    for document in documents.indices {
      for passage in documents[document].passages.indices { documents[document].passages[passage].text += " of 的" }
    }
    return try SampleIndex(documents, analyzer: analyzer, makesLatentVectors: makesLatentVectors)
  }

  /// The ranges of the sections in the segment file, by where they begin.
  func sections() throws -> [(section: SegmentSection, range: Range<Int>)] {
    let file = try SegmentFile(record, in: folder)
    let start = try file.section(.texts).view.base - SegmentLayout.headerBytes
    return try SegmentSection.allCases.map { section in
      let view = try file.section(section).view
      let offset = view.base - start
      return (section, offset..<(offset + view.count))
    }
  }

  /// Writes the index to another folder with a section replaced and all checksums right, as no accident would.
  func rewritten(
    _ changed: SegmentSection, in folder: StorageFolder, _ change: (inout [UInt8]) -> Void
  ) throws {
    let file = try SegmentFile(record, in: self.folder)
    var writer = try SegmentWriter(in: folder)
    for section in SegmentSection.allCases {
      var bytes = try file.section(section).view.copied()
      if section == changed { change(&bytes) }
      try writer.write(section, bytes)
    }
    var manifest = manifest
    for segment in manifest.segments { folder.remove(segment.file) }
    manifest.segments = [try writer.finish()]
    try folder.replace(Manifest.fileName, with: manifest.encoded())
  }

  /// Opens the index in a folder, searches it in every way and reads what is found.
  ///
  /// - Returns: how many hits were read.
  @discardableResult
  static func search(_ folder: StorageFolder) throws -> Int {
    let searcher = try Searcher(IndexReader(folder: folder.path))
    searcher.reranks = true
    var count = 0
    var failure: (any Error)?
    for query in queries {
      do { count += try search(query, searcher, limit: 5) } catch { failure = error }
    }
    searcher.usesFeedback = true
    do { count += try search(queries[0], searcher, limit: 5) } catch { failure = error }
    if let failure { throw failure }
    return count
  }

  /// Opens the index in a folder and reads everything that is shown of passages from its beginning to its end.
  ///
  /// - Returns: how many hits were read.
  @discardableResult
  static func readAll(_ folder: StorageFolder) throws -> Int {
    try search("of", Searcher(IndexReader(folder: folder.path)), limit: .max, every: 4)
  }

  private static let queries = [
    "of 的 memory 焦虑", "memory 焦虑 sleep the of lang:zh", "\"焦虑症\" OR \"of 的\"", "\"memory sleep\" OR \"of the\"",
    "inter* 的",
    "\"焦虑*\" OR 焦*", "+memory -the 睡眠", "tag:brain OR title:title OR year:1*",
  ]

  private static func search(
    _ query: String, _ searcher: Searcher, limit: Int, every step: Int = 1
  ) throws -> Int {
    let node = try QueryParser.parse(query)
    let ranking = try searcher.search(node, limit: limit)
    let reader = searcher.makeHitReader(ranking)
    var count = 0
    var failure: (any Error)?
    for place in stride(from: 0, to: ranking.hits.count, by: step) {
      let hit = ranking.hits[place]
      // One hit that cannot be read says nothing about the next.
      do {
        _ = try reader.hit(hit, rank: 1)
        if count == 0 {
          _ = try searcher.explain(hit, ranking)
          _ = try searcher.searchDocuments(node, limit: 3)
        }
        count += 1
      } catch { failure = error }
    }
    if let failure { throw failure }
    return count
  }
}
