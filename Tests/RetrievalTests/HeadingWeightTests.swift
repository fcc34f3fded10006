import IndexFormat
import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// Searches where title and headings count in every passage below them.
@Suite struct HeadingWeightTests {
  /// Documents of several passages below headings, half of them with a title that stands apart.
  private func documents(_ corpus: inout RandomCorpus, count: Int) -> [Document] {
    (0..<count).map { number in
      let title = number % 5 == 0 ? "" : corpus.piece() + " " + corpus.piece()
      let passages = corpus.texts(count: corpus.number(1...4), longest: 15).map { text in
        Passage(
          text: text, range: 0..<text.utf8.count, line: 1,
          headings: (0..<corpus.number(0...2)).map { $0 == 1 ? title : corpus.piece() + corpus.piece() },
          language: .undetermined)
      }
      return Document(
        id: "document-\(number)", path: "\(number).md", title: title, titleIsSeparate: number % 2 == 0,
        passages: passages)
    }
  }

  private func sources(_ documents: [Document], _ weight: Int) -> [NaiveScorer.Source] {
    documents.flatMap { document in
      document.passages.enumerated().map { index, passage in
        let title = document.titleIsSeparate ? document.title : ""
        var source = NaiveScorer.Source(texts: [passage.text])
        if index == 0 && !title.isEmpty { source.texts.insert(title, at: 0) }
        source.headings = passage.headings.filter { $0 != title }.map { ($0, weight) }
        source.headings.insert((title, index == 0 ? weight - 1 : weight), at: 0)
        return source
      }
    }
  }

  @Test(arguments: 0..<15)
  func queriesRankAsTheSlowScorerDoes(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 800 + seed)
    let analyzer = AnalyzerDescription.builtIn[Int(seed) % AnalyzerDescription.builtIn.count]
    let documents = documents(&corpus, count: corpus.number(1...40))
    let weight = corpus.number(1...4)
    let index = try BuiltIndex(documents: documents, analyzer: analyzer, headingWeight: weight)
    let oracle = try NaiveScorer(sources(documents, weight), analyzer)
    let similarity = corpus.similarity()
    let searcher = try Searcher(index.reader, similarity: similarity)
    for number in 0..<25 {
      // Every third query is the quoted text of a heading.
      let quoted = documents[number % documents.count].passages[0].headings.first ?? corpus.piece()
      let query = number % 3 == 0 ? .phrase(quoted) : corpus.query()
      let label: Comment = "seed \(seed), query \(number): \(query)"
      let ranking = try searcher.search(query, limit: 1000)
      let expected = oracle.rank(ranking.plan, similarity)
      #expect(ranking.hits == expected && ranking.total.value == expected.count, label)
      #expect(try searcher.count(query) == expected.count, label)
      #expect(try searcher.search(query, limit: 10, countsAll: false).hits == Array(expected.prefix(10)), label)
    }
  }

  @Test(arguments: 0..<6)
  func highlightsAndQuotesAreThoseOfTheTexts(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 850 + seed)
    let documents = documents(&corpus, count: 40)
    let weighed = try Searcher(BuiltIndex(documents: documents, headingWeight: 3).reader)
    let bare = try Searcher(BuiltIndex(documents: documents).reader)
    for number in 0..<40 {
      let text = corpus.piece() + (number % 4 == 0 ? "" : corpus.piece())
      let query: QueryNode = number % 2 == 0 ? .phrase(text) : .word(text)
      let (found, expected) = (try weighed.search(query, limit: 1000), try bare.search(query, limit: 1000))
      let (passages, below) = (Set(expected.hits.map(\.passage)), Set(found.hits.map(\.passage)))
      #expect(number % 2 == 0 ? below == passages : below.isSuperset(of: passages), "\(query)")
      let (reader, other) = (weighed.makeHitReader(found), bare.makeHitReader(expected))
      for hit in expected.hits {
        let (here, there) = (try reader.hit(hit, rank: 1), try other.hit(hit, rank: 1))
        #expect(here.highlights == there.highlights && here.text == there.text, "\(query)")
      }
    }
  }

  @Test func wordsReachBelowHeadingsAndQuotesDoNot() throws {
    let passage = { (text: String, headings: [String]) in
      Passage(text: text, range: 0..<text.utf8.count, line: 1, headings: headings, language: .english)
    }
    let document = Document(
      id: "d", path: "d.md", title: "Sleeping", titleIsSeparate: true,
      passages: [
        passage("Rest.", ["工作记忆", "Working memory"]), passage("Working.", ["工作记忆", "Working memory"]),
        passage("工作记忆 and working memory.", []), passage("Nothing.", ["Sleeping"]),
      ])
    let searcher = try Searcher(BuiltIndex(documents: [document], headingWeight: 2).reader)
    func found(_ query: String) throws -> [Int] {
      try searcher.search(QueryParser.parse(query), limit: 10).hits.map(\.passage).sorted()
    }
    #expect(try found("memory") == [0, 1, 2] && found("工作记忆") == [0, 1, 2] && found("sleep") == [0, 1, 2, 3])
    #expect(try found("\"working memory\"") == [2] && found("\"工作记忆\"") == [2] && found("\"memory\"") == [2])
    #expect(try found("\"工\"") == [2] && found("\"memory working\"") == [] && found("\"记忆 working\"") == [])
    #expect(try found("+sleep -memory") == [3] && found("+sleep -工作记忆") == [3] && found("+memory +rest") == [0])
    #expect(try found("+工作记忆 +rest") == [0] && found("mem*") == [0, 1, 2] && found("title:sleeping") == [0, 1, 2, 3])
    // A title among the headings counts once, and twice in all as the weight says: no passage has more of it than another.
    let parts = try searcher.search(QueryParser.parse("sleep"), limit: 10)
    let frequencies = try parts.hits.map { hit in
      try searcher.explain(hit, parts).details[0].numbers.first { $0.name == "frequency" }?.value
    }
    #expect(frequencies == [2, 2, 2, 2])
    let explanation = try searcher.explain(parts.hits[0], parts)
    #expect(explanation.details[0].match?.found == ["Sleeping"])
    let hit = try searcher.makeHitReader(parts).hit(try #require(parts.hits.first { $0.passage == 3 }), rank: 1)
    #expect(hit.highlights == [] && hit.titleHighlights == [0..<8])
  }

  @Test func headingsStandNearNoText() throws {
    let text = "memory"
    let passage = Passage(text: text, range: 0..<6, line: 1, headings: ["sleep memory"], language: .english)
    let document = Document(id: "d", path: "d.md", passages: [passage])
    let filler = Document(
      id: "e", path: "e.md", passages: [Passage(text: "filler", range: 0..<6, line: 1, language: .english)])
    let searcher = try Searcher(BuiltIndex(documents: [document, filler, filler], headingWeight: 1).reader)
    searcher.reranks = true
    searcher.evidence = EvidenceWeights(proximity: 1, coverage: 1)
    let ranking = try searcher.search(QueryParser.parse("sleep memory"), limit: 10)
    let gain = try #require(ranking.reranked.first?.evidence)
    #expect(gain.proximity == 0 && gain.coverage > 0)
  }

  @Test func segmentsOfDifferentWeightsAreRefused() throws {
    let parts = try [1, 2].map {
      try BuiltIndex(documents: [Document(id: "\($0)", path: "p", passages: [])], headingWeight: $0)
    }
    let error = #expect(throws: IndexError.self) { _ = try JoinedIndex(parts) }
    #expect(error.map { "\($0)".contains("one `heading_weight` in all segments, found 1 in") } == true)
  }
}
