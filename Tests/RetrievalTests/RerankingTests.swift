import IndexFormat
import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// Reranked hits against the formulas in doubles over the stored vectors.
@Suite struct RerankingTests {
  /// Texts about a topic each, so that passages have likenesses to find.
  private func texts(_ generator: inout SeededGenerator, count: Int) -> [String] {
    (0..<count).map { _ in
      let topic = Int.random(in: 0..<12, using: &generator)
      return (0..<Int.random(in: 3...25, using: &generator)).map { _ in
        generator.chance(0.5)
          ? "t\(topic)x\(Int.random(in: 0..<15, using: &generator))" : "w\(Int.random(in: 0..<300, using: &generator))"
      }.joined(separator: " ")
    }
  }

  private func query(_ generator: inout SeededGenerator) -> QueryNode {
    let topic = Int.random(in: 0..<12, using: &generator)
    let words = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
      generator.chance(0.6)
        ? "t\(topic)x\(Int.random(in: 0..<15, using: &generator))" : "w\(Int.random(in: 0..<310, using: &generator))"
    }
    return .group(words.map { QueryClause(.optional, .word($0)) })
  }

  private func unit(_ bytes: UnsafePointer<Int8>) -> [Double] {
    let numbers = (0..<64).map { Double(bytes[$0]) }
    let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? numbers.map { $0 / length } : numbers
  }

  private func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The scores of the best hits of BM25 by the formulas, segment by segment.
  private func expected(_ plain: [ScoredPassage], _ bag: TermBag, _ reader: IndexReader) throws -> [Int: Double] {
    var weights: [(key: [UInt8], count: Double, weight: Double)] = []
    for term in bag.drivers + bag.boosters {
      var frequency = 0
      for segment in reader.segments { frequency += Int(try segment.terms.find(term.key[...])?.documentFrequency ?? 0) }
      guard frequency > 0 else { continue }
      let weight = BM25().inverseDocumentFrequency(passages: reader.statistics.passages, documentFrequency: frequency)
      weights.append((term.key, Double(term.weight), Double(weight)))
    }
    let sum = weights.reduce(0) { $0 + $1.count * $1.weight }
    var scores: [Int: Double] = [:]
    for (index, segment) in reader.segments.enumerated() {
      let vectors = try #require(segment.latent)
      let first = reader.firstPassages[index]
      var query = [Double](repeating: 0, count: 64)
      for (key, count, weight) in weights {
        guard let info = try segment.terms.find(key[...]) else { continue }
        if let single = info.singlePosting {
          let passage = Int(single.document)
          let length = Double(segment.lengths[single.document]) / Double(reader.averageLength)
          let frequency = Double(single.frequency)
          let there = frequency / (frequency + 1.2 * (0.25 + 0.75 * length)) * weight * weight
          let reach = Double(try vectors.reach(ofPassage: passage))
          let direction = unit(vectors.vector(ofPassage: passage))
          for column in 0..<64 { query[column] += count * weight * weight * there * reach * direction[column] }
        } else if let vector = try vectors.vector(ofTerm: info.ordinal) {
          for column in 0..<64 {
            query[column] += count * weight * weight * Double(vector.scale) * Double(vector.bytes[column])
          }
        }
      }
      let squares = weights.map { $0.count * $0.weight * $0.weight }
      let length = product(squares, squares).squareRoot()
      query = query.map { $0 / length }
      let members = plain.filter { (first..<(first + segment.passages.count)).contains($0.passage) }
      var found = members.map { hit in
        let direction = unit(vectors.vector(ofPassage: hit.passage - first))
        return (passage: hit.passage, direction, score: Double(hit.score) / sum + 0.6 * product(query, direction))
      }
      found.sort { $0.score != $1.score ? $0.score > $1.score : $0.passage < $1.passage }
      let best = found.prefix(10)
      let shares = best.map { Double(exponential(Float(($0.score - found[0].score) / 0.03))) }
      var mean = [Double](repeating: 0, count: 64)
      for (hit, share) in zip(best, shares) {
        for column in 0..<64 { mean[column] += share / shares.reduce(0, +) * hit.1[column] }
      }
      for hit in found { scores[hit.passage] = sum * (hit.score + 0.15 * product(mean, hit.1)) }
    }
    return scores
  }

  @Test(arguments: Seeds.first(6))
  func theBestHitsHaveTheScoresOfTheFormulas(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let parts = try (0..<(seed % 3 == 0 ? 3 : 1)).map { _ in
      try BuiltIndex(texts(&generator, count: 150), analyzer: seed % 2 == 0 ? .bilingual : .english)
    }
    let index = try JoinedIndex(parts)
    let reader = index.reader
    let plain = try Searcher(reader)
    let searcher = try Searcher(reader)
    searcher.reranks = true
    for number in 0..<25 {
      let query = query(&generator)
      let label: Comment = "seed \(seed), query \(number): \(query)"
      let first = try plain.search(query, limit: 1000)
      let ranking = try searcher.search(query, limit: 1000)
      #expect(ranking.total == first.total, label)
      guard let bag = Reranking.words(of: ranking.plan), !first.hits.isEmpty else {
        #expect(ranking.hits == first.hits, label)
        continue
      }
      let expected = try expected(Array(first.hits.prefix(Reranking.depth)), bag, reader)
      #expect(Set(ranking.hits.prefix(Reranking.depth).map(\.passage)) == Set(expected.keys), label)
      for hit in ranking.hits.prefix(Reranking.depth) {
        #expect(abs(Double(hit.score) - (expected[hit.passage] ?? .nan)) < 1e-3, label)
      }
      // The others follow in the order of BM25.
      let below = ranking.hits.dropFirst(Reranking.depth).map(\.passage)
      #expect(below == first.hits.dropFirst(Reranking.depth).map(\.passage), label)
      #expect(zip(ranking.hits, ranking.hits.dropFirst()).allSatisfy { $0.score >= $1.score }, label)
      for limit in [1, 10, 25] {
        #expect(try searcher.search(query, limit: limit).hits == Array(ranking.hits.prefix(limit)), label)
        #expect(try searcher.search(query, limit: limit, countsAll: false).hits == Array(ranking.hits.prefix(limit)))
      }
    }
    withExtendedLifetime(index) {}
  }

  @Test func theExplanationAddsUp() throws {
    var generator = SeededGenerator(seed: 11)
    let searcher = try Searcher(BuiltIndex(texts(&generator, count: 300)).reader)
    searcher.reranks = true
    var names: Set<String> = []
    for _ in 0..<10 {
      let ranking = try searcher.search(query(&generator), limit: 60)
      for hit in ranking.hits {
        let explanation = try searcher.explain(hit, ranking)
        #expect(abs(explanation.details.reduce(0) { $0 + $1.value } - hit.score) < 1e-3)
        names.formUnion(explanation.details.map { String($0.description.prefix { $0 != ":" }) })
      }
    }
    #expect(names.isSuperset(of: ["latent", "feedback"]))
    let moved = Reranking.Parts(words: 5, sumOfWeights: 9, shift: -2)
    #expect(moved.explanations.map(\.value) == [-2] && moved.sum == 3)
  }

  @Test func whatIsNotPlainWordsKeepsItsRanking() throws {
    var generator = SeededGenerator(seed: 12)
    let reader = try BuiltIndex(texts(&generator, count: 300)).reader
    let plain = try Searcher(reader)
    let searcher = try Searcher(reader)
    searcher.reranks = true
    for text in ["\"w1 w2\" w3", "+w1 +w2", "w1*", "w1 AND t1x1", "\"w5\""] {
      let query = try QueryParser.parse(text)
      #expect(try searcher.search(query, limit: 50).hits == plain.search(query, limit: 50).hits, "\(text)")
    }
    // A restriction leaves the words what they are.
    let query = try QueryParser.parse("w1 t1x1 -w2")
    #expect(try searcher.search(query, limit: 50).hits != plain.search(query, limit: 50).hits)
  }

  @Test func anIndexWithoutVectorsIsRankedByWordsAlone() throws {
    var generator = SeededGenerator(seed: 13)
    let reader = try BuiltIndex(texts(&generator, count: 100), analyzer: .standard).reader
    let (plain, searcher) = (try Searcher(reader), try Searcher(reader))
    searcher.reranks = true
    for _ in 0..<10 {
      let query = query(&generator)
      #expect(try searcher.search(query, limit: 20).hits == plain.search(query, limit: 20).hits)
    }
  }
}
