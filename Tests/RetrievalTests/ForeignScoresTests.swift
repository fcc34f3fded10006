import SearchModel
import Testing

@testable import Retrieval

/// Scores that other programs gave these passages, to a part in 100,000.
@Suite struct ForeignScoresTests {
  private static let texts = [
    "a b c", "a a d e f", "b d", "a c c c g h i j", "d e a b b", "k",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z z",
  ]

  /// What a program answered: passage and score.
  struct Answer: Sendable {
    var program: String
    var similarity: BM25
    var query: String
    var scores: [Int: Float]
  }

  private static let bm25s = "bm25s 0.3.16"
  private static let answers = [
    // FTS5 gives the negative of these.
    Answer(
      program: "SQLite 3.40.1, FTS5", similarity: BM25(.fts5), query: "a b c b",
      scores: [
        0: 0.357757750846937, 1: 1.6241610738255035e-06, 2: 3.0062111801242238e-06, 3: 0.4194362403674595,
        4: 4.535556190204198e-06, 6: 0.1666268976547378,
      ]),
    Answer(
      program: "SQLite 3.40.1, FTS5", similarity: BM25(.fts5), query: "\"a b\" d",
      scores: [
        0: 0.35775348025870174, 1: 1.2872340425531915e-06, 2: 1.5031055900621119e-06, 4: 0.3235017747020176,
        6: 0.16662557162734054,
      ]),
    Answer(
      program: "Lucene 8.7.0", similarity: BM25(.lucene), query: "a b c b",
      scores: [0: 1.5219473, 4: 1.0687665, 3: 0.8188391, 2: 0.7862119, 6: 0.7177005, 1: 0.27661932]),
    Answer(
      program: "Lucene 8.7.0", similarity: BM25(.anserini), query: "a b c b",
      scores: [0: 1.4357992, 6: 1.1090057, 4: 1.0711824, 3: 0.8602818, 2: 0.7167617, 1: 0.2771774]),
    Answer(
      program: "tantivy 0.27", similarity: BM25(.tantivy), query: "a b c",
      scores: [
        0: 2.529236316680908, 1: 0.6085625886917114, 2: 0.8648331165313721, 3: 1.8014459609985352,
        4: 1.4168022871017456, 6: 1.1927050352096558,
      ]),
    Answer(
      program: "tantivy 0.27", similarity: BM25(.tantivy), query: "\"a b\" d",
      scores: [
        0: 1.3524349927902222, 1: 0.7406283617019653, 2: 0.8648331165313721, 4: 1.9635748863220215,
        6: 1.0240001678466797,
      ]),
    Answer(
      program: "PISA of pyterrier-pisa 0.4.9", similarity: BM25(.pisa), query: "a b c",
      scores: [
        3: 0.37679237127304077, 0: 0.29148241877555847, 6: 0.22341609001159668, 4: 2.5207757516909624e-06,
        1: 1.4055143537916592e-06, 2: 1.1834653150799568e-06,
      ]),
    Answer(
      program: "PISA of pyterrier-pisa 0.4.9", similarity: BM25(.pisa), query: "k a b",
      scores: [
        5: 0.9525294303894043, 6: 0.7009272575378418, 4: 2.5207757516909624e-06, 0: 2.319644863746362e-06,
        1: 1.4055143537916592e-06, 2: 1.1834653150799568e-06, 3: 1.0544903261688887e-06,
      ]),
    // What bm25s gives to words that a passage lacks is taken off.
    Answer(
      program: bm25s, similarity: BM25(.lucene, k1: 1.5, lengths: .exact), query: "a b c b",
      scores: [
        0: 1.3985462188720703, 1: 0.25963011384010315, 2: 0.7285186648368835, 3: 0.7622895240783691,
        4: 0.9959877133369446, 6: 0.6034543514251709,
      ]),
    Answer(
      program: bm25s, similarity: BM25(.atire), query: "a b c b",
      scores: [
        0: 3.4233808517456055, 1: 0.582865297794342, 2: 1.771445631980896, 3: 1.8990355730056763,
        4: 2.3847532272338867, 6: 1.4771438837051392,
      ]),
    Answer(
      program: bm25s, similarity: BM25(.bm25l), query: "a b c b",
      scores: [
        0: 3.7801613807678223, 1: 0.6757863759994507, 2: 1.9363215863704681, 3: 2.0349032282829285,
        4: 2.6316065192222595, 6: 2.3768303394317627,
      ]),
    Answer(
      program: bm25s, similarity: BM25(.bm25plus), query: "a b c b",
      scores: [
        0: 5.6359148025512695, 1: 1.0491814613342285, 2: 2.887282118201256, 3: 3.015500545501709,
        4: 3.952500343322754, 6: 3.238295316696167,
      ]),
  ]

  @Test(arguments: answers)
  func scoresAreThoseOfTheProgram(answer: Answer) throws {
    let index = try BuiltIndex(ForeignScoresTests.texts, analyzer: .whitespace)
    let searcher = try Searcher(index.reader, similarity: answer.similarity)
    searcher.weighsTerms = false
    searcher.expandsAbbreviations = false
    let query = try QueryParser.parse(answer.query)
    for countsAll in [true, false] {
      let hits = try searcher.search(query, limit: 10, countsAll: countsAll).hits
      #expect(Set(hits.map(\.passage)) == Set(answer.scores.keys))
      for hit in hits {
        let expected = try #require(answer.scores[hit.passage])
        #expect(abs(hit.score - expected) <= 1e-5 * expected, "\(answer.program): \(hit)")
      }
    }
  }
}
