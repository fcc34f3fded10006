import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct FoldedTextTests {
  @Test(arguments: 1...400 as ClosedRange<UInt64>)
  func `Units are those that the oracle puts together`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let random = RandomText(count: Int.random(in: 1...60, using: &generator), using: &generator)
    let analyzed = AnalyzedText(random.text, by: try Analyzer(.bilingual))
    let shown = String(decoding: random.text, as: UTF8.self).debugDescription
    #expect(analyzed.units.map(\.text) == random.units.map(\.text), "seed \(seed): \(shown)")
    #expect(analyzed.units.map { $0.kind == .character } == random.units.map(\.isUnspaced), "seed \(seed)")
    #expect(analyzed.units.map(\.position) == Array(0..<random.units.count), "seed \(seed)")
    #expect(analyzed.unitCount == random.units.count)
    for (unit, expected) in zip(analyzed.units, random.units) {
      // An invisible character at the end belongs to the segment of the character before it.
      #expect(unit.source.lowerBound == expected.source.lowerBound, "seed \(seed): \(unit) in \(shown)")
      #expect(unit.source.upperBound >= expected.source.upperBound, "seed \(seed): \(unit) in \(shown)")
    }
  }

  @Test func `Numbers written as superscripts, fractions and circles keep apart from digits`() throws {
    let analyzer = try Analyzer(.bilingual)
    #expect(AnalyzedText("10²", by: analyzer).units.map(\.text) == ["10", "2"])
    #expect(AnalyzedText("5½", by: analyzer).units.map(\.text) == ["5", "1", "2"])
    #expect(AnalyzedText("10⁻¹²", by: analyzer).units.map(\.text) == ["10", "12"])
    #expect(AnalyzedText("③4", by: analyzer).units.map(\.text) == ["3", "4"])
    #expect(AnalyzedText("10²", by: analyzer).texts(.stem) == ["10", "2"])
    #expect(AnalyzedText("CO₂", by: analyzer).texts(.stem) == ["co2"])
  }

  @Test func `A run that is too long for a key is cut, and every piece is found where it stands`() throws {
    let analyzer = try Analyzer(.bilingual)
    for letter in ["a", "é", "ж", "क", "\u{10428}"] {
      let text = String(repeating: letter, count: 700)
      let units = AnalyzedText(text, by: analyzer).units
      #expect(units.allSatisfy { $0.text.utf8.count < TokenBuffer.longestKey })
      #expect(units.first?.source.lowerBound == 0)
      #expect(units.last?.source.upperBound == text.utf8.count)
      #expect(zip(units, units.dropFirst()).allSatisfy { $0.source.upperBound == $1.source.lowerBound })
      #expect(units.map(\.text).joined() == String(repeating: letter == "é" ? "e" : letter, count: 700))
    }
  }

  @Test func `A thousand marks on one letter make one unit`() throws {
    let text = "ש" + String(repeating: "\u{5B0}", count: 1000) + "x"
    let units = AnalyzedText(text, by: try Analyzer(.bilingual)).units
    #expect(units.count == 1)
    #expect(units[0].source == 0..<text.utf8.count)
    #expect(units[0].text.utf8.count < TokenBuffer.longestKey)
  }

  @Test func `Marks, joiners and selectors without a letter are nothing`() throws {
    let analyzer = try Analyzer(.bilingual)
    for text in ["\u{301}", " \u{301} ", "\u{200D}", "\u{FE0F}", "\u{AD}", "\u{20E3}", "，\u{3099}", ""] {
      #expect(AnalyzedText(text, by: analyzer).tokens.isEmpty, "\(text.debugDescription)")
    }
  }
}
