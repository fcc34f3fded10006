import Testing

@testable import Ingestion

struct MarkdownBlocksTests {
  private func blocks(_ text: String) -> [String] {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      MarkdownBlocks.blocks(of: bytes, lines: LineTable(bytes), from: 0).map { $0.summary(of: bytes) }
    }
  }

  @Test func headingsLoseTheirMarkup() {
    let text = """
      # One **bold** `code` [link](https://example.org/a_b) ![image](x.png) ##

      Setext *heading*
      over two lines
      ---
      ###### 第六 &amp; 级
      #no heading
      """
    #expect(
      blocks(text) == [
        "h1: One bold code link image", "h2: Setext heading over two lines", "h6: 第六 & 级", "p: #no heading",
      ])
  }

  @Test func paragraphsItemsQuotesAndCode() {
    let text = """
      One
      paragraph.

      - item
        goes on

        with a second paragraph
      - next
        1. nested
        2. more

      > quoted
      lazily

      ```swift
      # no heading

      - no item
      ```
      after

          indented code
      """
    #expect(
      blocks(text) == [
        "p: One\nparagraph.", "i: - item\n  goes on", "p: with a second paragraph", "i: - next", "i: 1. nested",
        "i: 2. more", "p: > quoted\nlazily", "c: ```swift\n# no heading\n\n- no item\n```", "p: after",
        "c: indented code",
      ])
  }

  @Test func tablesWithAndWithoutOuterBars() {
    #expect(
      blocks("Before\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nafter") == [
        "p: Before", "r: | a | b |\n|---|---|\n| 1 | 2 |", "r: | 3 | 4 |", "p: after",
      ])
    #expect(blocks("a | b\n--|--\n1 | 2\n\nafter") == ["r: a | b\n--|--\n1 | 2", "p: after"])
    let wide = (0..<200).map { "column number \($0)" }.joined(separator: " | ")
    let marks = Array(repeating: "---", count: 200).joined(separator: " | ")
    #expect(blocks("| \(wide) |\n| \(marks) |\n| \(wide) |\n| \(wide) |").count == 2)
  }

  @Test func rulesAreNotRead() {
    #expect(blocks("One\n\n***\n\nTwo\n\n- - -\nThree") == ["p: One", "!p: Two", "!p: Three"])
  }

  @Test func whatHasNoNodeIsKept() {
    #expect(
      blocks("[ref]: https://example.org \"The title\"\n\nText [ref].") == [
        "p: [ref]: https://example.org \"The title\"", "p: Text [ref].",
      ])
    #expect(
      blocks("<div>\n\ninside\n\n</div>\n\n<!-- a\n\n# comment -->\ntext") == [
        "p: <div>", "p: inside", "p: </div>", "p: <!-- a\n\n# comment -->", "p: text",
      ])
  }

  @Test func commentsAndRawElementsEndBehindLongLines() {
    let filler = String(repeating: "word ", count: 100)
    #expect(blocks("<!-- \(filler)\n\(filler) -->\n# Heading") == ["p: <!-- \(filler)\n\(filler) -->", "h1: Heading"])
    #expect(blocks("<script>\n\(filler)</script>\n# Heading").last == "h1: Heading")
  }

  @Test func longLinesBehaveLikeShortOnes() {
    let filler = String(repeating: "词 word ", count: 100)
    #expect(blocks("# \(filler)\n\n- \(filler)\n\n\(filler)").map { $0.prefix(3) } == ["h1:", "i: ", "p: "])
  }

  @Test func headingsAreCutInPaths() {
    let title = blocks("# " + String(repeating: "长", count: 5_000))[0]
    #expect(title == "h1: " + String(repeating: "长", count: HeadingText.longest) + "…")
  }

  @Test func carriageReturnsEndLines() {
    #expect(blocks("# One\rtext\r\n\r\n- item\r- item") == ["h1: One", "p: text", "i: - item", "i: - item"])
  }
}
