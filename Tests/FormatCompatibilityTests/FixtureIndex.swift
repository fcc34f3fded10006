import ByteStorage
import IndexFormat
import Indexing
import Retrieval
import SearchModel
import TestSupport
import TextAnalysis

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The small index that is kept for every released version of the format.
///
/// It is built with the `whitespace` analyzer, which depends on no version of any library. After a change of the format
/// that is not released yet, `SUO_WRITE_FIXTURES=1 swift test --filter FormatCompatibilityTests` writes it again.
enum FixtureIndex {
  /// True where the run writes the fixtures instead of comparing with them.
  static let isWriting = getenv("SUO_WRITE_FIXTURES") != nil

  /// The name of the file with the expected hits.
  static let hitsName = "hits.tsv"

  static func folder(version: Int) -> StorageFolder {
    StorageFolder(SharedData.packageFolder + "/Tests/FormatCompatibilityTests/Fixtures/v\(version)")
  }

  /// The versions that there are fixtures for: all that the program reads.
  static let versions = Array(SegmentLayout.readable)

  static let documents: [Document] = {
    func passages(_ texts: [String], headings: [String] = []) -> [Passage] {
      var start = 0
      return texts.enumerated().map { number, text in
        defer { start += text.utf8.count + 1 }
        return Passage(
          text: text, range: start..<(start + text.utf8.count), line: number + 1, headings: headings,
          language: text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } ? .chinese : .english)
      }
    }
    return [
      Document(
        id: "ketamine", path: "notes/ketamine.md", title: "氯胺酮 与 抑郁", titleIsSeparate: true,
        fields: [
          Field(name: "tags", value: .list([.keyword("药理"), .keyword("depression")])),
          Field(name: "date", value: .date(Timestamp(text: "2025-12-18", secondsSince1970: 1_766_016_000))),
          Field(name: "draft", value: .boolean(false)),
        ],
        passages: passages(
          ["氯胺酮 是 一 种 药物", "小 剂量 氯胺酮 用于 难治 的 抑郁"], headings: ["氯胺酮", "用途"])),
      Document(
        id: "sleep", path: "notes/sleep.md", title: "Sleep and memory",
        fields: [
          Field(name: "year", value: .number(1994)), Field(name: "ratio", value: .number(-0.25)),
          Field(name: "summary", value: .text("what sleep does to memory")),
        ],
        passages: passages(
          ["sleep helps memory", "memory without sleep fades", "睡眠 与 记忆"], headings: ["Sleep"])),
      Document(id: "empty", path: "notes/empty.md", title: "An empty page", passages: []),
      Document(
        id: "anxiety", path: "notes/anxiety.txt",
        fields: [Field(name: "tags", value: .list([.keyword("anxiety")]))],
        passages: passages(["焦虑 anxiety 焦虑", "the opposite of calm"])),
      // More than a block of postings of one term, most of them of one occurrence.
      Document(
        id: "numbers", path: "data/numbers.jsonl", title: "Numbers",
        passages: passages(
          (0..<150).map {
            "number " + ($0 % 10 == 0 ? "number number " : "") + "n\($0)" + ($0 % 7 == 0 ? " sleep" : "")
          })),
      Document(
        id: "latin", path: "notes/latin.txt", fields: [Field(name: "draft", value: .boolean(true))],
        passages: passages(["", "café naïve Ωmega", "😀 emoji"])),
    ]
  }()

  static let queries = [
    "氯胺酮", "sleep memory", "\"sleep helps\"", "\"number number number\"", "+sleep -memory", "n1*",
    "tags:anxiety OR calm",
    "lang:zh", "draft:true", "title:memory", "焦虑 OR 睡眠 OR number",
  ]

  /// Builds the index in a folder.
  static func build(in path: String) throws {
    let builder = try IndexBuilder(
      folder: path, options: IndexBuilder.Options(analyzer: .whitespace, threads: 2))
    for document in documents { try builder.submit { SourceBatch(documents: [document], byteCount: 0) } }
    _ = try builder.finish()
  }

  /// The hits of all queries, a line each: query, rank, document, passage, line, highlights and score.
  static func hits(_ folder: StorageFolder) throws -> [Hit] {
    let searcher = try Searcher(IndexReader(folder: folder.path))
    var hits: [Hit] = []
    for query in queries {
      let ranking = try searcher.search(QueryParser.parse(query), limit: 10)
      let reader = searcher.makeHitReader(ranking)
      for (place, scored) in ranking.hits.enumerated() {
        let hit = try reader.hit(scored, rank: place + 1)
        let marks = hit.highlights.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
        hits.append(
          Hit(
            facts: "\(query)\t\(hit.rank)\t\(hit.id)\t\(hit.passage)\t\(hit.line)\t\(marks)",
            score: hit.score))
      }
    }
    return hits
  }

  struct Hit {
    /// Everything but the score, in the columns of the file.
    var facts: String
    var score: Float
  }

  /// The hits as the file has them.
  static func encoded(_ hits: [Hit]) -> [UInt8] {
    Array(hits.map { "\($0.facts)\t\($0.score)\n" }.joined().utf8)
  }

  /// Reads what `encoded` has written.
  static func decoded(_ bytes: [UInt8]) -> [Hit] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      let cut = line.lastIndex(of: "\t") ?? line.startIndex
      return Hit(facts: String(line[..<cut]), score: Float(line[line.index(after: cut)...]) ?? .nan)
    }
  }
}
