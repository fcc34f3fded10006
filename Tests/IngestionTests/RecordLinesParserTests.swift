import Ingestion
import SearchModel
import Testing

struct RecordLinesParserTests {
  @Test func jsonLinesBecomeDocumentsWithFields() throws {
    let text = #"""
      {"_id": "p1", "title": "标题", "text": "第一 \"quoted\"\n中", "year": 2021, "date": "2025-12-18", "open": false,
      """#.replacing("\n", with: "") + #" "tags": ["a", "b"], "by": {"name": "Li", "age": 30}, "none": null, "e": []}"#
    let run = try Ingested("c.jsonl", text)
    try #require(run.documents.count == 1, "\(run.skipped)")
    let document = run.documents[0]
    #expect(document.id == "p1")
    #expect(document.title == "标题")
    #expect(document.titleIsSeparate)
    #expect(
      document.fields == [
        Field(name: "year", value: .number(2021)),
        Field(name: "date", value: .date(Timestamp(text: "2025-12-18", secondsSince1970: 1_766_016_000))),
        Field(name: "open", value: .boolean(false)),
        Field(name: "tags", value: .list([.keyword("a"), .keyword("b")])),
        Field(name: "by.name", value: .keyword("Li")),
        Field(name: "by.age", value: .number(30)),
      ])
    let passage = document.passages[0]
    #expect(passage.text == "第一 \"quoted\"\n中")
    #expect(passage.language == .english || passage.language == .chinese)
    #expect(String(decoding: Array(text.utf8)[passage.range], as: UTF8.self) == #"第一 \"quoted\"\n中"#)
  }

  @Test func idsAreStringsNumbersOrPlaces() throws {
    let run = try Ingested("c.jsonl", "{\"id\":7,\"text\":\"a\"}\n\n{\"text\":\"b\"}\n{\"id\":\"x\",\"text\":\"c\"}\n")
    #expect(run.documents[0].id == "7")
    #expect(run.documents[1].id == run.documents[1].path + ":3")
    #expect(run.documents[2].id == "x")
    #expect(run.passages.map(\.line) == [1, 3, 4])
  }

  @Test(arguments: ["contents", "content", "body"])
  func otherNamesOfTheTextAreKnown(key: String) throws {
    let run = try Ingested("c.jsonl", "{\"id\":\"a\",\"\(key)\":\"words\"}\n")
    #expect(run.passages.map(\.text) == ["words"])
    #expect(run.documents[0].fields.isEmpty)
    let both = try Ingested("c.jsonl", "{\"id\":\"a\",\"\(key)\":\"other\",\"text\":\"words\"}\n")
    #expect(both.passages.map(\.text) == ["words"])
    #expect(both.documents[0].fields == [Field(name: key, value: .keyword("other"))])
  }

  @Test(arguments: [
    (#"{"id":"a"}"#, "the record has no \"text\""),
    (#"{"id":"a","text":" "}"#, "the record's text is empty"),
    (#"{"id":"a","text":5}"#, "the record has no \"text\""),
    (#"{"id":"a","text":"x""#, "not a JSON object: byte 20: expected ',' or '}', but the text ends"),
    (#"["a"]"#, "not a JSON object: byte 0: expected '{', found '['"),
    (
      #"{"text":"\ud800"}"#,
      "not a JSON object: byte 9: a \\u escape names half of a surrogate pair without the other half"
    ),
  ])
  func brokenRecordsAreSkippedWithLineAndReason(line: String, reason: String) throws {
    let run = try Ingested("c.jsonl", "{\"text\":\"before\"}\n\(line)\n{\"text\":\"after\"}\n")
    #expect(run.passages.map(\.text) == ["before", "after"])
    #expect(run.skipped.map(\.line) == [2])
    #expect(run.skipped.map(\.reason) == [reason])
  }

  @Test func aBrokenLineDoesNotTurnTheOthersIntoAnotherEncoding() throws {
    let good = Array("{\"text\":\"焦虑症\"}\n".utf8)
    let bad = Array("{\"text\":\"".utf8) + [0xE7, 0x84] + Array("\"}\n".utf8)
    let run = try Ingested("c.jsonl", good + bad + good + good)
    #expect(run.passages.map(\.text) == ["焦虑症", "焦虑症", "焦虑症"])
    #expect(run.skipped.map(\.line) == [2])
    #expect(run.skipped.map(\.reason) == ["not a JSON object: byte 9: a string is not valid UTF-8"])
  }

  @Test func byteOrderMarkIsNoText() throws {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("a\tfirst\n".utf8)
    let run = try Ingested("c.tsv", bytes)
    #expect(run.documents.map(\.id) == ["a"])
    #expect(run.passages[0].range == 5..<10)
  }

  @Test func splitRecordsMapBackThroughEscapes() throws {
    let body =
      "# 标题 A\n\nfirst paragraph \"quoted\" text.\n\n## Second\n\n" + String(repeating: "Tab\there. ", count: 200)
    let escaped = body.replacing("\"", with: "\\\"").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
      .replacing("标", with: "\\u6807")
    let line = "{\"id\":\"a\",\"text\":\"\(escaped)\"}"
    let bytes = Array("{\"text\":\"first\"}\n\(line)\n".utf8)
    let run = try Ingested("c.jsonl", bytes, IngestionOptions(split: true))
    let document = try #require(run.documents.last)
    #expect(document.passages.count > 2)
    #expect(document.passages[0].headings == ["标题 A"])
    #expect(document.passages.last?.headings == ["标题 A", "Second"])
    for passage in document.passages {
      #expect(passage.line == 2)
      let slice = String(decoding: bytes[passage.range], as: UTF8.self)
      #expect(
        slice.replacing("\\\"", with: "\"").replacing("\\n", with: "\n").replacing("\\t", with: "\t")
          .replacing("\\u6807", with: "标") == passage.text)
    }
  }

  @Test func tsvIsAnIdAndText() throws {
    let run = try Ingested("c.tsv", "a\t焦虑 one\tmore\n\nno tab\n\tno id\nb\t \nc\tlast")
    #expect(run.documents.map(\.id) == ["a", "c"])
    #expect(run.passages.map(\.text) == ["焦虑 one\tmore", "last"])
    #expect(run.passages.map(\.line) == [1, 6])
    #expect(run.skipped.map(\.line) == [3, 4, 5])
    #expect(run.documents.allSatisfy { !$0.titleIsSeparate && $0.title.isEmpty })
  }
}
