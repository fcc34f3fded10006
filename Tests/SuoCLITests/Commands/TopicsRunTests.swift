import Foundation
import TestSupport
import Testing

@Suite struct TopicsRunTests {
  @Test func linesOfARun() throws {
    let run = try CommandRun.search("--topics", "seeds/topics.tsv", "-k", "5", "--trec", "mine")
    #expect(run.status == 0)
    var ranks: [Substring: Int] = [:]
    var scores: [Substring: Float] = [:]
    var seen: Set<[Substring]> = []
    for line in run.lines {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      try #require(words.count == 6, "\(line)")
      #expect(words[1] == "Q0")
      #expect(words[5] == "mine")
      let rank = try #require(Int(words[3]))
      let score = try #require(Float(words[4]))
      #expect(rank == (ranks[words[0]] ?? 0) + 1)
      #expect(score <= scores[words[0]] ?? .infinity)
      #expect(seen.insert([words[0], words[2]]).inserted, "a document is ranked once")
      (ranks[words[0]], scores[words[0]]) = (rank, score)
    }
    #expect(ranks.count == 60)
    #expect(ranks.values.allSatisfy { $0 <= 5 })
  }

  @Test func mostTopicsFindTheirNote() throws {
    // The best judged note of a topic is among the first three for almost all; this is a guard, not a measure.
    let judgements = try String(
      contentsOf: URL(fileURLWithPath: SharedData.packageFolder + "/seeds/qrels.txt"), encoding: .utf8)
    var best: [Substring: Set<Substring>] = [:]
    for line in judgements.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words[3] == "3" { best[words[0], default: []].insert(words[2]) }
    }
    var found: Set<Substring> = []
    for line in try CommandRun.search("--topics", "seeds/topics.tsv", "-k", "3").lines {
      let words = line.split(separator: " ")
      if best[words[0]]?.contains(words[2]) == true { found.insert(words[0]) }
    }
    #expect(found.count >= best.count * 8 / 10, "\(found.count) of \(best.count)")
  }

  @Test func topicsAreWordsAndNotQueries() throws {
    let folder = TemporaryFolder()
    let topics = "{\"_id\": \"t1\", \"text\": \"sleep: what is (NOT memory? \\\"\"}\n"
    try Data(topics.utf8).write(to: URL(fileURLWithPath: folder.path(of: "topics.jsonl")))
    let run = try CommandRun.search("--topics", folder.path(of: "topics.jsonl"))
    #expect(run.status == 0)
    #expect(run.output.contains("sleep-and-memory.md"))
    #expect(run.lines.allSatisfy { $0.hasSuffix(" suo") })
  }

  @Test func malformedTopicsNameTheLine() throws {
    let folder = TemporaryFolder()
    let path = folder.path(of: "topics.tsv")
    try Data("a\tfine\nno tab\n".utf8).write(to: URL(fileURLWithPath: path))
    let run = try CommandRun.search("--topics", path)
    #expect(run.status == 2)
    #expect(run.messages.contains("\(path):2: "))
    #expect(try CommandRun.search("--topics", folder.path(of: "none")).status == 2)
    #expect(try CommandRun.search("--topics", path, "--json").status == 64)
  }

  @Test func topicsWithoutHits() throws {
    let folder = TemporaryFolder()
    try Data("a\tqqqzzzxxx\n".utf8).write(to: URL(fileURLWithPath: folder.path(of: "topics.tsv")))
    let run = try CommandRun.search("--topics", folder.path(of: "topics.tsv"))
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
  }
}
