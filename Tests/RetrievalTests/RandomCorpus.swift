import Indexing
import SearchModel
import TestSupport
import TextAnalysis

@testable import Retrieval

/// Random texts in both languages, and queries of which many match.
struct RandomCorpus {
  private static let words = [
    "sleep", "memory", "memories", "run", "running", "Anxiety", "the", "of", "GABA", "don't", "café", "B12", "α1", "C#",
    "e-mail", "email", "COVID-19", "3.14", "😀", "5-HT",
  ]
  private static let characters = Array("焦虑症抑郁的是在睡眠记忆神经元焦慮什么誰哪个多少几年，。 、氯胺酮𠮷羟色")

  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A text of up to `longest` pieces; few distinct pieces make long postings.
  mutating func text(longest: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...longest, using: &generator) {
      if generator.chance(0.5) {
        text += generator.pick(RandomCorpus.words) + generator.pick([" ", " ", ", ", "-", ""])
      } else {
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          text.append(generator.pick(RandomCorpus.characters))
        }
      }
    }
    return text
  }

  mutating func texts(count: Int, longest: Int) -> [String] { (0..<count).map { _ in text(longest: longest) } }

  /// A query of the language, up to three levels deep.
  mutating func query(depth: Int = 2) -> QueryNode {
    if generator.chance(0.15) { return .any([leaf(), depth > 0 ? query(depth: depth - 1) : leaf()]) }
    let clauses = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      QueryClause(
        generator.pick([.optional, .optional, .optional, .required, .prohibited]),
        depth > 0 && generator.chance(0.2) ? query(depth: depth - 1) : leaf())
    }
    return .group(clauses)
  }

  mutating func leaf() -> QueryNode {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<5: .word(piece())
    case 5..<8: .phrase(piece() + generator.pick(["", " ", "-"]) + piece())
    default: .prefix(String(piece().prefix(2)))
    }
  }

  /// A word or a short run.
  mutating func piece() -> String {
    if generator.chance(0.4) { return generator.pick(RandomCorpus.words) }
    return String((0..<Int.random(in: 1...4, using: &generator)).map { _ in generator.pick(RandomCorpus.characters) })
  }

  mutating func similarity() -> BM25 {
    let model = generator.chance(0.3) ? .bm25 : generator.pick(ScoringModel.allCases)
    return generator.chance(0.5)
      ? BM25(model)
      : BM25(
        model, k1: .random(in: 0.1...3, using: &generator), b: .random(in: 0...1, using: &generator),
        lengths: generator.pick(LengthPrecision.allCases))
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
}

/// An index of texts, one document each, in a folder of its own.
struct BuiltIndex {
  let folder = TemporaryFolder()
  let reader: IndexReader

  init(_ texts: [String], analyzer: AnalyzerDescription = .bilingual, threads: Int = 1) throws {
    let documents = texts.enumerated().map { number, text in
      Document(
        id: "document-\(number)", path: "\(number).txt",
        passages: [Passage(text: text, range: 0..<text.utf8.count, line: 1, language: .undetermined)])
    }
    try self.init(documents: documents, analyzer: analyzer, threads: threads)
  }

  init(
    documents: [Document], analyzer: AnalyzerDescription = .bilingual, storesTexts: Bool = true, threads: Int = 1,
    headingWeight: Int = 0, reordersDocuments: Bool = false
  ) throws {
    let builder = try IndexBuilder(
      folder: folder.path,
      options: IndexBuilder.Options(
        analyzer: analyzer, storesTexts: storesTexts, threads: threads, headingWeight: headingWeight,
        reordersDocuments: reordersDocuments))
    for start in stride(from: 0, to: documents.count, by: 50) {
      let batch = Array(documents[start..<min(start + 50, documents.count)])
      try builder.submit { SourceBatch(documents: batch, byteCount: 0) }
    }
    _ = try builder.finish()
    reader = try IndexReader(folder: folder.path)
  }
}
