import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct SentenceBoundariesTests {
  private func sentences(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let ends = bytes.withUnsafeBufferPointer { SentenceBoundaries.ends(in: $0) }
    return zip([0] + ends, ends).map { String(decoding: bytes[$0..<$1], as: UTF8.self) }
  }

  @Test(arguments: [
    ["第一句。", "第二句！", "真的吗？", "是的；", "完了"],
    ["他说：“好。”", "然后走了。"],
    ["（见图。）", "下一句……", "再一句。"],
    ["One ends here. ", "Two ends here! ", "Three?"],
    ["He said \"Stop.\" ", "Then he left."],
    ["Smith et al. Found nothing new. ", "Dr. Jones did, e.g. In mice. ", "J. Smith agreed."],
    ["Version 3.14 is out. ", "See example.com for more. ", "2024 was early."],
    ["No break before small letters. like this"],
    ["A line\n", "another line\n\n", "中文。", "end"],
    ["English first. ", "然后中文。", "Then English."],
    ["これは文です。", "次の文です。"],
    ["Wait... ", "What?! ", "Yes."],
  ])
  func `Sentences end where a reader ends them`(expected: [String]) {
    #expect(sentences(expected.joined()) == expected)
  }

  @Test func `An empty text has no sentence`() {
    #expect(sentences("") == [])
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `Sentences are the whole text and begin at characters`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = RandomText(count: 80, using: &generator).text
    let ends = text.withUnsafeBufferPointer { SentenceBoundaries.ends(in: $0) }
    #expect(ends.last == text.count)
    #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
    #expect(ends.allSatisfy { $0 == text.count || text[$0] & 0xC0 != 0x80 }, "seed \(seed)")
  }
}
