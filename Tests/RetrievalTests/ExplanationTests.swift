import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// What is told of a score adds up to it, and names what met.
@Suite struct ExplanationTests {
  /// Random documents with titles, languages and tags.
  private func documents(_ corpus: inout RandomCorpus, count: Int) -> [Document] {
    (0..<count).map { number in
      let texts = corpus.texts(count: corpus.number(1...3), longest: 25)
      return Document(
        id: "document-\(number)", path: "\(number).md", title: corpus.piece(), titleIsSeparate: true,
        fields: [Field(name: "tags", value: .keyword(["brain", "sleep", "焦虑"][number % 3]))],
        passages: texts.map {
          Passage(
            text: $0, range: 0..<$0.utf8.count, line: 1, language: corpus.number(0...1) == 0 ? .chinese : .english)
        })
    }
  }

  /// A query, often with a restriction on a field.
  private func query(_ corpus: inout RandomCorpus) -> QueryNode {
    let query = corpus.query()
    let field: QueryNode
    switch corpus.number(0...5) {
    case 0: field = .field(name: "tags", value: .word("焦虑"))
    case 1: field = .field(name: "lang", value: .word("zh"))
    case 2: field = .field(name: "title", value: .prefix(String(corpus.piece().prefix(1))))
    default: return query
    }
    return .group([QueryClause(.optional, query), QueryClause(.optional, field)])
  }

  /// Fails where a value is not the sum of those below it.
  private func expectSum(_ explanation: Explanation, _ label: String) {
    for detail in explanation.details { expectSum(detail, label) }
    guard !explanation.details.isEmpty else { return }
    let sum = explanation.details.reduce(0.0) { $0 + Double($1.value) }
    let value = Double(explanation.value)
    #expect(abs(sum - value) <= 1e-6 * abs(value), "\(label): \(explanation)")
  }

  @Test(arguments: 0..<12)
  func partsAddUpToTheScore(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: 900 + seed)
    let documents = documents(&corpus, count: 40)
    let index = try BuiltIndex(documents: documents)
    var explained = 0
    var phrases = 0
    for number in 0..<20 {
      let similarity = corpus.similarity()
      let searcher = try Searcher(index.reader, similarity: similarity)
      // Every fourth query quotes a passage.
      let quoted = documents[number].passages[0].text.prefix(8)
      let query = number % 4 == 0 && quoted.count > 4 ? .phrase(String(quoted)) : query(&corpus)
      let ranking = try searcher.search(query, limit: 4)
      for hit in ranking.hits {
        let explanation = try searcher.explain(hit, ranking)
        let label = "seed \(seed), query \(number): \(query), \(similarity)"
        #expect(explanation.value == hit.score, "\(label)")
        if explanation.details.isEmpty { #expect(hit.score == 0, "\(label)") }
        expectSum(explanation, label)
        for part in explanation.details {
          explained += 1
          if !part.details.isEmpty { phrases += 1 }
          expectFormula(part, similarity, label)
        }
      }
    }
    #expect(explained > 20)
    #expect(phrases > 0)
  }

  /// Fails where the numbers are not those that the value comes from.
  private func expectFormula(_ part: Explanation, _ similarity: BM25, _ label: String) {
    let numbers = Dictionary(uniqueKeysWithValues: part.numbers.map { ($0.name, $0.value) })
    guard let weight = numbers["weight"], let saturation = numbers["saturation"], let f = numbers["frequency"],
      let length = numbers["rounded_length"] ?? numbers["length"], let mean = numbers["average_length"],
      let k1 = numbers["k1"], let b = numbers["b"]
    else {
      Issue.record("\(label): a number is missing in \(part)")
      return
    }
    #expect(abs(weight * saturation - Double(part.value)) <= 1e-6 * weight, "\(label): \(part)")
    let norm = 1 - b + b * length / mean
    let expected: Double
    switch similarity.model {
    case .bm25l: expected = (f / norm + 0.5) / (k1 + f / norm + 0.5)
    case .bm25plus: expected = (f * (k1 + 1) / (f + k1 * norm) + 0.5) / (k1 + 1.5)
    default: expected = f / (f + k1 * norm)
    }
    #expect(abs(saturation - expected) <= 1e-6, "\(label): \(part)")
    if let idf = numbers["idf"] {
      #expect(
        abs(idf * (numbers["scale"] ?? 1) * (numbers["query_weight"] ?? 1) - weight) <= 1e-6 * weight,
        "\(label): \(part)")
    }
  }

  private func parts(_ query: String, in text: String) throws -> [Explanation] {
    let searcher = try Searcher(try BuiltIndex([text, "unrelated"]).reader)
    let ranking = try searcher.search(try QueryParser.parse(query), limit: 1)
    return try searcher.explain(try #require(ranking.hits.first), ranking).details
  }

  @Test(arguments: [
    ("焦慮", "他很焦虑。", TermMatch.Channel.gram, "焦虑", "焦慮", "焦虑", true),
    ("焦虑", "他很焦虑。", .gram, "焦虑", "焦虑", "焦虑", false),
    ("running", "She runs.", .stem, "run", "running", "runs", false),
    ("CAFÉ", "in the cafe", .stem, "cafe", "CAFÉ", "cafe", true),
    ("COVID-19", "covid19 vaccine", .stem, "covid19", "COVID-19", "covid19", true),
    ("c#", "C# code", .compound, "c#", "c#", "C#", true),
    ("药", "药。", .character, "药", "药", "药", false),
  ])
  func whatMetIsNamed(
    query: String, text: String, channel: TermMatch.Channel, term: String, typed: String, found: String, folded: Bool
  ) throws {
    let parts = try parts(query, in: text)
    let match = try #require(
      parts.compactMap(\.match).first { $0.channel == channel && $0.term == term }, "\(parts)")
    #expect(match.query == [typed])
    #expect(match.found == [found])
    #expect(match.isFolded == folded)
  }

  @Test func phrasesAndPrefixesAreChannelsToo() throws {
    let phrase = try #require(try parts("\"working memory\"", in: "Working memory").first)
    #expect(phrase.match?.channel == .phrase)
    #expect(phrase.details.compactMap(\.match?.term) == ["working", "memory"])
    let prefix = try #require(try parts("neuro*", in: "neurons and neuroscience").first)
    #expect(prefix.match?.channel == .prefix)
    #expect(prefix.numbers.contains(FormulaNumber("frequency", 2)))
  }

  @Test func withoutTextsTheTermsAreStillNamed() throws {
    let document = Document(
      id: "a", path: "a", passages: [Passage(text: "焦虑", range: 0..<6, line: 1, language: .chinese)])
    let searcher = try Searcher(try BuiltIndex(documents: [document], storesTexts: false).reader)
    let ranking = try searcher.search(.word("焦慮"), limit: 1)
    let parts = try searcher.explain(try #require(ranking.hits.first), ranking).details
    #expect(!parts.isEmpty)
    #expect(parts.allSatisfy { $0.match?.found == [] && $0.match?.query.isEmpty == false })
  }
}
