import Ingestion
import SearchModel
import Testing

struct RecordStreamTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func cutsLongSourcesAtLineEnds(lineEnd: String) throws {
    // Enough for several units, with lines of differing length.
    var content: [UInt8] = []
    var starts: [Int] = []
    for number in 0..<30_000 {
      starts.append(content.count)
      content += Array("id\(number)\t\(String(repeating: "词 word ", count: number % 13 + 1))\(lineEnd)".utf8)
    }
    let run = try Ingested("a.tsv", content)
    #expect(run.units > 2)
    #expect(run.byteCount == content.count)
    #expect(run.skipped.isEmpty)
    try #require(run.documents.count == 30_000)
    for (number, document) in run.documents.enumerated() {
      let passage = document.passages[0]
      guard document.id == "id\(number)", passage.line == number + 1,
        passage.range.lowerBound == starts[number] + document.id.utf8.count + 1,
        Array(passage.text.utf8) == Array(content[passage.range])
      else {
        Issue.record("record \(number) is \(document)")
        return
      }
    }
  }

  @Test func aLineMayBeLongerThanAUnit() throws {
    let long = String(repeating: "长 text ", count: 400_000)
    let run = try Ingested(
      "a.jsonl", "{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"\(long)\"}\n{\"id\":3,\"text\":\"y\"}")
    #expect(run.documents.map(\.id) == ["1", "2", "3"])
    #expect(run.documents[1].passages[0].text == long)
    #expect(run.passages.map(\.line) == [1, 2, 3])
  }

  @Test func linesBeyondTheLimitAreSkipped() throws {
    let long = String(repeating: "long ", count: 1_000_000)
    for lineEnd in ["\n", "\r\n"] {
      let text = ["a\tfirst", "b\t\(long)", "c\tthird", "d\t\(long)\(long)", "e\tlast"].joined(separator: lineEnd)
      let run = try Ingested("a.tsv", text, IngestionOptions(largestRecord: 3 << 20))
      #expect(run.documents.map(\.id) == ["a", "c", "e"])
      #expect(run.passages.map(\.text) == ["first", "third", "last"])
      #expect(run.passages.map(\.line) == [1, 3, 5])
      #expect(run.skipped.map(\.line) == [2, 4])
      for passage in run.passages {
        #expect(Array(text.utf8)[passage.range].elementsEqual(passage.text.utf8))
      }
    }
  }

  @Test func recordsInUTF16AreReadAsAWhole() throws {
    let text = "{\"id\":\"a\",\"text\":\"焦虑 word\"}\n{\"id\":\"b\",\"text\":\"second\"}\n"
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let run = try Ingested("a.jsonl", bytes)
    #expect(run.documents.map(\.id) == ["a", "b"])
    let range = run.passages[0].range
    let units = stride(from: range.lowerBound, to: range.upperBound, by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
    #expect(String(decoding: units, as: UTF16.self) == "焦虑 word")
  }

  @Test func emptySourcesAreReported() throws {
    for name in ["a.jsonl", "a.tsv", "a.md", "a.txt", "a.html"] {
      let run = try Ingested(name, "")
      #expect(run.documents.isEmpty)
      #expect(run.skipped.map(\.reason) == ["empty file"], "\(name)")
    }
  }
}
