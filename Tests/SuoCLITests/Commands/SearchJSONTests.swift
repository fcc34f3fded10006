import Foundation
import JSONText
import TestSupport
import Testing

@Suite struct SearchJSONTests {
  @Test func membersOfAHit() throws {
    let json = try CommandRun.search("氯胺酮", "-k", "2", "--json").json()
    #expect(json.object?.map(\.key) == ["query", "took_ms", "total", "hits"])
    #expect(json["total"]?["relation"]?.string == "eq")
    let hit = try #require(json["hits"]?.array?.first)
    #expect(
      hit.object?.map(\.key) == [
        "rank", "score", "id", "passage", "path", "line", "start", "end", "title", "heading", "lang", "text",
        "highlights", "title_highlights", "fields",
      ])
    #expect(hit["rank"]?.integer == 1)
    #expect(hit["id"]?.string == "ketamine-and-depression.md")
    #expect(hit["title"]?.string == "氯胺酮与难治性抑郁症")
    #expect(hit["fields"]?["tags"]?.array?.compactMap(\.string) == ["brain", "depression", "ketamine"])
    #expect(hit["fields"]?["rating"]?.integer == 4)
    #expect(hit["fields"]?["draft"]?.bool == false)
    #expect(hit["fields"]?["date"]?.string == "2025-03-08")
  }

  @Test(arguments: ["杏仁核", "sleep", "多巴胺 dopamine", "tags:brain"])
  func rangesAreExact(query: String) throws {
    let json = try CommandRun.search(query, "-k", "50", "--json").json()
    let hits = try #require(json["hits"]?.array)
    #expect(!hits.isEmpty)
    for hit in hits where hit["path"]?.string?.hasSuffix(".html") == false {
      let path = try #require(hit["path"]?.string)
      let source = [UInt8](try Data(contentsOf: URL(fileURLWithPath: SharedData.packageFolder + "/" + path)))
      let start = try #require(hit["start"]?.integer)
      let end = try #require(hit["end"]?.integer)
      let text = Array(try #require(hit["text"]?.string).utf8)
      #expect(Array(source[start..<end]) == text, "\(path) \(start)..<\(end)")
      let lineEnds = source[..<start].count { $0 == 0x0A }
      #expect(hit["line"]?.integer == lineEnds + 1, "\(path) \(start)")
      var last = 0
      for range in try #require(hit["highlights"]?.array) {
        let from = try #require(range.array?.first?.integer)
        let to = try #require(range.array?.last?.integer)
        #expect(last <= from && from < to && to <= text.count)
        #expect(String(validating: text[from..<to], as: UTF8.self) != nil, "a highlight cuts a character")
        last = to
      }
    }
  }

  @Test func highlightsHoldTheQuery() throws {
    let json = try CommandRun.search("\"杏仁核\"", "--json").json()
    for hit in try #require(json["hits"]?.array) {
      let text = Array(try #require(hit["text"]?.string).utf8)
      for range in try #require(hit["highlights"]?.array) {
        let from = try #require(range.array?.first?.integer)
        let to = try #require(range.array?.last?.integer)
        #expect(String(decoding: text[from..<to], as: UTF8.self) == "杏仁核")
      }
    }
  }

  @Test func noHitsAreAnObjectToo() throws {
    let run = try CommandRun.search("qqqzzzxxx", "--json")
    #expect(run.status == 1)
    #expect(run.messages.isEmpty)
    #expect(try run.json()["hits"] == .array([]))
    #expect(try run.json()["total"]?["value"]?.integer == 0)
  }

  @Test func terminalControlsAreEscaped() throws {
    let folder = TemporaryFolder()
    let text = "evil \u{1B}[31m \u{9B}31m \u{202E}txt \u{2028} end"
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(of: "a.txt")))
    let index = folder.path(of: "index")
    try #require(try CommandRun.suo(["index", folder.path(of: "a.txt"), "--index", index]).status == 0)
    let json = try CommandRun.suo(["search", "evil", "--index", index, "--json"])
    #expect(!json.output.unicodeScalars.contains { [0x1B, 0x9B, 0x202E, 0x2028].contains($0.value) })
    #expect(try json.json()["hits"]?.array?.first?["text"]?.string == text)
    let shown = try CommandRun.suo(["search", "evil", "--index", index])
    #expect(shown.output.contains("«evil» [31m 31m txt end"))
    #expect(!shown.output.unicodeScalars.contains { [0x1B, 0x9B, 0x202E, 0x2028].contains($0.value) })
  }
}
