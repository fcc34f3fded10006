import Ingestion
import Testing

struct SourceFormatTests {
  @Test(arguments: [
    ("a.md", SourceFormat.markdown), ("b/A.MARKDOWN", .markdown), ("a.txt", .text), ("a.text", .text),
    ("a.jsonl", .jsonLines), ("a.ndjson", .jsonLines), ("a.tsv", .tsv), ("a.html", .html), ("a.htm", .html),
    ("a.xhtml", .html), ("a.b.md", .markdown),
  ])
  func extensionsPromiseFormats(name: String, format: SourceFormat) {
    #expect(SourceFormat(fileName: name) == format)
  }

  @Test(arguments: ["README", "a.png", "a.md.gz", ".md", "", "md", "a."])
  func otherNamesPromiseNothing(name: String) {
    #expect(SourceFormat(fileName: name) == nil)
  }
}
