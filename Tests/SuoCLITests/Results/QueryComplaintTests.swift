import Testing

@testable import SuoCLI

@Suite struct QueryComplaintTests {
  private func lines(_ query: String, _ column: Int) -> [Substring] {
    QueryComplaint(query: query, column: column, reason: "wrong").text.split(separator: "\n")
  }

  @Test func theMarkStandsBelowTheCharacter() {
    #expect(lines("abc)", 4) == ["query, column 4: wrong", "  abc)", "     ^"])
    #expect(lines("焦虑 (", 4) == ["query, column 4: wrong", "  焦虑 (", "       ^"])
    #expect(lines("焦虑", 3) == ["query, column 3: wrong", "  焦虑", "      ^"], "at the end")
    #expect(lines("a\u{1B}b)", 4) == ["query, column 4: wrong", "  a b)", "     ^"])
  }

  @Test func longQueriesAreShortened() throws {
    let query = String(repeating: "焦", count: 100) + "(" + String(repeating: "虑", count: 100)
    let lines = lines(query, 101)
    try #require(lines.count == 3)
    let mark = try #require(lines[2].firstIndex(of: "^"))
    let before = DisplayWidth.columns(String(lines[2][..<mark]))
    var width = 0
    let pointed = lines[1].first { character in
      defer { width += DisplayWidth.columns(character) }
      return width == before
    }
    #expect(pointed == "(")
    #expect(DisplayWidth.columns(String(lines[1])) < 130)
  }

  @Test func withoutAColumn() {
    #expect(QueryComplaint(query: "x", column: nil, reason: "wrong").text == "query: wrong")
  }
}
