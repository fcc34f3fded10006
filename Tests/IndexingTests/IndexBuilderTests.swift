import ByteStorage
import Dispatch
import IndexFormat
import Indexing
import SearchModel
import TestSupport
import Testing
import TextAnalysis

struct IndexBuilderTests {
  private func documents(_ seed: UInt64, count: Int = 60) -> [Document] {
    var generator = RandomDocuments(seed: seed)
    return generator.documents(count: count)
  }

  @Test(arguments: Seeds.first(4), AnalyzerDescription.builtIn.indices)
  func theIndexEqualsASlowOne(seed: UInt64, analyzer: Int) throws {
    let description = AnalyzerDescription.builtIn[analyzer]
    let documents = documents(seed)
    let index = try BuiltIndex(
      documents.batches(of: 13), options: IndexBuilder.Options(analyzer: description, threads: 2))
    let expected = try NaiveIndex(documents, description).asStored
    let found = try NaiveIndex(index.segment())
    #expect(found.lengths == expected.lengths, "seed \(seed), \(description.name)")
    #expect(Set(found.terms.keys) == Set(expected.terms.keys), "seed \(seed), \(description.name)")
    for (key, term) in expected.terms where found.terms[key] != term {
      Issue.record("seed \(seed), \(description.name), \(key): \(String(describing: found.terms[key])) is not \(term)")
    }
    let statistics = index.summary.statistics
    #expect(statistics.documents == documents.count)
    #expect(statistics.passages == documents.reduce(0) { $0 + $1.passages.count })
    #expect(statistics.terms == expected.terms.count)
    #expect(statistics.postings == expected.terms.values.reduce(0) { $0 + $1.postings.count })
    #expect(statistics.totalLength == expected.lengths.reduce(0) { $0 + Int($1) })
    #expect(try IndexCheck.run(folder: index.temporary.path, deep: true).findings == [])
    #expect(index.summary.byteCount == (try index.files().values.reduce(0) { $0 + $1.count }))
  }

  @Test(arguments: Seeds.first(3), [1, 2, 5])
  func headingsCountInEveryPassageBelowThem(seed: UInt64, weight: Int) throws {
    let description = AnalyzerDescription.builtIn[Int(seed % 2)]
    let documents = documents(seed)
    let options = IndexBuilder.Options(analyzer: description, threads: 2, headingWeight: weight)
    let index = try BuiltIndex(documents.batches(of: 13), options: options)
    let expected = try NaiveIndex(documents, description, headingWeight: weight).asStored
    let found = try NaiveIndex(index.segment())
    #expect(found.lengths == expected.lengths, "seed \(seed), weight \(weight)")
    #expect(found.terms == expected.terms, "seed \(seed), weight \(weight)")
    #expect(try Manifest(in: index.folder).headingWeight == weight)
    let report = try IndexCheck.run(folder: index.temporary.path, deep: true)
    #expect(report.findings == [] && report.headingWeight == weight)
    let again = try BuiltIndex(
      documents.batches(of: 4),
      options: IndexBuilder.Options(
        analyzer: description, postingsMemory: 0, headingWeight: weight))
    #expect(try again.files() == index.files())
  }

  @Test(arguments: Seeds.first(3))
  func theRecordsAreThoseOfTheDocuments(seed: UInt64) throws {
    let documents = documents(seed)
    let index = try BuiltIndex(documents.batches(of: 7))
    let segment = try index.segment()
    let (records, headings) = (segment.documents.makeReader(), segment.passages.makeHeadingReader())
    let texts = try #require(segment.texts).makeReader()
    for (number, document) in documents.enumerated() {
      let record = DocumentRecord(id: document.id, path: document.path, title: document.title)
      #expect(try segment.documents.record(number, records) == record, "seed \(seed)")
      for (passage, ordinal) in try zip(document.passages, segment.documents.passages(of: number)) {
        let place = try segment.passages.place(of: ordinal)
        #expect(place.range == passage.range && place.line == passage.line && place.language == passage.language)
        #expect(try segment.passages.headings(place.headingPath, headings) == passage.headings, "seed \(seed)")
        #expect(try String(decoding: texts.record(ordinal), as: UTF8.self) == passage.text, "seed \(seed)")
      }
    }
    let manifest = try Manifest(in: index.folder)
    #expect(manifest.analyzer == AnalyzerStamp(.bilingual).encoded)
    #expect(manifest.documents == documents.count && manifest.passages == segment.passages.count)
  }

  @Test(arguments: Seeds.first(3))
  func threadsBatchesAndMemoryChangeNoByte(seed: UInt64) throws {
    let documents = documents(seed, count: 80)
    let expected = try BuiltIndex([documents]).files()
    #expect(expected.count == 2)
    for (threads, size, memory) in [
      (1, 5, 1 << 20), (2, 5, 1 << 20), (4, 3, 1 << 20), (1, 1, 0), (4, 2, 0), (2, 9, 9000),
    ] {
      let options = IndexBuilder.Options(threads: threads, postingsMemory: memory)
      let index = try BuiltIndex(documents.batches(of: size), options: options)
      #expect(try index.files() == expected, "seed \(seed), \(threads) threads, batches of \(size), \(memory) bytes")
    }
  }

  /// Spilled runs are read through a buffer, which one entry of this index is longer than.
  @Test func anEntryLongerThanTheReadBufferComesBack() throws {
    let text = String(repeating: "x ", count: 300_000)
    let documents = (0..<3).map { number in
      Document(
        id: "\(number)", path: "p",
        passages: [Passage(text: text + "y\(number)", range: 0..<1, line: 1, language: .english)])
    }
    let inMemory = try BuiltIndex([documents], options: IndexBuilder.Options(analyzer: .whitespace))
    let spilled = try BuiltIndex(
      documents.batches(of: 1), options: IndexBuilder.Options(analyzer: .whitespace, postingsMemory: 0))
    #expect(try spilled.files() == inMemory.files())
    #expect(try IndexCheck.run(folder: spilled.temporary.path, deep: true).findings == [])
  }

  @Test func batchesAreTakenUpInOrderWhateverTheOrderInWhichTheyEnd() throws {
    let batches = documents(1, count: 8).batches(of: 2)
    let expected = try BuiltIndex(batches)
    let temporary = TemporaryFolder()
    var outcomes: [BatchOutcome] = []
    let builder = try IndexBuilder(folder: temporary.path, options: IndexBuilder.Options(threads: 4)) {
      outcomes.append($0)
    }
    // Each batch waits for the one after it, so the last one ends first.
    let ended = batches.map { _ in DispatchSemaphore(value: 0) }
    for (number, batch) in batches.enumerated() {
      try builder.submit {
        if number + 1 < ended.count { ended[number + 1].wait() }
        ended[number].signal()
        return SourceBatch(documents: batch, byteCount: number + 1)
      }
    }
    _ = try builder.finish()
    #expect(outcomes.map(\.byteCount) == [1, 2, 3, 4])
    #expect(outcomes.map(\.documents) == batches.map(\.count))
    #expect(outcomes.map(\.passages) == batches.map { $0.reduce(0) { $0 + $1.passages.count } })
    for (name, bytes) in try expected.files() {
      #expect(try StorageFolder(temporary.path).read(name) == bytes, "\(name)")
    }
  }

  @Test(arguments: [1, 4], [1, 3, 100])
  func ofTwoDocumentsWithOneIdTheFirstIsKept(threads: Int, size: Int) throws {
    let unique = documents(1, count: 30)
    var repeated = unique
    for number in [0, 3, 28] {
      var copy = unique[number]
      copy.passages.append(Passage(text: "another", range: 0..<7, line: 77, language: .english))
      copy.path = "copy \(number)"
      repeated.insert(copy, at: repeated.firstIndex { $0.id == copy.id }! + 1 + number % 2)
    }
    let options = IndexBuilder.Options(threads: threads)
    let index = try BuiltIndex(repeated.batches(of: size), options: options)
    #expect(try index.files() == BuiltIndex([unique]).files())
    let problems = index.outcomes.flatMap(\.problems)
    #expect(problems.map(\.path) == ["copy 0", "copy 3", "copy 28"])
    #expect(problems.allSatisfy { $0.reason.contains("id") && $0.line != nil })
    #expect(index.outcomes.reduce(0) { $0 + $1.documents } == unique.count)
  }

  @Test func problemsOfTheSourceAreHandedOn() throws {
    let temporary = TemporaryFolder()
    var problems: [SourceProblem] = []
    let builder = try IndexBuilder(folder: temporary.path, options: IndexBuilder.Options()) { problems += $0.problems }
    let problem = SourceProblem(path: "a", line: 3, reason: "broken")
    try builder.submit { SourceBatch(documents: [], byteCount: 0, problems: [problem]) }
    _ = try builder.finish()
    #expect(problems == [problem])
  }

  @Test func emptyInputGivesAnEmptyIndex() throws {
    let empty = Document(id: "a", path: "a", passages: [])
    let blank = Document(
      id: "b", path: "b", passages: [Passage(text: "", range: 0..<0, line: 1, language: .undetermined)])
    for (batches, passages) in [([], 0), ([[]], 0), ([[empty]], 0), ([[], [empty, blank], []], 1)]
      as [([[Document]], Int)]
    {
      let index = try BuiltIndex(batches)
      #expect(index.summary.statistics.passages == passages)
      #expect(index.summary.statistics.documents == batches.reduce(0) { $0 + $1.count })
      #expect(try IndexCheck.run(folder: index.temporary.path, deep: true).findings == [])
    }
  }

  @Test func fieldsOfOneNameFollowEachOther() throws {
    let fields = [
      Field(name: "note", value: .text("one two")), Field(name: "lang", value: .keyword("en")),
      Field(name: "note", value: .text("two one")), Field(name: "title", value: .text("one")),
      Field(name: "a\0b", value: .text("one")), Field(name: "a b", value: .text("one")),
    ]
    let document = Document(
      id: "a", path: "a", title: "one", fields: fields,
      passages: [Passage(text: "text", range: 0..<4, line: 1, language: .english)])
    let index = try BuiltIndex([[document]])
    #expect(try IndexCheck.run(folder: index.temporary.path, deep: true).findings == [])
    let terms = try NaiveIndex(index.segment()).terms
    #expect(terms[Array("fnote\0eone".utf8)]?.postings[0] == [0, 103])
    #expect(terms[Array("flang\0een".utf8)]?.postings[0] == [0, 101])
    #expect(terms[Array("ftitle\0eone".utf8)]?.postings[0] == [0, 101])
    #expect(terms[Array("fa b\0eone".utf8)]?.postings[0] == [0, 101])
  }

  @Test func anIndexWithoutTextsHasEmptyTexts() throws {
    let documents = documents(1)
    let index = try BuiltIndex([documents], options: IndexBuilder.Options(storesTexts: false))
    #expect(try index.segment().texts == nil)
    #expect(index.summary.statistics.textBytes > 0)
    #expect(try NaiveIndex(index.segment()).lengths == NaiveIndex(documents, .bilingual).lengths)
  }
}
