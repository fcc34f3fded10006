import ByteStorage
import IndexFormat
import Indexing
import SearchModel
import TestSupport
import Testing
import TextAnalysis

/// Reordered indexes against indexes of documents that came in that order.
struct SegmentReorderingTests {
  private func documents(_ seed: UInt64, count: Int = 120, passages: ClosedRange<Int> = 0...4) -> [Document] {
    var generator = RandomDocuments(seed: seed)
    return generator.documents(count: count, passages: passages)
  }

  /// The ids of the documents of an index, in their order.
  private func ids(_ segment: Segment) throws -> [String] {
    let reader = segment.documents.makeReader()
    return try (0..<segment.documents.count).map { try segment.documents.record($0, reader).id }
  }

  /// The same documents in the order of an index.
  private func ordered(_ documents: [Document], as index: BuiltIndex) throws -> [Document] {
    let byID = Dictionary(uniqueKeysWithValues: documents.map { ($0.id, $0) })
    let ids = try ids(index.segment())
    #expect(ids.count == documents.count)
    return try ids.map { try #require(byID[$0]) }
  }

  @Test(arguments: Seeds.first(3), AnalyzerDescription.builtIn.indices)
  func theIndexIsThatOfDocumentsInItsOrder(seed: UInt64, analyzer: Int) throws {
    let description = AnalyzerDescription.builtIn[analyzer]
    var documents = documents(seed)
    for index in documents.indices { documents[index].fields = [] }
    for storesTexts in [true, false] {
      var options = IndexBuilder.Options(
        analyzer: description, storesTexts: storesTexts, threads: 2, makesLatentVectors: true,
        headingWeight: Int(seed) % 2, reordersDocuments: true)
      let index = try BuiltIndex(documents.batches(of: 13), options: options)
      let expected = try ordered(documents, as: index)
      #expect(expected.map(\.id) != documents.map(\.id), "seed \(seed), \(description.name)")
      options.reordersDocuments = false
      #expect(
        try index.files() == BuiltIndex([expected], options: options).files(), "seed \(seed), \(description.name)")
      #expect(try IndexCheck.run(folder: index.temporary.path, deep: true).findings == [])
    }
  }

  @Test(arguments: Seeds.first(3))
  func everyDocumentKeepsItsFields(seed: UInt64) throws {
    let documents = documents(seed)
    let (plain, index) = (
      try BuiltIndex([documents]).segment(),
      try BuiltIndex([documents], options: IndexBuilder.Options(reordersDocuments: true))
    )
    let segment = try index.segment()
    let numbers = Dictionary(uniqueKeysWithValues: try ids(plain).enumerated().map { ($1, $0) })
    let (readers, plainReaders) = (segment.fields.makeReaders(), plain.fields.makeReaders())
    #expect(segment.fields.columns == plain.fields.columns)
    for (number, id) in try ids(segment).enumerated() {
      let expected = try plain.fields.fields(of: #require(numbers[id]), plainReaders)
      #expect(try segment.fields.fields(of: number, readers) == expected, "seed \(seed), \(id)")
    }
    #expect(try NaiveIndex(segment).terms == NaiveIndex(ordered(documents, as: index), .bilingual).asStored.terms)
    #expect(segment.statistics == plain.statistics)
    #expect(try IndexCheck.run(folder: index.temporary.path, deep: true).findings == [])
  }

  @Test func longListsAreReordered() throws {
    let documents = documents(1, count: 900, passages: 1...2)
    let index = try BuiltIndex([documents], options: IndexBuilder.Options(reordersDocuments: true))
    let longest = try index.segment().passages.count
    #expect(longest > 1000)
    #expect(
      try NaiveIndex(index.segment()).terms == NaiveIndex(ordered(documents, as: index), .bilingual).asStored.terms)
  }

  @Test(arguments: Seeds.first(2))
  func threadsBatchesAndMemoryChangeNoByte(seed: UInt64) throws {
    let documents = documents(seed)
    let expected = try BuiltIndex([documents], options: IndexBuilder.Options(reordersDocuments: true)).files()
    for (threads, size, memory) in [(1, 5, 1 << 20), (3, 7, 1 << 20), (1, 1, 0), (3, 2, 0), (2, 9, 40_000)] {
      let options = IndexBuilder.Options(threads: threads, postingsMemory: memory, reordersDocuments: true)
      let index = try BuiltIndex(documents.batches(of: size), options: options)
      #expect(try index.files() == expected, "seed \(seed), \(threads) threads, batches of \(size), \(memory) bytes")
    }
  }

  @Test func fewDocumentsAndNoneGiveTheIndexThatTheyGiveOtherwise() throws {
    let empty = Document(id: "a", path: "a", passages: [])
    for documents in [[], [empty], documents(1, count: 1, passages: 2...4), documents(2, count: 9)] {
      let index = try BuiltIndex([documents], options: IndexBuilder.Options(reordersDocuments: true))
      #expect(try index.files() == BuiltIndex([documents]).files())
      #expect(try IndexCheck.run(folder: index.temporary.path, deep: true).findings == [])
    }
  }
}
