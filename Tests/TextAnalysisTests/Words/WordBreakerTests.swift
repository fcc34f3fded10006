import CICU
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct WordBreakerTests {
  /// The ends of ICU's words in UTF-16 units.
  private func breaks(_ text: String, _ breaker: OpaquePointer) -> [Int] {
    let units = Array(text.utf16)
    var ends = [Int32](repeating: 0, count: units.count)
    var flags = [UInt8](repeating: 0, count: units.count)
    var status: Int32 = 0
    let count = cicu_word_breaks(breaker, units, Int32(units.count), &ends, &flags, &status)
    return ends.prefix(Int(count)).map(Int.init)
  }

  private func withBreaker(_ body: (OpaquePointer) throws -> Void) throws {
    var status: Int32 = 0
    let breaker = try #require(cicu_word_breaker_open(&status))
    defer { cicu_word_breaker_close(breaker) }
    try body(breaker)
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `The rules for ASCII are ICU's`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("aabcz0019''..,,;;:__--/+#&@\"!")
    try withBreaker { breaker in
      for _ in 0..<20 {
        let text = "x" + String((0..<12).map { _ in alphabet.randomElement(using: &generator)! }) + "y"
        var folded = FoldedText()
        let table = try CharacterTable(FoldingOptions(.bilingual))
        var copy = text
        copy.withUTF8 { folded.scan($0, with: table) }
        let expected = Set(breaks(text, breaker))
        let units = folded.units.elements
        for index in 1..<units.count {
          let isDivided = (units[index - 1].end...units[index].start).contains { expected.contains(Int($0)) }
          guard let joins = WordBreaker.asciiJoins(units[index - 1], units[index], folded.bytes.base) else { continue }
          #expect(joins == !isDivided, "seed \(seed): \(text) at unit \(index)")
        }
      }
    }
  }

  @Test func `A run of letters is one word for ICU`() throws {
    try withBreaker { breaker in
      let table = try CharacterTable(FoldingOptions(.bilingual))
      var exceptions: [String] = []
      for value in UInt32(0x80)..<0x20000 {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let entry = table[value]
        guard entry.isSingle, entry.scalar == value, entry.characterClass == .letter else { continue }
        if breaks("a\(scalar)a", breaker).count != 1 { exceptions.append(String(value, radix: 16)) }
      }
      #expect(exceptions.isEmpty)
    }
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `Units are joined as ICU joins the folded text`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("aγй1２中国の한é'.,-_:𐐨𠮷")
    let text = String((0..<20).map { _ in alphabet.randomElement(using: &generator)! }) + "中x"
    try withBreaker { breaker in
      let table = try CharacterTable(FoldingOptions(.bilingual))
      var folded = FoldedText()
      var copy = text
      copy.withUTF8 { folded.scan($0, with: table) }
      let all = String(decoding: folded.bytes.elements, as: UTF8.self)
      let units = folded.units.elements
      let start = Int(units[0].start)
      let cluster = String(decoding: folded.bytes.elements[start..<Int(units[units.count - 1].end)], as: UTF8.self)
      let ends = Set(breaks(cluster, breaker))
      let wordBreaker = try WordBreaker()
      let joins = Array(wordBreaker.joins(units, in: folded.bytes.base))
      func utf16(_ offset: UInt32) -> Int {
        String(decoding: folded.bytes.elements[start..<Int(offset)], as: UTF8.self).utf16.count
      }
      for index in 1..<units.count {
        let isDivided = (utf16(units[index - 1].end)...utf16(units[index].start)).contains { ends.contains($0) }
        #expect(joins[index] == !isDivided, "seed \(seed): \(all) at unit \(index)")
      }
    }
  }

  @Test func `Chinese words come from ICU's dictionary`() throws {
    let analyzer = try Analyzer(.standard)
    #expect(AnalyzedText("神经科学研究", by: analyzer).texts(.exact) == ["神经", "科学", "研究"])
    #expect(AnalyzedText("한국어를 배우다", by: analyzer).texts(.exact) == ["한국어를", "배우다"])
  }
}
