import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct PlainTokenizerTests {
  @Test(arguments: [
    ("whitespace", "The Patient's  ＧＡＢＡ-能\u{3000}系统。\nx", ["The", "Patient's", "ＧＡＢＡ-能", "系统。", "x"]),
    ("whitespace", "  ", []),
    (
      "standard", "The Patient's GABA能系统, e-mail 3.14 foo_bar!",
      [
        "the", "patient's", "gaba", "能", "系统", "e", "mail", "3.14", "foo_bar",
      ]
    ),
    ("english", "Running dogs' therapies — naïve cafés", ["run", "dog", "therapi", "naiv", "cafe"]),
    ("cjk-bigram", "神经科学，研 GABA能系统 焦慮", ["神经", "经科", "科学", "研", "gaba", "能系", "系统", "焦慮"]),
    ("standard", "👍 ok 👍🏽", ["ok"]),
    ("standard", "한국어를 배우다", ["한국어를", "배우다"]),
  ])
  func `One token stands for each stretch`(name: String, text: String, expected: [String]) throws {
    let analyzed = AnalyzedText(text, by: try Analyzer(.named(name)))
    #expect(analyzed.tokens.map(\.text) == expected)
    #expect(analyzed.tokens.map(\.position) == Array(0..<expected.count))
    #expect(analyzed.unitCount == expected.count)
    #expect(analyzed.tokens.allSatisfy { $0.kind == (name == "english" ? .stem : .exact) })
    #expect(analyzed.tokens.allSatisfy { $0.roles == [.scored, .positional] && $0.length == 1 })
  }

  @Test func `Whitespace tokens are the slices between blanks`() throws {
    var generator = SeededGenerator(seed: 5)
    let analyzer = try Analyzer(.whitespace)
    for round in 0..<100 {
      let text = String(decoding: RandomText(count: 30, using: &generator).text, as: UTF8.self)
      let expected = text.unicodeScalars.split { $0.properties.isWhitespace || $0.value == 0x200B }.map { String($0) }
      #expect(AnalyzedText(text, by: analyzer).tokens.map(\.text) == expected, "seed 5, round \(round)")
    }
  }

  @Test func `A blank-separated token that is too long is cut between characters`() throws {
    let text = String(repeating: "中", count: 300) + " " + String(repeating: "x", count: 600)
    let analyzed = AnalyzedText(text, by: try Analyzer(.whitespace))
    #expect(analyzed.tokens.map(\.text.utf8.count) == [255, 255, 255, 135, 255, 255, 90])
    #expect(analyzed.tokens.map(\.text).joined() == text.filter { $0 != " " })
  }

  @Test func `Filters apply to custom analyzers`() throws {
    let description = AnalyzerDescription(name: "folded", tokenizer: .whitespace, filters: [.fold, .stemEnglish])
    let analyzed = AnalyzedText("Running, RUNNING café", by: try Analyzer(description))
    #expect(analyzed.tokens.map(\.text) == ["running,", "run", "cafe"])
  }
}
