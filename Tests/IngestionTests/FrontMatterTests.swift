import Ingestion
import SearchModel
import Testing

struct FrontMatterTests {
  @Test func keysBecomeTypedFields() throws {
    let text = """
      ---
      title: "  A 标题 "
      date: '2025-12-18'
      updated: 2025-12-18T09:30:00Z
      count: 3
      ratio: -0.5
      code: "007"
      number-like: 007
      big: 12345678901234567890
      draft: true
      quoted: "true"
      empty: ''
      none:
      tags: [焦虑, brain, 5]
      list:
      - one
      - {k: v}
      author:
        name: Li
        age: 40
      summary: |
        several
        lines
      time: 12:30
      ---
      # Heading

      Text.
      """
    let run = try Ingested("a.md", text)
    #expect(run.skipped.isEmpty)
    let document = run.documents[0]
    #expect(document.title == "A 标题")
    #expect(document.titleIsSeparate)
    #expect(
      document.fields == [
        Field(name: "date", value: .date(Timestamp(text: "2025-12-18", secondsSince1970: 1_766_016_000))),
        Field(name: "updated", value: .date(Timestamp(text: "2025-12-18T09:30:00Z", secondsSince1970: 1_766_050_200))),
        Field(name: "count", value: .number(3)),
        Field(name: "ratio", value: .number(-0.5)),
        Field(name: "code", value: .keyword("007")),
        Field(name: "number-like", value: .keyword("007")),
        Field(name: "big", value: .keyword("12345678901234567890")),
        Field(name: "draft", value: .boolean(true)),
        Field(name: "quoted", value: .keyword("true")),
        Field(name: "tags", value: .list([.keyword("焦虑"), .keyword("brain"), .number(5)])),
        Field(name: "list", value: .list([.keyword("one"), .list([.keyword("v")])])),
        Field(name: "author.name", value: .keyword("Li")),
        Field(name: "author.age", value: .number(40)),
        Field(name: "summary", value: .text("several\nlines\n")),
        Field(name: "time", value: .keyword("12:30")),
      ])
    #expect(document.passages.map(\.text) == ["# Heading\n\nText."])
    #expect(document.passages[0].line == 26)
  }

  @Test(arguments: [
    ("---\na: [1\n---\nText.", "or ']'"),
    ("---\na: 1\na: 2\n---\nText.", "twice"),
    ("---\njust words\n---\nText.", "keys and values"),
    ("---\na: \(String(repeating: "[", count: 100_000))\n---\nText.", "nested"),
    ("---\n\(String(repeating: "- ", count: 50_000))\n---\nText.", "nested"),
  ])
  func malformedFrontMatterIsReportedAndTheTextKept(text: String, word: String) throws {
    let run = try Ingested("a.md", text)
    #expect(run.passages.map(\.text) == ["Text."])
    #expect(run.documents[0].fields.isEmpty)
    #expect(run.skipped.count == 1)
    #expect(run.skipped[0].reason.hasPrefix("front matter ignored: "))
    #expect(run.skipped[0].reason.contains(word), "\(run.skipped[0])")
  }

  @Test func aProblemNamesTheLineOfTheFile() throws {
    let run = try Ingested("a.md", "---\ntitle: x\ngood: 1\nbad: 'open\n---\nText.")
    #expect(run.skipped.count == 1)
    #expect(run.skipped[0].line.map { (4...5).contains($0) } == true, "\(run.skipped)")
  }

  @Test func aliasesCannotMultiplyWithoutEnd() throws {
    var yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<12 {
      yaml += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
    }
    let run = try Ingested("a.md", "---\n\(yaml)---\nText.")
    #expect(run.skipped.map(\.reason) == ["front matter ignored: more than 10000 values"])
    #expect(run.passages.map(\.text) == ["Text."])
  }

  @Test func withoutAnEndItIsARule() throws {
    let run = try Ingested("a.md", "---\n\nkey: value\n")
    #expect(run.documents[0].fields.isEmpty)
    #expect(run.passages.map(\.text) == ["key: value"])
  }

  @Test func alone() throws {
    let run = try Ingested("a.md", "---\ntitle: Only\n---\n")
    #expect(run.documents.map(\.title) == ["Only"])
    #expect(run.passages.isEmpty)
  }

  @Test func plainTextHasItTooWhereItReadsAsSuch() throws {
    #expect(try Ingested("a.txt", "---\ntitle: T\n---\nText.").documents[0].title == "T")
    let rules = try Ingested("a.txt", "---\nTwo words: [\n---\nText.")
    #expect(rules.skipped.isEmpty)
    #expect(rules.passages.map(\.text).joined().contains("Two words"))
  }
}
