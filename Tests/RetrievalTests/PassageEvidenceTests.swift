import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// What proximity and coverage add, against a reading of the texts, word by word.
@Suite struct PassageEvidenceTests {
  /// Words of both languages side by side.
  private func query(_ corpus: inout RandomCorpus) -> QueryNode {
    .group((0..<corpus.number(1...5)).map { _ in QueryClause(.optional, .word(corpus.piece())) })
  }

  /// Reads texts for the terms of a query.
  private struct SlowReading {
    let analyzer: Analyzer
    let texts: [TokenBuffer]

    init(_ texts: [String], _ description: AnalyzerDescription) throws {
      let analyzer = try Analyzer(description)
      self.analyzer = analyzer
      self.texts = texts.map {
        var buffer = TokenBuffer()
        analyzer.analyze($0, into: &buffer)
        return buffer
      }
    }

    func holds(_ text: Int, _ key: [UInt8]) -> Bool {
      texts[text].tokens.contains { texts[text].key(of: $0).elementsEqual(key) }
    }

    func weight(_ term: TermBag.Term) -> Double {
      let holding = texts.indices.filter { holds($0, term.key) }.count
      guard holding > 0 else { return 0 }
      let rarity = BM25().inverseDocumentFrequency(passages: texts.count, documentFrequency: holding)
      return Double(term.weight * rarity)
    }

    func coverage(_ text: Int, _ terms: [(key: [UInt8], weight: Double)]) -> Double {
      terms.filter { holds(text, $0.key) }.reduce(0) { $0 + $1.weight }
    }

    /// Where a term stands: where its own tokens do if they have positions, or units that are words of its stem.
    func positions(_ text: Int, _ key: [UInt8]) -> [Int] {
      let buffer = texts[text]
      return buffer.tokens.filter { token in
        guard token.roles.contains(.positional) else { return false }
        let found = Array(buffer.key(of: token))
        if found == key { return true }
        guard token.kind == .exact, key[0] == TokenKind.stem.rawValue else { return false }
        let (unit, stem) = (String(decoding: found.dropFirst(), as: UTF8.self), Array(key.dropFirst()))
        var alone = TokenBuffer()
        analyzer.analyze(unit, into: &alone)
        let isForm = alone.unitCount == 1 && alone.tokens.contains { Array(alone.key(of: $0)) == key }
        let root = "iyl".utf8.contains(stem[stem.count - 1]) ? stem.dropLast() : stem[...]
        return root.count < 3 ? unit.utf8.elementsEqual(stem) : isForm && unit.utf8.starts(with: root)
      }.map { Int($0.position) }
    }

    func proximity(_ text: Int, _ terms: [(key: [UInt8], weight: Double)]) -> Double {
      let places = terms.map { positions(text, $0.key) }
      let sums = places.joined().map { start in
        let window = start..<(start + Int(WordWindow.length))
        return zip(terms, places).filter { $0.1.contains(where: window.contains) }.reduce(0) { $0 + $1.0.weight }
      }
      let heaviest = zip(terms, places).filter { !$0.1.isEmpty }.map(\.0.weight).max() ?? 0
      return (sums.max() ?? 0) - heaviest
    }
  }

  @Test(arguments: 0..<20)
  func gainsAreThoseOfASlowReading(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 700 + seed)
    let analyzer = AnalyzerDescription.builtIn[Int(seed) % AnalyzerDescription.builtIn.count]
    // Long enough for words that stand too far from each other.
    let texts = corpus.texts(count: 120, longest: 60)
    let slow = try SlowReading(texts, analyzer)
    let index = try BuiltIndex(texts, analyzer: analyzer)
    let (plain, searcher) = (try Searcher(index.reader), try Searcher(index.reader))
    searcher.reranks = true
    searcher.evidence = EvidenceWeights(proximity: seed % 3 == 0 ? 0 : 0.3, coverage: seed % 3 == 1 ? 0 : 0.7)
    for number in 0..<12 {
      let query = query(&corpus)
      let label: Comment = "seed \(seed), query \(number): \(query)"
      let ranking = try searcher.search(query, limit: 100)
      let first = try plain.search(query, limit: 100)
      #expect(ranking.total == first.total, label)
      guard let bag = Reranking.words(of: ranking.plan), !first.hits.isEmpty else { continue }
      let terms = (bag.drivers + bag.boosters).map { (key: $0.key, weight: slow.weight($0)) }
      try #require(ranking.reranked.count == ranking.hits.count, label)
      for (hit, parts) in zip(ranking.hits, ranking.reranked).prefix(Reranking.depth) {
        let gain = try #require(parts.evidence)
        let coverage = Double(searcher.evidence.coverage) * slow.coverage(hit.passage, terms)
        #expect(abs(Double(gain.coverage) - coverage) < 1e-5 * (1 + coverage), label)
        let proximity =
          searcher.evidence.proximity == 0
          ? 0 : Double(searcher.evidence.proximity) * slow.proximity(hit.passage, terms)
        #expect(abs(Double(gain.proximity) - proximity) < 1e-5 * (1 + proximity), label)
        let words = try #require(first.hits.first { $0.passage == hit.passage }).score
        #expect(parts.words == words && parts.sum == hit.score, label)
      }
      #expect(Set(ranking.hits.map(\.passage)) == Set(first.hits.map(\.passage)), label)
      #expect(
        ranking.hits.dropFirst(Reranking.depth).allSatisfy { hit in
          first.hits.dropFirst(Reranking.depth).contains { $0.passage == hit.passage }
        }, label)
      #expect(zip(ranking.hits, ranking.hits.dropFirst()).allSatisfy { $0.score >= $1.score }, label)
    }
  }

  @Test func segmentsAreReadAsOneIndex() throws {
    var corpus = RandomCorpus(seed: 731)
    let texts = corpus.texts(count: 90, longest: 40)
    let whole = try BuiltIndex(texts, analyzer: .standard)
    let parts = try [0..<30, 30..<31, 31..<90].map { try BuiltIndex(Array(texts[$0]), analyzer: .standard) }
    let joined = try JoinedIndex(parts)
    let (one, several) = (try Searcher(whole.reader), try Searcher(joined.reader))
    for searcher in [one, several] {
      searcher.reranks = true
      searcher.evidence = EvidenceWeights(proximity: 0.4, coverage: 0.2)
    }
    for number in 0..<30 {
      let query = query(&corpus)
      let found = try several.search(query, limit: 50).hits
      #expect(try found == one.search(query, limit: 50).hits, "query \(number): \(query)")
    }
    withExtendedLifetime(joined) {}
  }

  @Test(arguments: ["memories", "MEMORY", "memory"])
  func wordsAreNearInAnyForm(word: String) throws {
    let far = String(repeating: "filler ", count: 30)
    let texts = ["sleep \(far) memory", "sleep and memories \(far)", "Memory of sleeping \(far)", far]
    let searcher = try Searcher(BuiltIndex(texts).reader)
    searcher.reranks = true
    searcher.evidence = EvidenceWeights(proximity: 1)
    let ranking = try searcher.search(QueryParser.parse("sleep \(word)"), limit: 10)
    var gains = [Float](repeating: 0, count: 4)
    for (hit, parts) in zip(ranking.hits, ranking.reranked) { gains[hit.passage] = parts.evidence?.proximity ?? 0 }
    #expect(gains[0] == 0 && gains[1] > 0.3 && gains[1] == gains[2] && gains[3] == 0)
  }

  @Test func formsEndOtherwiseThanTheirStem() throws {
    let texts = ["possible", "possibility", "happy", "happiness", "happily", "internal", "internally", "possess"]
    let reader = try BuiltIndex(texts).reader
    let forms = WordForms(reader, try Analyzer(.bilingual))
    func passages(_ stem: String) throws -> [UInt32] {
      try forms.lists(of: Array("s\(stem)".utf8))[0].map { try #require($0.term.singlePosting).document }.sorted()
    }
    #expect(try passages("possibl") == [0, 1] && passages("happi") == [2, 3] && passages("intern") == [5, 6])
    #expect(try passages("absent") == [] && passages("absent") == [])
  }

  @Test func theExplanationAddsUp() throws {
    var corpus = RandomCorpus(seed: 732)
    let searcher = try Searcher(BuiltIndex(corpus.texts(count: 100, longest: 40)).reader)
    searcher.reranks = true
    searcher.evidence = EvidenceWeights(proximity: 0.3, coverage: 0.1)
    var names: Set<String> = []
    for _ in 0..<12 {
      let ranking = try searcher.search(query(&corpus), limit: 60)
      for hit in ranking.hits {
        let explanation = try searcher.explain(hit, ranking)
        let sum = explanation.details.reduce(0.0) { $0 + Double($1.value) }
        #expect(abs(sum - Double(hit.score)) <= 1e-6 * abs(Double(hit.score)))
        names.formUnion(explanation.details.map { String($0.description.prefix { $0 != ":" }) })
        for detail in explanation.details where detail.description.hasPrefix("proximity") {
          let share = try #require(detail.numbers.first { $0.name == "share" }?.value)
          #expect((0...1.000_001).contains(share))
        }
      }
    }
    #expect(names.isSuperset(of: ["proximity", "coverage", "latent", "feedback"]))
  }

  @Test func withoutWeightsNothingChanges() throws {
    var corpus = RandomCorpus(seed: 733)
    let reader = try BuiltIndex(corpus.texts(count: 80, longest: 30), analyzer: .standard).reader
    let (plain, searcher) = (try Searcher(reader), try Searcher(reader))
    searcher.reranks = true
    for _ in 0..<10 {
      let query = query(&corpus)
      #expect(try searcher.search(query, limit: 30).hits == plain.search(query, limit: 30).hits)
    }
    searcher.evidence = EvidenceWeights(proximity: 1, coverage: 1)
    // What is no plain word keeps its ranking.
    for text in ["\"sleep memory\"", "+sleep +memory", "slee*"] {
      let query = try QueryParser.parse(text)
      #expect(try searcher.search(query, limit: 30).hits == plain.search(query, limit: 30).hits, "\(text)")
    }
  }
}
