import ByteStorage
import IndexFormat
import Interchange
import Retrieval
import TestSupport
import Testing
import TextAnalysis

struct IndexImportTests {
  /// A file as another program might write it: terms in no order, lengths that are not the sums of the frequencies.
  private static let foreign: SlowFile = {
    var file = SlowFile()
    file.description = "by another program"
    (file.totalLists, file.totalDocuments) = (1000, 500)
    file.lists = [
      SlowFile.List(
        term: "sleep", df: 2, cf: 4, postings: [SlowFile.Posting(gap: 0, tf: 1), SlowFile.Posting(gap: 2, tf: 3)]),
      SlowFile.List(term: "焦虑", df: 1, cf: 7, postings: [SlowFile.Posting(gap: 1, tf: 7)]),
      SlowFile.List(term: "a", df: 1, cf: 1, postings: [SlowFile.Posting(gap: 2, tf: 1)]),
    ]
    file.records = [
      SlowFile.Record(docid: 0, name: "FT911-1", length: 40), SlowFile.Record(docid: 1, name: "文档 2", length: 0),
      SlowFile.Record(docid: 2, name: "c", length: 300),
    ]
    return file
  }()

  /// Where the message that is number `index` begins.
  private func offset(_ file: SlowFile, _ index: Int) -> Int { file.messages[..<index].reduce(0) { $0 + $1.count } }

  @Test func aFileOfAnotherProgram() throws {
    let index = SampleIndex()
    let summary = try index.take(IndexImportTests.foreign.bytes, .whitespace)
    #expect(summary.collectionTerms == 1000 && summary.collectionDocuments == 500)
    #expect(summary.description == "by another program")
    #expect(summary.statistics.documents == 3 && summary.statistics.passages == 3)
    #expect(summary.statistics.terms == 3 && summary.statistics.postings == 4)
    #expect(summary.statistics.totalLength == 340)
    #expect(summary.byteCount == (try index.files().values.reduce(0) { $0 + $1.count }))
    #expect(try IndexCheck.run(folder: index.folder.path, deep: true).findings == [])
    let segment = try index.segments[0]
    #expect((0..<3).map { segment.lengths[$0] } == [40, 0, 300])
    let searcher = try Searcher(IndexReader(folder: index.folder.path))
    let ranking = try searcher.search(QueryParser.plainText("sleep 焦虑"), limit: 10)
    let reader = searcher.makeHitReader(ranking)
    let hits = try ranking.hits.enumerated().map { try reader.hit($1, rank: $0 + 1) }
    #expect(Set(hits.map(\.id)) == ["FT911-1", "文档 2", "c"])
    #expect(hits.allSatisfy { $0.text == nil && $0.path == $0.id && $0.line == 1 })
    // The file again, in the order of its terms.
    var sorted = try SlowFile(index.exported(description: "by another program"))
    #expect(sorted.lists.map(\.term) == ["a", "sleep", "焦虑"])
    #expect(sorted.records == IndexImportTests.foreign.records && sorted.totalTerms == 340)
    sorted.lists.sort { $0.cf == 4 || ($0.cf == 7 && $1.cf == 1) }
    #expect(sorted.lists == IndexImportTests.foreign.lists)
  }

  @Test func whatALaterVersionAddsIsPassedOver() throws {
    var file = IndexImportTests.foreign.messages
    for index in file.indices {
      // Field 15, a number.
      let body = file[index].dropFirst() + [120, 1]
      #expect(body.count < 128)
      file[index] = SlowFile.number(body.count) + body
    }
    let index = try SampleIndex(importing: file.flatMap { $0 }, .whitespace)
    #expect(try index.files() == SampleIndex(importing: IndexImportTests.foreign.bytes, .whitespace).files())
  }

  private static let malformed: [(String, @Sendable (inout SlowFile) -> Void, message: Int, reason: String)] = [
    ("version", { $0.version = 2 }, 0, "version 1, found version 2"),
    ("negative numbers", { $0.claimedLists = -1 }, 0, "found -1 and 3"),
    ("too few lists", { $0.claimedLists = 4 }, 4, "in list of postings 4 of 4"),
    ("too many documents", { $0.claimedDocuments = 4 }, 7, "it is cut short"),
    ("documents left over", { $0.claimedDocuments = 2 }, 6, "expected the end of the file"),
    ("term twice", { $0.lists[1].term = "sleep" }, 2, "found a second one of \"sleep\""),
    ("no term", { $0.lists[1].term = "" }, 2, "expected a term that is not empty"),
    ("long term", { $0.lists[1].term = String(repeating: "a", count: 1 << 16) }, 2, "expected a term"),
    ("no postings", { $0.lists[1] = SlowFile.List(term: "x") }, 2, "expected postings of \"x\", found none"),
    ("df", { $0.lists[0].df = 3 }, 1, "expected 3 postings of \"sleep\""),
    ("cf", { $0.lists[0].cf = 5 }, 1, "expected 5 occurrences of \"sleep\""),
    ("step of 0", { $0.lists[0].postings[1].gap = 0 }, 1, "found a step of 0 after 0"),
    ("step back", { $0.lists[1].postings[0].gap = -1 }, 2, "found a step of -1"),
    ("document", { $0.lists[0].postings[1].gap = 3 }, 1, "documents of \"sleep\" below 3, found 3"),
    ("frequency 0", { $0.lists[0].postings[0].tf = 0 }, 1, "found 0 in document 0"),
    ("order of documents", { $0.records.swapAt(0, 1) }, 4, "0 next, found 1"),
    ("negative length", { $0.records[1].length = -1 }, 5, "length of document 1 from 0, found -1"),
    ("no id", { $0.records[1].name = "" }, 5, "expected an id of document 1"),
    ("id twice", { $0.records[2].name = "FT911-1" }, 6, "a second document \"FT911-1\""),
  ]

  @Test(arguments: malformed.indices)
  func whatIsWrongIsNamedWithItsByte(number: Int) throws {
    let (name, change, message, reason) = IndexImportTests.malformed[number]
    var file = IndexImportTests.foreign
    change(&file)
    let index = try SampleIndex(importing: IndexImportTests.foreign.bytes, .whitespace)
    let before = try index.files()
    let error = #expect(throws: InterchangeError.self, "\(name)") { try index.take(file.bytes, .whitespace) }
    guard case .malformed(let path, let place, let found) = try #require(error) else {
      Issue.record("\(name): \(String(describing: error))")
      return
    }
    #expect(path.hasSuffix("import.ciff"))
    #expect(found.contains(reason), "\(name): \(found)")
    #expect(place == offset(file, message), "\(name): \(found)")
    #expect(try index.files() == before, "\(name)")
  }

  @Test func anIndexThatIsWrittenToIsLeftAlone() throws {
    let index = try SampleIndex(importing: IndexImportTests.foreign.bytes, .whitespace)
    let before = try index.files()
    let lock = try WriteLock(index.folder)
    let error = #expect(throws: InterchangeError.self) {
      try index.take(IndexImportTests.foreign.bytes, .whitespace)
    }
    guard case .index(.storage(.locked))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try index.files() == before)
    withExtendedLifetime(lock) {}
  }

  @Test func termsOfKindsNeedTheirKind() throws {
    let error = #expect(throws: InterchangeError.self) {
      try SampleIndex(importing: IndexImportTests.foreign.bytes, .bilingual)
    }
    #expect("\(try #require(error))".contains("expected a term as kind:text with one of the kinds character, compound"))
  }

  @Test func otherFilesAreNamedForWhatTheyAre() throws {
    func complaint(_ bytes: [UInt8]) throws -> String {
      "\(try #require(#expect(throws: InterchangeError.self) { try SampleIndex(importing: bytes, .whitespace) }))"
    }
    #expect(try complaint([0x1F, 0x8B, 8, 0, 0, 0]).contains("compressed with gzip"))
    #expect(try complaint([]).contains("byte 0: "))
    #expect(try complaint(Array("{\"text\": \"a document\"}".utf8)).contains("byte 0: "))
    #expect(throws: InterchangeError.self) {
      try IndexImport.run(file: "/nonexistent", folder: SampleIndex().folder, analyzer: .whitespace)
    }
  }
}
