import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// A document that is not found is told what for, and one that is found where it stands.
@Suite struct DiagnosisTests {
  private static let documents: [Document] = {
    func document(
      _ id: String, title: String, fields: [(String, FieldValue)], _ texts: [(String, Language)]
    ) -> Document {
      Document(
        id: id, path: "notes/" + id, title: title, titleIsSeparate: true,
        fields: fields.map { Field(name: $0.0, value: $0.1) },
        passages: texts.enumerated().map {
          Passage(text: $1.0, range: 0..<$1.0.utf8.count, line: $0 + 1, language: $1.1)
        })
    }
    return [
      document(
        "hippocampus.md", title: "睡眠笔记",
        fields: [("tags", .list([.keyword("brain"), .keyword("rest")])), ("rating", .number(4))],
        [
          ("他很焦虑，晚上睡不好。", .chinese),
          ("Deep and long sleep helps anxious people. She was running home.", .english),
          ("Memory is working; the café opened.", .english),
          ("药物氯胺酮。恐惧慢慢消退了。焦急的人没有思虑。", .chinese),
        ]),
      document(
        "other.md", title: "", fields: [("status", .keyword("open"))],
        [("depression, anxiety, 多巴胺, 杏仁核, run, deep sleep; 请考虑急救。睡眠 brainy", .english)]),
    ]
  }()

  private struct Unexpected: Error {}

  private func diagnosis(
    _ query: String, language: Language? = nil, analyzer: AnalyzerDescription = .bilingual, storesTexts: Bool = true
  ) throws -> MatchDiagnosis {
    let index = try BuiltIndex(documents: DiagnosisTests.documents, analyzer: analyzer, storesTexts: storesTexts)
    let lookup = try Searcher(index.reader).diagnose(
      "hippocampus.md", try QueryParser.parse(query), language: language)
    guard case .found(let diagnosis) = lookup else { throw Unexpected() }
    return diagnosis
  }

  /// A query that misses the document, the reason, and what is shown for it.
  struct Miss: Sendable {
    var query: String
    var kind: MissCause.Kind
    var evidence: [String]

    init(_ query: String, _ kind: MissCause.Kind, _ evidence: String...) {
      self.query = query
      self.kind = kind
      self.evidence = evidence
    }
  }

  private static let misses = [
    Miss("depression", .notInDocument),
    Miss("zebra", .notInIndex),
    Miss("多巴胺", .notInDocument),
    Miss("+杏仁核", .notInDocument),
    Miss("、", .nothingToSearch),
    Miss("-zebra", .onlyExclusions),
    Miss("\"run home\"", .otherForm, "running"),
    Miss("anxiety", .similarSpelling, "anxious"),
    Miss("memroy", .similarSpelling, "Memory"),
    Miss("anxie*", .similarSpelling, "anxious"),
    Miss("neuro*", .notInIndex),
    Miss("虑急", .charactersApart, "虑", "急"),
    Miss("brain", .inField, "tags:brain"),
    Miss("hippocampus", .inPath, "notes/hippocampus.md"),
    Miss("\"deep sleep\"", .wordsApart, "Deep and long sleep"),
    Miss("\"恐惧消退\"", .wordsApart, "恐惧慢慢消退"),
    Miss("\"working memory\"", .otherOrder, "Memory is working"),
    Miss("\"氯胺酮药物\"", .otherOrder, "药物氯胺酮"),
    Miss("\"sleep memory\"", .otherPassages, "sleep", "Memory"),
    Miss("+sleep +memory", .neverTogether, "sleep in passage 1", "memory in passage 2"),
    Miss("焦虑 AND café", .neverTogether, "焦虑 in passage 0", "café in passage 2"),
    Miss("lang:zh sleep", .neverTogether, "lang:zh in passage 0 and 3", "sleep in passage 1"),
    Miss("status:open sleep", .fieldAbsent, "tags", "rating"),
    Miss("tags:sleep", .fieldDiffers, "brain", "rest"),
    Miss("rating:5 sleep", .fieldDiffers, "4"),
    Miss("title:memory", .fieldDiffers, "睡眠笔记"),
    Miss("lang:ja sleep", .languageDiffers, "zh", "en", "en", "zh"),
    Miss("sleep -running", .excluded, "passage 1"),
    Miss("(anxiety OR depression) AND sleep", .similarSpelling, "anxious"),
    Miss("\"deep zebra\"", .notInIndex),
  ]

  @Test(arguments: misses)
  func plantedMissesAreDiagnosed(miss: Miss) throws {
    let diagnosis = try diagnosis(miss.query)
    #expect(diagnosis.standing == nil)
    #expect(diagnosis.query.passages.isEmpty)
    let causes = diagnosis.query.allCauses
    let cause = try #require(causes.first { $0.kind == miss.kind }, "\(causes.map(\.kind))")
    #expect(cause.evidence.map(\.text) == miss.evidence, "\(cause)")
    #expect(!cause.description.isEmpty)
    for item in cause.evidence {
      guard let passage = item.passage, let range = item.range else { continue }
      let text = Array(DiagnosisTests.documents[0].passages[passage].text.utf8)
      #expect(String(decoding: text[range], as: UTF8.self) == item.text)
    }
  }

  @Test func everyKindOfCauseIsPlanted() {
    #expect(Set(DiagnosisTests.misses.map(\.kind)).union([.otherWriting]) == Set(MissCause.Kind.allCases))
  }

  @Test func anAnalyzerMayKeepWritingsApart() throws {
    let diagnosis = try diagnosis("memory", analyzer: .whitespace)
    let cause = try #require(diagnosis.query.allCauses.first { $0.kind == .otherWriting })
    #expect(cause.evidence.map(\.text) == ["Memory"])
  }

  @Test func theLanguageOfTheSearchIsAPartOfTheQuery() throws {
    let cause = try #require(try diagnosis("焦虑", language: .english).query.allCauses.first)
    #expect(cause.kind == .neverTogether)
    // Since no English passage has 焦虑, one of its characters is enough, which passage 3 has.
    #expect(cause.evidence.map(\.text) == ["lang:en in passage 1 and 2", "焦虑 in passage 0 and 3"])
    #expect(try diagnosis("焦虑", language: .chinese).standing != nil)
  }

  @Test func withoutTextsWhatIsMissingIsStillTold() throws {
    for query in ["depression", "\"deep sleep\"", "+杏仁核"] {
      let diagnosis = try diagnosis(query, storesTexts: false)
      #expect(!diagnosis.hasTexts)
      #expect(diagnosis.query.allCauses.map(\.kind) == [.notInDocument], "\(query)")
    }
  }

  @Test func documentsGoByIdAndPathAndAreSuggested() throws {
    let searcher = try Searcher(try BuiltIndex(documents: DiagnosisTests.documents).reader)
    func nearest(_ name: String) throws -> [String]? {
      switch try searcher.diagnose(name, .word("sleep")) {
      case .found: nil
      case .unknown(let nearest): nearest
      }
    }
    #expect(try nearest("other.md") == nil)
    #expect(try nearest("notes/other.md") == nil)
    #expect(try nearest("othre.md") == ["other.md"])
    #expect(try nearest("HIPPO") == ["hippocampus.md"])
    #expect(try nearest("zebra") == [])
  }

  @Test func whatStandsBeforeIsCompared() throws {
    let standing = try #require(try diagnosis("睡眠 deep sleep").standing)
    #expect(standing.place.rank == 2)
    #expect(standing.documentRank == 2)
    let before = try #require(standing.before)
    #expect(before.id == "other.md")
    let difference = standing.differences.reduce(0.0) { $0 + Double($1.before) - Double($1.here) }
    #expect(abs(difference - Double(before.explanation.value - standing.place.explanation.value)) < 1e-5)
    #expect(standing.differences.contains { $0.here == 0 && $0.label == "gram 睡眠" && $0.hereNumbers.isEmpty })
  }

  @Test(arguments: 0..<6)
  func diagnosesAgreeWithTheRanking(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 700 + seed)
    let documents = (0..<12).map { number in
      Document(
        id: "document-\(number)", path: "\(number)",
        passages: corpus.texts(count: 3, longest: 10).map {
          Passage(text: $0, range: 0..<$0.utf8.count, line: 1, language: .english)
        })
    }
    let searcher = try Searcher(try BuiltIndex(documents: documents).reader, similarity: corpus.similarity())
    var found = 0
    var missed = 0
    for number in 0..<12 {
      let query = corpus.query()
      let ranking = try searcher.search(query, limit: 1000)
      for document in 0..<3 {
        let label = "seed \(seed), query \(number): \(query.text), document \(document)"
        guard case .found(let diagnosis) = try searcher.diagnose("document-\(document)", query) else {
          Issue.record("\(label) is not there")
          continue
        }
        let passages = (3 * document)..<(3 * document + 3)
        let hits = ranking.hits.filter { passages.contains($0.passage) }
        #expect(diagnosis.query.passages == hits.map { $0.passage - passages.lowerBound }.sorted(), "\(label)")
        if let standing = diagnosis.standing {
          found += 1
          let index = standing.place.rank - 1
          #expect(ranking.hits[index] == hits.first, "\(label)")
          #expect(standing.place.explanation.value == hits.first?.score, "\(label)")
          #expect(standing.before?.explanation.value == (index > 0 ? ranking.hits[index - 1].score : nil), "\(label)")
        } else {
          missed += 1
          #expect(hits.isEmpty, "\(label)")
          #expect(!diagnosis.query.allCauses.isEmpty, "\(label)")
        }
      }
    }
    #expect(found > 0 && missed > 0)
  }
}
