import TestSupport
import Testing

@testable import TextAnalysis

struct ASCIIWordTokenizerTests {
  /// The words of a text, byte by byte.
  private func words(_ text: [UInt8]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    for index in 0...text.count {
      let isBlank = index == text.count || text[index] <= 0x20 || text[index] == 0x7F
      if isBlank, let begun = start {
        words.append(begun..<index)
        start = nil
      } else if !isBlank && start == nil {
        start = index
      }
    }
    return words
  }

  private func text(_ generator: inout SeededGenerator) -> [UInt8] {
    let blanks = generator.pick([0.02, 0.2, 0.6])
    return (0..<Int.random(in: 0...300, using: &generator)).map { _ in
      generator.chance(blanks)
        ? generator.pick([0x20, 0x0A, 0x7F, 0x00]) : UInt8.random(in: 0x21...0x7E, using: &generator)
    }
  }

  @Test(arguments: Seeds.first(20))
  func wordsAreThoseThatAWalkOverTheBytesFinds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let analyzer = try Analyzer(.whitespace)
    for _ in 0..<30 {
      let text = text(&generator)
      let words = words(text)
      var writer = TokenWriter()
      let count = text.withUnsafeBufferPointer { ASCIIWordTokenizer.tokenize($0, into: &writer) }
      let isTooLong = words.contains { $0.count >= TokenBuffer.longestKey }
      #expect(count == (isTooLong ? nil : words.count), "seed \(seed)")
      let analyzed = AnalyzedText(text, by: analyzer)
      guard !isTooLong else { continue }
      #expect(
        analyzed.tokens
          == words.enumerated().map { position, word in
            SpeltToken(
              kind: .exact, text: String(decoding: text[word], as: UTF8.self), position: position, length: 1,
              source: word, roles: [.scored, .positional])
          }, "seed \(seed)")
      #expect(analyzed.unitCount == words.count)
      // A character beyond ASCII sends the same words the other way.
      let other = AnalyzedText(text + Array(" é".utf8), by: analyzer)
      #expect(other.tokens.dropLast() == analyzed.tokens[...], "seed \(seed)")
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 200])
  func aTextThatIsNotAllASCIIIsLeftToTheOther(place: Int) {
    var text = [UInt8](repeating: 0x61, count: 60).map { $0 } + [0x20] + [UInt8](repeating: 0x62, count: 200)
    text[place] = 0xC3
    var writer = TokenWriter()
    #expect(text.withUnsafeBufferPointer { ASCIIWordTokenizer.tokenize($0, into: &writer) } == nil)
  }
}
