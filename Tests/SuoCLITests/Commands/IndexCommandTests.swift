import ByteStorage
import Foundation
import JSONText
import TestSupport
import Testing

@Suite struct IndexCommandTests {
  private let folder = TemporaryFolder()
  private var index: String { folder.path(of: "index") }

  private func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: folder.path(of: name))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  @Test func summaryAndStatus() throws {
    try write("notes/a.md", "# 杏仁核\n\n恐惧学习的枢纽。\n")
    try write("notes/b.txt", "Sleep and memory.\n")
    let run = try CommandRun.suo(["index", folder.path(of: "notes"), "--index", index])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("indexed 2 documents, 2 passages from "))
    #expect(run.messages.isEmpty, "no progress where there is no terminal")
  }

  @Test func summaryAsJSON() throws {
    try write("notes/a.md", "one passage")
    let run = try CommandRun.suo(["index", folder.path(of: "notes"), "--index", index, "--json", "--quiet"])
    let json = try run.json()
    #expect(json["index"]?.string == index)
    #expect(json["files"]?.integer == 1)
    #expect(json["documents"]?.integer == 1)
    #expect(json["source_bytes"]?.integer == 11)
    #expect(json["skipped"]?.integer == 0)
  }

  @Test func aReorderedIndexIsSearchedLikeAnother() throws {
    let records = (0..<100).map { "{\"_id\": \"\($0)\", \"text\": \"\($0 % 2 == 0 ? "杏仁核" : "sleep") \($0)\"}\n" }
    try write("records.jsonl", records.joined())
    let run = try CommandRun.suo(
      ["index", folder.path(of: "records.jsonl"), "--index", index, "--reorder", "--json"])
    #expect(run.status == 0)
    #expect(try run.json()["documents"]?.integer == 100)
    #expect(try CommandRun.suo(["check", "--index", index]).status == 0)
    let search = try CommandRun.suo(["search", "sleep 杏仁核 42", "--index", index, "--json"])
    #expect(try search.json()["hits"]?.array?.first?["id"]?.string == "42")
  }

  @Test func skippedSourcesAreNamed() throws {
    try write("notes/good.md", "杏仁核")
    try write("notes/empty.md", "")
    try write("records.jsonl", "{\"_id\": \"a\", \"text\": \"one\"}\nnot json\n{\"_id\": \"b\", \"text\": \"two\"}\n")
    let run = try CommandRun.suo(
      ["index", folder.path(of: "notes"), folder.path(of: "records.jsonl"), "--index", index])
    #expect(run.status == 3)
    let messages = run.messages.split(separator: "\n")
    #expect(messages.count == 2)
    #expect(messages.contains { $0.contains("notes/empty.md: ") })
    #expect(messages.contains { $0.contains("records.jsonl:2: ") })
    #expect(run.output.contains("3 documents"))
    #expect(run.output.contains("2 skipped"))
  }

  @Test func pathsThatDoNotExistFail() throws {
    let run = try CommandRun.suo(["index", folder.path(of: "missing"), "--index", index])
    #expect(run.status == 2)
    #expect(run.messages.contains("missing"))
    #expect(run.output.isEmpty)
  }

  @Test func nothingToIndexFails() throws {
    try write("notes/picture.png", [0x89, 0x50])
    try write("more/a.md", "kept")
    try #require(try CommandRun.suo(["index", folder.path(of: "more"), "--index", index]).status == 0)
    let run = try CommandRun.suo(["index", folder.path(of: "notes"), "--index", index])
    #expect(run.status == 2)
    #expect(run.messages.contains("nothing was indexed"))
    #expect(run.output.isEmpty)
    #expect(try CommandRun.suo(["search", "kept", "--index", index]).status == 0, "the old index is what it was")
  }

  @Test func standardInput() throws {
    let input = Array("q1\t杏仁核与恐惧\nq2\tsleep and memory\n".utf8)
    let run = try CommandRun.suo(["index", "-", "--format", "tsv", "--index", index], input: input)
    #expect(run.status == 0)
    let hits = try CommandRun.suo(["search", "恐惧", "--index", index, "--json"]).json()["hits"]?.array
    #expect(hits?.count == 1)
    #expect(hits?.first?["id"]?.string == "q1")
    #expect(hits?.first?["path"]?.string == "-")
  }

  @Test func withoutStoredTexts() throws {
    try write("notes/a.md", "杏仁核 amygdala")
    try #require(try CommandRun.suo(["index", folder.path(of: "notes"), "--index", index, "--no-store"]).status == 0)
    let hit = try CommandRun.suo(["search", "amygdala", "--index", index, "--json"]).json()["hits"]?.array?.first
    #expect(hit?["id"]?.string == "a.md")
    #expect(hit?["text"] == .null)
    #expect(hit?["highlights"] == .array([]))
    let shown = try CommandRun.suo(["search", "amygdala", "--index", index])
    #expect(shown.status == 0)
    #expect(shown.output.contains("a.md:1"))
    #expect(try CommandRun.suo(["inspect", "texts", "--index", index]).status == 2)
  }

  @Test func recordsAreDividedOnRequest() throws {
    let paragraphs = (0..<6).map { "Paragraph \($0) " + String(repeating: "with many words of text ", count: 30) }
    let record: JSONValue = ["_id": "a", "text": .string(paragraphs.joined(separator: "\n\n"))]
    try write("records.jsonl", record.encoded())
    func passages(_ arguments: String...) throws -> Int? {
      let run = try CommandRun.suo(
        ["index", folder.path(of: "records.jsonl"), "--index", index, "--json"] + arguments)
      return try run.json()["passages"]?.integer
    }
    #expect(try passages() == 1)
    #expect(try passages("--split") ?? 0 > 3)
    #expect(try passages("--no-split") == 1)
  }

  @Test func anyNumberOfThreadsMakesTheSameIndex() throws {
    var checksums: [Data] = []
    for threads in ["1", "4"] {
      let path = folder.path(of: "index\(threads)")
      try #require(
        try CommandRun.suo(["index", "seeds/notes", "--index", path, "--threads", threads]).status == 0)
      checksums.append(try Data(contentsOf: URL(fileURLWithPath: path + "/manifest")))
    }
    #expect(checksums[0] == checksums[1])
  }

  @Test func analyzerByNameAndByFile() throws {
    try write("notes/a.md", "Running quickly")
    try write("plain.json", "{\"name\": \"plain\", \"tokenizer\": \"words\", \"filters\": [\"fold\"]}")
    let path = folder.path(of: "plain.json")
    try #require(
      try CommandRun.suo(["index", folder.path(of: "notes"), "--index", index, "--analyzer", path]).status == 0)
    #expect(try CommandRun.suo(["search", "running", "--index", index]).status == 0)
    #expect(try CommandRun.suo(["search", "run", "--index", index]).status == 1, "no stemmer was asked for")
    let unknown = try CommandRun.suo(["index", folder.path(of: "notes"), "--index", index, "--analyzer", "klingon"])
    #expect(unknown.status == 64)
    #expect(unknown.messages.contains("bilingual"))
    try write("broken.json", "{\"name\": \"x\", \"tokenizer\": \"knife\"}")
    let broken = try CommandRun.suo(
      ["index", folder.path(of: "notes"), "--index", index, "--analyzer", folder.path(of: "broken.json")])
    #expect(broken.status == 64)
    #expect(broken.messages.contains("broken.json"))
    #expect(broken.messages.contains("knife"))
  }

  @Test func anIndexThatIsBeingWrittenIsLocked() throws {
    try write("notes/a.md", "text")
    let storage = StorageFolder(index)
    try storage.create()
    let lock = try WriteLock(storage)
    let run = try CommandRun.suo(["index", folder.path(of: "notes"), "--index", index])
    #expect(run.status == 75)
    #expect(run.messages.contains("another process"))
    _ = consume lock
    #expect(try CommandRun.suo(["index", folder.path(of: "notes"), "--index", index]).status == 0)
  }

  @Test func wrongOptionsAreUsageErrors() throws {
    for arguments in [
      ["index"], ["index", "x", "--threads", "0"], ["index", "x", "--format", "pdf"], ["index", "x", "--memory", "0"],
      ["index", "x", "--longest-passage", "5"], ["index", "x", "--shortest-passage", "300"], ["index", "x", "--bogus"],
      ["index", "x", "--index", ""],
    ] {
      let run = try CommandRun.suo(arguments)
      #expect(run.status == 64, "\(arguments)")
      #expect(run.messages.hasPrefix("suo: "), "\(arguments)")
      #expect(run.output.isEmpty)
    }
  }
}
