import Ingestion
import SearchModel
import Testing

struct PassageDivisionTests {
  private func passages(_ text: String, _ sizes: PassageSizes = PassageSizes()) throws -> [Passage] {
    try Ingested("a.md", text, IngestionOptions(sizes: sizes)).passages
  }

  @Test func headingsGoToThePassageBelow() throws {
    let long = String(repeating: "Enough words to stand alone as a passage. ", count: 4)
    let found = try passages("# A\n\n## B\n\n\(long)\n\n### C\n\n\(long)\n\n## D\n\n\(long)\n\n## E\n\n# F\n")
    #expect(found.map(\.headings) == [["A", "B"], ["A", "B", "C"], ["A", "D"], ["F"]])
    #expect(found[0].text.hasPrefix("# A\n\n## B\n\nEnough"))
    #expect(found.last?.text == "## E\n\n# F")
  }

  @Test func shortBlocksAreJoinedUnderOneHeading() throws {
    let found = try passages("# A\n\nShort.\n\nAlso short.\n\n- item\n- item\n\n# B\n\nShort too.")
    #expect(found.map(\.text) == ["# A\n\nShort.\n\nAlso short.\n\n- item\n- item", "# B\n\nShort too."])
  }

  @Test func joiningStopsAtAComfortableSize() throws {
    let items = (0..<60).map { "- item number \($0) of many" }.joined(separator: "\n")
    let found = try passages(items)
    #expect(found.count > 3)
    #expect(found.allSatisfy { $0.text.utf8.count <= 3 * 200 && $0.text.utf8.count >= 3 * 40 })
  }

  @Test func aTinyRestIsJoinedToWhatPrecedes() throws {
    let long = String(repeating: "焦虑症的患病率很高。", count: 15)
    #expect(try passages("\(long)\n\n完。").count == 1)
  }

  @Test func rulesKeepPassagesApart() throws {
    #expect(try passages("Short.\n\n---\n\nShort.").map(\.text) == ["Short.", "Short."])
  }

  @Test func languagesAreNotJoined() throws {
    let found = try passages(
      "焦虑症很常见。\n\nAnxiety disorders are common.\n\n- 催产素调节恐惧反应。\n- Oxytocin changes fear responses.")
    #expect(found.map(\.language) == [.chinese, .english, .chinese, .english])
  }

  @Test func linesOfOneParagraphAreToldApartByLanguage() throws {
    let chinese = String(repeating: "焦虑症是最常见的精神障碍之一，", count: 5)
    let english = String(repeating: "anxiety disorders are among the most common, ", count: 5)
    let found = try passages("\(chinese)\n\(english)\n\(chinese)")
    #expect(found.map(\.language) == [.chinese, .english, .chinese])
  }

  @Test func mixedWordsFitAnyList() throws {
    let found = try passages("- nucleus accumbens\n- Dopamine 多巴胺\n- serotonin\n- fear extinction")
    #expect(found.count == 1)
  }

  @Test func smallTablesAreOnePassageAndBigOnesRowByRow() throws {
    let small = "| a | b |\n|---|---|\n" + (0..<5).map { "| row \($0) | cell |" }.joined(separator: "\n")
    #expect(try passages(small).map(\.text) == [small])
    let cell = String(repeating: "some words in a cell ", count: 8)
    let big = "| a | b |\n|---|---|\n" + (0..<20).map { "| row \($0) | \(cell) |" }.joined(separator: "\n")
    let found = try passages(big)
    #expect(found.count == 20)
    #expect(found[0].text.hasPrefix("| a | b |\n|---|---|\n| row 0 |"))
    #expect(found[7].text.hasPrefix("| row 7 |"))
  }

  @Test func sizesAreConfigurable() throws {
    let text = (0..<8).map { "第\($0)段是一个不长也不短的段落。" }.joined(separator: "\n\n")
    #expect(try passages(text, PassageSizes(longest: 400, shortest: 0)).count == 8)
    #expect(try passages(text, PassageSizes(longest: 400, shortest: 200)).count == 1)
    #expect(try passages(text, PassageSizes(longest: 10, shortest: 0)).count == 16)
  }

  @Test func withoutSplittingAFileIsOnePassage() throws {
    for name in ["a.md", "a.txt"] {
      let run = try Ingested(name, "# A\n\nOne.\n\n# B\n\nTwo.\n", IngestionOptions(split: false))
      #expect(run.passages.map(\.text) == ["# A\n\nOne.\n\n# B\n\nTwo."])
      #expect(run.documents[0].title == "A")
    }
  }

  @Test func manyHeadingsWithoutTextAreDividedToo() throws {
    let found = try passages((0..<500).map { "# heading \($0)" }.joined(separator: "\n"))
    #expect(found.count > 3)
    #expect(found.allSatisfy { $0.text.utf8.count <= 1_200 })
  }
}
