import Testing

@testable import SuoCLI

@Suite struct TerminalTextTests {
  @Test func controlsAreLeftOut() {
    #expect(TerminalText.visible("a\u{1B}[31mb\u{7}\u{9B}\u{0}c") == "a[31mbc")
    #expect(TerminalText.visible("one\r\ntwo\tthree\u{2028}four") == "one  two three four")
    #expect(TerminalText.visible("abc\u{202E}cba\u{2066}x\u{2069}") == "abccbax")
    #expect(TerminalText.visible("杏仁核 👩‍🔬 é") == "杏仁核 👩‍🔬 é")
  }
}

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("杏仁核", 6), ("ＧＡＢＡ", 8), ("α1受体", 6), ("é", 1), ("e\u{301}", 1), ("👩‍🔬", 2), ("❤️", 2), ("한국", 4),
    ("かな", 4), ("𠮷", 2), ("，。", 4), ("…", 1), ("\u{7}", 0), ("①", 1), ("🇨🇳", 2),
  ])
  func columns(text: String, expected: Int) { #expect(DisplayWidth.columns(text) == expected) }
}

@Suite struct TextTableTests {
  @Test func columnsLineUp() {
    var table = TextTable([("word", .leading), ("n", .trailing), ("end", .leading)])
    table.append(["杏仁", "7", "x"])
    table.append(["fear", "1,000", ""])
    #expect(table.lines == ["word      n  end", "杏仁      7  x", "fear  1,000"])
  }
}

@Suite struct NumberTextTests {
  @Test func fractions() {
    #expect(1.005.fixed(1) == "1.0")
    #expect(12.96.fixed(1) == "13.0")
    #expect((-0.04).fixed(1) == "0.0")
    #expect((-1.26).fixed(1) == "-1.3")
    #expect(3.0.fixed(0) == "3")
    #expect(0.0501.fixed(3) == "0.050")
    #expect(Double.infinity.fixed(2) == "inf")
  }

  @Test func amounts() {
    #expect(1234567.grouped == "1,234,567")
    #expect((-1000).grouped == "-1,000")
    #expect(999.grouped == "999")
    #expect(999.asBytes == "999 bytes")
    #expect(1_500_000.asBytes == "1.5 MB")
    #expect(1.counting("passage") == "1 passage")
    #expect(1200.counting("passage") == "1,200 passages")
  }
}
