import TestSupport
import Testing

@testable import SuoCLI

@Suite struct ExcerptTests {
  private func shown(
    _ text: String, _ highlights: [Range<Int>] = [], columns: Int = 40, mostLines: Int = 3, marks: Bool = true
  ) -> [String] {
    Excerpt(text, highlights: highlights, columns: columns, mostLines: mostLines, marksMatches: marks).lines
      .map { String($0.map(\.character)) }
  }

  @Test func shortTextsAreWhole() {
    #expect(shown("One  two\n\n three ") == ["One two three"])
    #expect(shown("恐惧与杏仁核", [9..<18]) == ["恐惧与«杏仁核»"])
    #expect(shown("恐惧与杏仁核", [9..<18], marks: false) == ["恐惧与杏仁核"])
    #expect(shown("") == [])
  }

  @Test func linesBreakBetweenWords() {
    #expect(shown("alpha beta gamma delta", columns: 11) == ["alpha beta", "gamma delta"])
    #expect(shown("杏仁核，恐惧", columns: 6) == ["杏仁", "核，恐", "惧"], "a comma does not begin a line")
    #expect(
      shown(String(repeating: "x", count: 25), columns: 10, mostLines: 3) == ["xxxxxxxxxx", "xxxxxxxxxx", "xxxxx"])
  }

  @Test func longTextsAreShortenedAroundTheMatches() throws {
    let text = String(repeating: "before words ", count: 60) + "MATCH" + String(repeating: " after words", count: 60)
    let start = "before words ".utf8.count * 60
    let lines = shown(text, [start..<(start + 5)])
    #expect(lines.count <= 3)
    #expect(lines.joined(separator: " ").contains("«MATCH»"))
    #expect(lines.first?.hasPrefix("…") == true)
    #expect(lines.last?.hasSuffix("…") == true)
  }

  @Test func randomTextsKeepTheirCharacters() {
    let alphabet: [Character] = [
      "a", "b", " ", "\n", "焦", "虑", "，", "e\u{301}", "👩‍🔬", "“", "”", "x", "y", "𠮷", "\u{202E}",
    ]
    for seed in Seeds.first(200) {
      var generator = SeededGenerator(seed: seed)
      let characters = (0..<Int.random(in: 0...600, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? "a"
      }
      let text = String(characters)
      var highlights: [Range<Int>] = []
      var offset = 0
      for character in text {
        let end = offset + character.utf8.count
        if Int.random(in: 0..<40, using: &generator) == 0, highlights.last?.upperBound ?? -1 < offset {
          highlights.append(offset..<end)
        }
        offset = end
      }
      let columns = Int.random(in: 20...60, using: &generator)
      let excerpt = Excerpt(text, highlights: highlights, columns: columns, mostLines: 3, marksMatches: false)
      #expect(excerpt.lines.count <= 3, "SUO_TEST_SEED=\(seed)")
      for line in excerpt.lines {
        #expect(line.reduce(0) { $0 + $1.columns } <= columns + 1, "SUO_TEST_SEED=\(seed)")
      }
      // Without blanks and ellipses the excerpt is a stretch of the text.
      let kept = String(excerpt.lines.joined().map(\.character).filter { $0 != " " && $0 != "…" })
      let source = String(TerminalText.visible(text).filter { !$0.isWhitespace })
      #expect(kept.isEmpty || source.contains(kept), "SUO_TEST_SEED=\(seed)")
    }
  }
}
