import TestSupport
import Testing

@testable import Ingestion

struct LongTextDivisionTests {
  /// Pieces of at most `longest` reading characters.
  private func pieces(_ text: String, longest: Int, byLine: Bool = false) -> [String] {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      let range = TextBlanks.trimmed(0..<bytes.count, of: bytes)
      return LongTextDivision(text: bytes, longest: longest * 3).pieces(of: range, byLine: byLine)
        .map { String(decoding: bytes[$0], as: UTF8.self) }
    }
  }

  @Test func shortTextIsOnePiece() {
    #expect(pieces("焦虑症。", longest: 10) == ["焦虑症。"])
    #expect(pieces("", longest: 10) == [])
  }

  @Test func piecesEndWithSentences() {
    #expect(pieces("第一句话在这里。第二句话也在。第三句话。第四句话在最后。", longest: 16) == ["第一句话在这里。第二句话也在。", "第三句话。第四句话在最后。"])
    #expect(
      pieces("The first one is here. Dr. Who said so, e.g. twice. A third one. And the fourth.", longest: 16) == [
        "The first one is here.", "Dr. Who said so, e.g. twice.", "A third one. And the fourth.",
      ])
  }

  @Test func withoutSentencesClausesDecideThenBlanksThenCharacters() {
    #expect(pieces("甲乙丙丁戊己，庚辛壬癸子丑，寅卯辰巳午未", longest: 14) == ["甲乙丙丁戊己，", "庚辛壬癸子丑，寅卯辰巳午未"])
    #expect(
      pieces("one two three four five six seven eight", longest: 8) == ["one two three four", "five six seven eight"])
    #expect(pieces(String(repeating: "甲", count: 25), longest: 10).map(\.count) == [10, 10, 5])
  }

  @Test func codeIsDividedBetweenLines() {
    #expect(
      pieces("let a = 1. Two\nlet b = 2. Two\nlet c = 3. Two", longest: 11, byLine: true) == [
        "let a = 1. Two", "let b = 2. Two\nlet c = 3. Two",
      ])
  }

  @Test func marksStayWithTheirLetters() {
    let letters = String(repeating: "e\u{301}", count: 60)
    #expect(pieces(letters, longest: 11).allSatisfy { $0.unicodeScalars.first == "e" })
    let family = String(repeating: "👨\u{200D}👩\u{200D}👧", count: 20)
    #expect(pieces(family, longest: 12).allSatisfy { $0.unicodeScalars.first == "👨" })
  }

  @Test(arguments: Seeds.first(4))
  func piecesAreOrderedBoundedAndComplete(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "甲", "乙。", "，", " ", "word", "word. ", "Word", "!", "\n", "𠮷", "e\u{301}", "1.5", "——", "\u{3000}", "“好。”",
    ]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0..<300, using: &generator)).map { _ in parts.randomElement(using: &generator)! }
        .joined()
      let longest = Int.random(in: 10..<60, using: &generator)
      Array(text.utf8).withUnsafeBufferPointer { bytes in
        let range = TextBlanks.trimmed(0..<bytes.count, of: bytes)
        let division = LongTextDivision(text: bytes, longest: longest * 3)
        var end = range.lowerBound
        for piece in division.pieces(of: range, byLine: Bool.random(using: &generator)) {
          #expect(piece.lowerBound >= end, "seed \(seed)")
          #expect(TextBlanks.trimmed(end..<piece.lowerBound, of: bytes).isEmpty, "seed \(seed): text is lost")
          #expect(TextBlanks.trimmed(piece, of: bytes) == piece, "seed \(seed)")
          #expect(ReadingSize.thirds(of: piece, in: bytes) <= longest * 3, "seed \(seed)")
          #expect(String(validating: bytes[piece], as: UTF8.self) != nil, "seed \(seed)")
          end = piece.upperBound
        }
        #expect(TextBlanks.trimmed(end..<bytes.count, of: bytes).isEmpty, "seed \(seed): text is lost")
      }
    }
  }
}
