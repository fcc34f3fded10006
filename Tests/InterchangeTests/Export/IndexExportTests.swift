import ByteStorage
import IndexFormat
import Interchange
import SearchModel
import TestSupport
import Testing
import TextAnalysis

struct IndexExportTests {
  private func expectEqual(_ found: SlowFile, _ expected: SlowFile, _ comment: Comment) {
    #expect(found.lists.map(\.term) == expected.lists.map(\.term), comment)
    for (one, other) in zip(found.lists, expected.lists) where one != other {
      Issue.record("\(comment): \(one) is not \(other)")
    }
    #expect(found.records == expected.records, comment)
    var (found, expected) = (found, expected)
    (found.lists, found.records, expected.lists, expected.records) = ([], [], [], [])
    #expect(found == expected, comment)
  }

  @Test(arguments: Seeds.first(4), AnalyzerDescription.builtIn.indices)
  func theFileHoldsWhatWasCounted(seed: UInt64, analyzer: Int) throws {
    let analyzer = AnalyzerDescription.builtIn[analyzer]
    let documents = [Document].random(seed, count: 60)
    let found = try SlowFile(SampleIndex(documents, analyzer).exported())
    let kinds = ScoredKinds.of(analyzer)
    let expected = try CountedIndex(documents, analyzer, kinds: kinds).file(
      description: "suo, analyzer \(analyzer.name), terms \(kinds.map(\.name).joined(separator: " "))")
    expectEqual(found, expected, "seed \(seed), \(analyzer.name)")
    // What the reader of the format's authors checks.
    #expect(found.records.reduce(0) { $0 + $1.length } == found.totalTerms)
    #expect(found.lists.reduce(0) { $0 + $1.cf } == found.totalTerms)
  }

  @Test(arguments: Seeds.first(3), [[TokenKind.stem], [.gram, .character], [.exact, .stem], [.character]])
  func someKindsMakeShorterDocuments(seed: UInt64, kinds: [TokenKind]) throws {
    let documents = [Document].random(seed, count: 40)
    let index = try SampleIndex(documents, .bilingual)
    let expected = try CountedIndex(documents, .bilingual, kinds: kinds).file(description: "some")
    expectEqual(
      try SlowFile(index.exported(kinds: kinds, description: "some")), expected, "seed \(seed), \(kinds)")
  }

  /// Emoji are the only exact units that are scored, in whatever form they are written.
  @Test func emojiAreTermsAndLetterRunsAreNot() throws {
    let text = "sleep 😀 👨‍👩‍👧 1️⃣ 🇨🇳 👍🏽 ❤️ ❤ ☺️ 10² e-mail"
    let passage = Passage(text: text, range: 0..<text.utf8.count, line: 1, language: .english)
    let documents = [Document(id: "d", path: "d", passages: [passage])]
    let found = try SlowFile(SampleIndex(documents, .bilingual).exported(description: ""))
    let expected = try CountedIndex(documents, .bilingual, kinds: ScoredKinds.of(.bilingual)).file(description: "")
    expectEqual(found, expected, "emoji")
    #expect(found.lists.contains { $0.term == "exact:😀" } && !found.lists.contains { $0.term == "exact:sleep" })
  }

  @Test func idsOfWholeDocumentsStayAsTheyAre() throws {
    let documents = [Document].random(7, count: 20, passages: 0...1)
    let names = try SlowFile(SampleIndex(documents, .standard).exported()).records.map(\.name)
    #expect(names == documents.filter { !$0.passages.isEmpty }.map(\.id))
  }

  @Test func longListsHaveAllTheirPostings() throws {
    let passage = Passage(text: "again and again", range: 0..<15, line: 1, language: .english)
    let documents = (0..<1000).map { Document(id: "d\($0)", path: "", passages: [passage]) }
    let file = try SlowFile(SampleIndex(documents, .whitespace).exported())
    #expect(file.lists.map(\.term) == ["again", "and"])
    #expect(file.lists[0].df == 1000 && file.lists[0].cf == 2000)
    #expect(file.lists[0].postings == (0..<1000).map { SlowFile.Posting(gap: min($0, 1), tf: 2) })
  }

  @Test(arguments: Seeds.first(3), [AnalyzerDescription.bilingual, .standard])
  func severalSegmentsAreOne(seed: UInt64, analyzer: AnalyzerDescription) throws {
    let documents = [Document].random(seed, count: 50)
    let whole = try SampleIndex(documents, analyzer)
    var segments: [Segment] = []
    var parts: [SampleIndex] = []
    for range in [0..<20, 20..<21, 21..<50] {
      parts.append(try SampleIndex(Array(documents[range]), analyzer))
      segments += try parts[parts.count - 1].segments
    }
    let path = whole.temporary.path(of: "parts.ciff")
    _ = try IndexExport(segments, analyzer: analyzer).write(to: path)
    #expect(try MappedFile(path: path).view.copied() == whole.exported(), "seed \(seed)")
  }

  @Test func anIndexWithoutDocuments() throws {
    let file = try SlowFile(SampleIndex([], .bilingual).exported(description: ""))
    #expect(file == SlowFile())
  }

  @Test func aFileThatCannotBeWrittenIsNamedAndNothingIsLeft() throws {
    let index = try SampleIndex([Document].random(1, count: 3), .standard)
    let export = try IndexExport(index.segments, analyzer: .standard)
    let error = #expect(throws: InterchangeError.self) { try export.write(to: index.temporary.path(of: "no/file")) }
    #expect("\(try #require(error))".contains("no/file"))
    // A folder of the name cannot be replaced by a file.
    #expect(throws: InterchangeError.self) { try export.write(to: index.temporary.path(of: "index")) }
    #expect(try StorageFolder(index.temporary.path).names() == ["index"])
  }
}
