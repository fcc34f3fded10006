import Ingestion
import SearchModel
import TestSupport
import Testing

struct HTMLFileParserTests {
  @Test func visibleTextBecomesPassagesUnderHeadings() throws {
    let page = """
      <!DOCTYPE html><html><head><title> The
      Title </title><style>p { color: red }</style></head>
      <body><nav>Menu</nav><h1>Main <b>heading</b></h1>
      <p>Some   <i>words</i>
      here&nbsp;&amp; there &lt;x&gt; &#x4e2d;&copy;.</p><script>var x = "<p>no</p>";</script>
      <noscript>no</noscript><template><p>no</p></template>
      <hr><h2>列表</h2><ul><li>第一项<li>第二项</ul>
      <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
      <pre>let a = 1
        let b = 2</pre>line<br>break
      </body></html>
      """
    let run = try Ingested("a.html", page)
    #expect(run.skipped.isEmpty)
    let document = try #require(run.documents.first)
    #expect(document.title == "The Title")
    #expect(document.titleIsSeparate)
    let found = document.passages
    #expect(
      found.map(\.text) == [
        "Menu", "Main heading\nSome words here & there <x> 中©.",
        "列表\n第一项\n第二项", "a\tb\n1\t2\nlet a = 1\n  let b = 2\nline\nbreak",
      ])
    #expect(found.map(\.headings) == [[], ["Main heading"], ["Main heading", "列表"], ["Main heading", "列表"]])
    let bytes = Array(page.utf8)
    let slices = found.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(slices[0] == "Menu")
    #expect(slices[1].hasPrefix("Main <b>") && slices[1].hasSuffix("&#x4e2d;&copy;."))
    #expect(slices[2].hasPrefix("列表</h2>") && slices[2].hasSuffix("第二项"))
    #expect(slices[3].hasPrefix("a</th>") && slices[3].hasSuffix("line<br>break"))
    #expect(found.map(\.line) == [3, 3, 7, 8])
  }

  @Test func titlesComeFromHeadingsOrTheFileElse() throws {
    let heading = try Ingested("page.html", "<p>a<h2>B</h2>c").documents[0]
    #expect(heading.title == "B")
    #expect(!heading.titleIsSeparate)
    #expect(try Ingested("page.html", "<p>a").documents[0].title == "page")
  }

  @Test(arguments: [
    ("a &amp; b", ["a ", "&amp;", " b"]),
    ("a & b", ["a & b"]),
    ("AT&T &ampx &amp &#38; &AMP;", ["AT&T ", "&amp", "x ", "&amp", " ", "&#38;", " ", "&AMP;"]),
    ("&copyright 2020", ["&copy", "right 2020"]),
    ("x &unknown; y", ["x &unknown; y"]),
    ("&NotEqualTilde; z", ["&NotEqualTilde;", " z"]),
    ("中&hellip;文&#128512;!", ["中", "&hellip;", "文", "&#128512;", "!"]),
  ])
  func entitiesLeadBackToTheirSpelling(source: String, parts: [String]) throws {
    // Very short passages show where each word was written.
    let words = (0..<40).map { "word\($0)" }.joined(separator: " ")
    let page = "<p>\(words) \(source) \(words)."
    let run = try Ingested("a.html", page, IngestionOptions(sizes: PassageSizes(longest: 10, shortest: 0)))
    let bytes = Array(page.utf8)
    #expect(parts.joined() == source)
    for passage in run.passages {
      let slice = String(decoding: bytes[passage.range], as: UTF8.self)
      if !slice.contains("&") { #expect(slice == passage.text) }
      #expect(slice.first?.isWhitespace == false && slice.last?.isWhitespace == false, "\(slice)")
    }
    // Words behind the entities stand where they were written, to the byte.
    let last = try #require(run.passages.last)
    #expect(String(decoding: bytes[last.range], as: UTF8.self) == last.text)
  }

  @Test func malformedPagesKeepTheirOrder() throws {
    let page = "<table><tr><td>cell one</td></tr>stray text<tr><td>cell two</table><p>after</i></b><div>end"
    let run = try Ingested("a.html", page, IngestionOptions(sizes: PassageSizes(longest: 10, shortest: 0)))
    var end = 0
    for passage in run.passages {
      #expect(passage.range.lowerBound >= end)
      end = passage.range.upperBound
    }
    let text = run.passages.map(\.text).joined(separator: " ")
    for word in ["cell one", "stray text", "cell two", "after", "end"] { #expect(text.contains(word)) }
  }

  @Test(arguments: [
    (String(repeating: "<div>", count: 100_000), "512 deep"),
    ("<p " + (0..<10_000).map { "a\($0)=1" }.joined(separator: " ") + ">x", "attributes"),
    (
      (0..<400).map { "<font size=\($0)>" }.joined() + String(repeating: "<p>x", count: 60_000), "left open"
    ),
  ])
  func whatWouldOverwhelmTheTreeBuilderIsSkipped(page: String, word: String) throws {
    let run = try Ingested("a.html", page)
    #expect(run.documents.isEmpty)
    #expect(run.skipped.count == 1)
    #expect(run.skipped[0].reason.contains(word))
  }

  @Test func ordinaryNestingIsRead() throws {
    let deep = String(repeating: "<div><b>", count: 200) + "deep" + String(repeating: "</b></div>", count: 200)
    let unclosed = String(repeating: "<p>para<li>item<td>cell", count: 2_000)
    let links = String(repeating: "<a name=x>link ", count: 2_000)
    for page in [deep, unclosed, links] { #expect(try Ingested("a.html", page).documents.count == 1) }
  }

  @Test func withoutTextNothingIsThereToRead() throws {
    #expect(try Ingested("a.html", "<p> <script>x</script>").skipped.map(\.reason) == ["nothing to read in it"])
  }

  @Test(arguments: Seeds.first(3))
  func anyTagsAreRead(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "<p>", "</p>", "<div", ">", "<b>", "</b>", "<table>", "<tr>", "<td>", "</table>", "text ", "中文。", "&amp;", "&",
      "<!--", "-->", "<script>", "</script>", "<h2>", "</h2>", "\"", "=", "<li>", "\r\n", "\n", "<svg>", "<title>", "𠮷",
      "<select>", "<option>", "<![CDATA[", "]]>", "</", "<pre>", "&#0;", "&copy",
    ]
    for _ in 0..<300 {
      let page = (0..<Int.random(in: 0..<80, using: &generator)).map { _ in parts.randomElement(using: &generator)! }
        .joined()
      let bytes = Array(page.utf8)
      let run = try Ingested("a.html", bytes, IngestionOptions(sizes: PassageSizes(longest: 10, shortest: 2)))
      var end = 0
      for passage in run.passages {
        #expect(passage.range.lowerBound >= end, "seed \(seed): \(page)")
        #expect(passage.range.upperBound <= bytes.count, "seed \(seed): \(page)")
        #expect(!passage.text.isEmpty, "seed \(seed): \(page)")
        #expect(passage.line <= page.count { $0.isNewline } + 1, "seed \(seed): \(page)")
        end = passage.range.upperBound
      }
    }
  }
}
