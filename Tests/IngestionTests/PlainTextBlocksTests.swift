import Testing

@testable import Ingestion

struct PlainTextBlocksTests {
  private func blocks(_ text: String) -> [String] {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      PlainTextBlocks.blocks(of: bytes, lines: LineTable(bytes), from: 0).map { $0.summary(of: bytes) }
    }
  }

  @Test func emptyLinesSeparateParagraphsThatWereWrapped() {
    let text = """
      The first paragraph was wrapped by hand at some width that
      its writer liked, and goes on for as long as it needs, line
      by line.

      The second is one.
      """
    #expect(
      blocks(text) == [
        """
        p: The first paragraph was wrapped by hand at some width that
        its writer liked, and goes on for as long as it needs, line
        by line.
        """, "p: The second is one.",
      ])
  }

  @Test func withoutEmptyLinesEveryLineIsAParagraph() {
    #expect(
      blocks("利用神经科学消除恐惧\n摘要\n本期内容探讨恐惧的神经科学基础。\n核心要点\n- 恐惧无法消除\n- 杏仁核整合信号\n结束。") == [
        "h0: 利用神经科学消除恐惧", "h1: 摘要", "p: 本期内容探讨恐惧的神经科学基础。", "h1: 核心要点", "i: - 恐惧无法消除", "i: - 杏仁核整合信号",
        "p: 结束。",
      ])
  }

  @Test func withLinesTooWideToBeWrappedEveryLineIsAParagraph() {
    let wide = String(repeating: "恐惧条件反射学得快、忘得慢，而且通常不会被抹掉。", count: 3)
    #expect(
      blocks("恐惧\n\n摘要\n\(wide)\n- 一项\n详细笔记\n恐惧的习得\n\(wide)\n\nEnd.") == [
        "h0: 恐惧", "h1: 摘要", "p: \(wide)", "i: - 一项", "h1: 详细笔记", "h2: 恐惧的习得", "p: \(wide)", "p: End.",
      ])
  }

  @Test func rowsThatAreAlignedWithBlanksAreNoHeadings() {
    #expect(
      blocks("图表\n国家　布　酒\n英国  一百  二百\n结束。") == ["h0: 图表", "p: 国家　布　酒", "p: 英国  一百  二百", "p: 结束。"])
  }

  @Test(arguments: [
    "- a", "* a", "+ a", "• a", "•a", "· a", "– a", "1. a", "12) a", "3、a", "（4）a", "(5) a", "①a", "a) b",
    "一、这是一个完整的句子。",
  ])
  func marksOfListItems(line: String) {
    #expect(blocks("Text.\n\n\(line)\nText.") == ["p: Text.", "i: \(line)", "p: Text."])
  }

  @Test(arguments: ["1.5 mg a day.", "2020. It was.", "-a.", "*a* b.", "(see) this.", "e.g. this.", "1984 was."])
  func otherBeginningsAreNone(line: String) {
    #expect(blocks("Text.\n\n\(line)\n") == ["p: Text.", "p: \(line)"])
  }

  @Test func itemsTakeTheirIndentedLines() {
    #expect(
      blocks("- one\n  more\n  - nested\n- two\n\nText.") == [
        "i: - one\n  more", "i: - nested", "i: - two", "p: Text.",
      ])
  }

  @Test func headingsByMarksNumbersAndUnderlines() {
    let text = """
      1 引言

      正文在这里。

      2.1 神经生物学因素

      正文在这里。

      ### Marked **heading** ###

      Text.

      第三章 方法

      正文。

      一、概述

      正文。

      Underlined
      ==========
      Text.
      """
    #expect(
      blocks(text).filter { $0.hasPrefix("h") } == [
        "h1: 1 引言", "h2: 2.1 神经生物学因素", "h3: Marked heading ###", "h1: 第三章 方法", "h1: 一、概述", "h1: Underlined",
      ])
  }

  @Test func numbersAreNoHeadingsWithinText() {
    #expect(blocks("Text.\n\n2020 年\n\nText.") == ["p: Text.", "p: 2020 年", "p: Text."])
    #expect(!blocks("Text\n3 months later it was\nover.\n\nText.").contains { $0.hasPrefix("h") })
  }

  @Test func captionsAreNoHeadingsWhereHeadingsAreNumbered() {
    let text = """
      1 引言

      正文。

      图1 催产素影响焦虑症的作用机制

      2 方法

      正文。

      3 结果

      正文。

      参考文献

      - 一篇文献。
      """
    #expect(
      blocks(text).filter { $0.hasPrefix("h") } == ["h1: 1 引言", "h1: 2 方法", "h1: 3 结果", "h1: 参考文献"])
  }

  @Test func manyShortLinesAreNoHeadings() {
    let words = (0..<9).map { "word\($0)x" }
    #expect(blocks("Title here\n" + words.joined(separator: "\n") + "\nA sentence.").allSatisfy { $0.hasPrefix("p") })
  }

  @Test func aShortLastLineIsNoHeading() {
    #expect(blocks("Text.\n\nThe end") == ["p: Text.", "p: The end"])
  }

  @Test func tablesHaveTheirHeaderInTheFirstRow() {
    #expect(
      blocks("| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\nText.") == [
        "r: | a | b |\n|---|:-:|\n| 1 | 2 |", "r: | 3 | 4 |", "p: Text.",
      ])
    #expect(blocks("| a | b |\n| 1 | 2 |") == ["r: | a | b |", "r: | 1 | 2 |"])
    #expect(blocks("| a |\n|---|") == ["r: | a |\n|---|"])
  }

  @Test func rulesAreNotRead() {
    #expect(
      blocks("One.\n\n-----\n\nTwo.\n\n* * *\n\nThree.\n———————\nFour.") == [
        "p: One.", "!p: Two.", "!p: Three.", "!p: Four.",
      ])
  }

  @Test func nothingIsNoBlock() {
    #expect(blocks("").isEmpty)
    #expect(blocks(" \n\u{3000}\n\t\n").isEmpty)
  }
}

extension TextBlock {
  /// The block in a line or more: its kind, and the text; `!` stands before one that is set apart.
  func summary(of text: UnsafeBufferPointer<UInt8>) -> String {
    let content = String(decoding: text[range], as: UTF8.self)
    let mark = isSetApart ? "!" : ""
    switch kind {
    case .heading(let level, let title): return "\(mark)h\(level): \(title)"
    case .paragraph: return "\(mark)p: \(content)"
    case .listItem: return "\(mark)i: \(content)"
    case .tableRow: return "\(mark)r: \(content)"
    case .code: return "\(mark)c: \(content)"
    }
  }
}
