import Indexing
import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// Feedback against the slow scorer and against means over all terms.
@Suite struct QueryExpansionTests {
  private static let analyzers: [AnalyzerDescription] = [.bilingual, .english, .cjkBigram]

  /// Words in both languages without anything else.
  private func query(_ corpus: inout RandomCorpus) -> QueryNode {
    QueryParser.plainText((0..<corpus.number(1...4)).map { _ in corpus.piece() }.joined(separator: " "))
  }

  private func expectEqual(_ words: TermBag, _ expected: [[UInt8]: (weight: Double, added: Double)], _ label: Comment) {
    let terms = words.drivers + words.boosters
    #expect(Set(terms.map(\.key)) == Set(expected.keys), label)
    #expect(terms.count == expected.count, label)
    for term in terms {
      guard let (weight, added) = expected[term.key] else { continue }
      #expect(abs(Double(term.weight) - weight) <= 1e-5 * weight, label)
      #expect(abs(Double(term.feedback) - added) <= 1e-5 * added, label)
    }
  }

  @Test(arguments: Seeds.first(12))
  func `Added terms, scores and hits are those of the slow scorer`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 4000 + seed)
    let texts = corpus.texts(count: 130, longest: 12)
    let description = Self.analyzers[Int(seed % 3)]
    let index =
      try seed % 4 == 0
      ? JoinedIndex([
        BuiltIndex(Array(texts[..<50]), analyzer: description), BuiltIndex(Array(texts[50...]), analyzer: description),
      ]) : JoinedIndex([BuiltIndex(texts, analyzer: description)])
    let scorer = try NaiveScorer(texts, description)
    let naive = try NaiveExpansion(texts.map { [$0] }, description)
    var (expanded, reranked) = (0, 0)
    for number in 0..<15 {
      let similarity = corpus.similarity()
      let first = try Searcher(index.reader, similarity: similarity)
      let searcher = try Searcher(index.reader, similarity: similarity)
      (first.reranks, searcher.reranks) = (number % 3 == 0, number % 3 == 0)
      searcher.usesFeedback = true
      let query = query(&corpus)
      let label: Comment = "seed \(seed), query \(number): \(query), \(similarity)"
      let plain = try first.search(query, limit: 10)
      let ranking = try searcher.search(query, limit: 100)
      #expect(ranking.plan == plain.plan, label)
      guard let words = plain.plan.scoredWords, let scored = ranking.scoring.scoredWords else { continue }
      expectEqual(scored, naive.weights(words, by: plain.hits, similarity), label)
      expanded += ranking.addedTerms?.count ?? 0
      // The slow scorer ranks by the same plan, and reranking is tested by itself.
      var expected = scorer.rank(ranking.scoring, similarity)
      #expect(ranking.total == TotalHits(value: expected.count, relation: .equal), label)
      if searcher.reranks && index.reader.hasLatentVectors, let words = Reranking.words(of: plain.plan) {
        expected = Array(expected.prefix(100))
        let memory = ScratchMemory()
        let compiler = QueryCompiler(index.reader, similarity, memory)
        let forms = WordForms(index.reader, searcher.analyzer)
        _ = try Reranking(words, compiler, index.reader, memory, forms, searcher.evidence, depth: 50)
          .apply(to: &expected)
        reranked += 1
      }
      #expect(ranking.hits == Array(expected.prefix(100)), label)
      for limit in [0, 1, 10, 30] {
        let few = try searcher.search(query, limit: limit)
        #expect(few.hits == Array(ranking.hits.prefix(limit)) && few.total == ranking.total, label)
        #expect(try searcher.search(query, limit: limit, countsAll: false).hits == few.hits, label)
      }
    }
    #expect(expanded > 100)
    #expect(reranked > 0 || !index.reader.hasLatentVectors)
  }

  @Test func `A title that is searched with the first passage is learned from`() throws {
    let documents = (0..<60).map { number in
      Document(
        id: "\(number)", path: "\(number)", title: "w\(number % 7) title\(number % 5)",
        titleIsSeparate: number % 2 == 0,
        passages: (0..<2).map { part in
          let text = "t\(number % 4) x\(number % 9) y\(number * (part + 1) % 11)"
          return Passage(text: text, range: 0..<text.utf8.count, line: 1 + part, language: .english)
        })
    }
    let index = try BuiltIndex(documents: documents)
    let naive = try NaiveExpansion(
      documents.flatMap { document in
        document.passages.enumerated().map { number, passage in
          number == 0 && document.titleIsSeparate ? [passage.text, document.title] : [passage.text]
        }
      }, .bilingual)
    let searcher = try Searcher(index.reader)
    var titles = 0
    for word in ["t0", "t1", "x3 y2", "w2"] {
      let query = QueryParser.plainText(word)
      searcher.usesFeedback = false
      let plain = try searcher.search(query, limit: 10)
      searcher.usesFeedback = true
      let ranking = try searcher.search(query, limit: 10)
      expectEqual(
        try #require(ranking.scoring.scoredWords),
        naive.weights(try #require(plain.plan.scoredWords), by: plain.hits, BM25()), "\(word)")
      titles += ranking.addedTerms?.filter { $0.term.hasPrefix("titl") }.count ?? 0
    }
    #expect(titles > 0)
  }

  @Test(arguments: Seeds.first(4))
  func `Explanations add up and tell what feedback gave`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 4100 + seed)
    let searcher = try Searcher(BuiltIndex(corpus.texts(count: 200, longest: 20)).reader)
    searcher.usesFeedback = true
    searcher.reranks = seed % 2 == 0
    var described = 0
    for number in 0..<10 {
      let query = query(&corpus)
      let ranking = try searcher.search(query, limit: 60)
      let added = Dictionary(
        uniqueKeysWithValues: (ranking.addedTerms ?? []).map { ("\($0.channel.rawValue) \($0.term)", $0.weight) })
      #expect((ranking.addedTerms ?? []).reduce(0) { $0 + $1.share } <= 0.4 + 1e-5)
      for hit in ranking.hits {
        let explanation = try searcher.explain(hit, ranking)
        let sum = explanation.details.reduce(0.0) { $0 + Double($1.value) }
        let size = explanation.details.reduce(0.0) { $0 + abs(Double($1.value)) }
        #expect(abs(sum - Double(hit.score)) <= 1e-6 * size, "seed \(seed), query \(number)")
        for part in explanation.details {
          guard let match = part.match else { continue }
          let given = part.numbers.first { $0.name == "feedback_weight" }?.value
          #expect(given.map { Float($0) } == added["\(match.channel.rawValue) \(match.term)"])
          if part.description.contains(" by feedback") { described += 1 }
        }
      }
    }
    #expect(described > 100)
  }

  private static let notes = [
    "ketamine relieves depression quickly", "ketamine is an anaesthetic for depression",
    "esketamine is an anaesthetic that relieves depression", "anaesthetic that relieves pain", "pain in the morning",
    "reading in the morning", "a walk in the evening",
  ]

  @Test func `Passages without a word of the query are found, and only its words are marked`() throws {
    let searcher = try Searcher(BuiltIndex(Self.notes).reader)
    let query = QueryParser.plainText("ketamine")
    #expect(try searcher.search(query, limit: 10).hits.map(\.passage).sorted() == [0, 1])
    searcher.usesFeedback = true
    let ranking = try searcher.search(query, limit: 10)
    #expect(Set(ranking.hits.prefix(2).map(\.passage)) == [0, 1])
    #expect(Set(ranking.hits.map(\.passage)).isSuperset(of: [0, 1, 2, 3]))
    let reader = searcher.makeHitReader(ranking)
    for (place, hit) in ranking.hits.enumerated() {
      let shown = try reader.hit(hit, rank: place + 1)
      let marked = shown.highlights.map { String(decoding: Array(Self.notes[hit.passage].utf8)[$0], as: UTF8.self) }
      #expect(marked == (hit.passage < 2 ? ["ketamine"] : []))
    }
  }

  @Test func `Restrictions hold for what is added`() throws {
    let searcher = try Searcher(BuiltIndex(Self.notes).reader)
    searcher.usesFeedback = true
    let all = try searcher.search(QueryParser.parse("ketamine"), limit: 10)
    #expect(all.hits.contains { $0.passage == 3 })
    let some = try searcher.search(QueryParser.parse("ketamine -pain"), limit: 10)
    #expect(!some.hits.contains { $0.passage >= 3 && $0.passage <= 4 } && some.addedTerms?.isEmpty == false)
    #expect(try searcher.search(QueryParser.parse("ketamine lang:zh"), limit: 10).hits.isEmpty)
  }

  @Test(arguments: ["\"ketamine relieves\"", "+ketamine +depression", "ket*", "ketamine \"pain\""])
  func `What is not plain words is searched for once`(text: String) throws {
    let reader = try BuiltIndex(Self.notes).reader
    let (plain, searcher) = (try Searcher(reader), try Searcher(reader))
    searcher.usesFeedback = true
    let query = try QueryParser.parse(text)
    let ranking = try searcher.search(query, limit: 10)
    #expect(try ranking.hits == plain.search(query, limit: 10).hits)
    #expect(ranking.addedTerms == nil)
  }

  @Test func `A query that finds nothing adds nothing`() throws {
    let searcher = try Searcher(BuiltIndex(Self.notes).reader)
    searcher.usesFeedback = true
    let ranking = try searcher.search(QueryParser.plainText("xylophone"), limit: 10)
    #expect(ranking.hits.isEmpty && ranking.addedTerms == [])
  }

  @Test func `An index without texts is refused`() throws {
    let text = Self.notes[0]
    let document = Document(
      id: "a", path: "a",
      passages: [Passage(text: text, range: 0..<text.utf8.count, line: 1, language: .english)])
    let index = try BuiltIndex(documents: [document], storesTexts: false)
    let searcher = try Searcher(index.reader)
    searcher.usesFeedback = true
    let error = #expect(throws: RetrievalError.self) {
      try searcher.search(QueryParser.plainText("ketamine"), limit: 10)
    }
    #expect(error?.description.hasPrefix("\(index.folder.path): feedback learns from the texts") == true)
    #expect(error?.description.contains("--no-store") == true)
  }
}
