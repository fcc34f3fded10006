import SearchModel
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct LanguageDetectorTests {
  @Test(arguments: [
    ("氯胺酮可以迅速缓解抑郁症状。", Language.chinese), ("焦慮症是最常見的精神障礙。", .chinese),
    ("Ketamine quickly relieves depression.", .english), ("Les élèves étaient là.", .english),
    ("ケタミンはうつ病の症状を和らげる。", .japanese), ("日本語の文章です", .japanese),
    ("케타민은 우울증을 빠르게 완화한다.", .korean), ("", .undetermined), ("12 345 --- 。，", .undetermined),
    ("Кетамин быстро помогает.", .undetermined), ("👍👍", .undetermined),
    ("SSRIs 与 SNRIs 的区别", .chinese), ("The term 焦虑 means anxiety in Chinese", .english),
    ("它并非简单的 GABA 受体激动剂 の", .chinese), ("don't stop", .english), ("ＧＡＢＡ受体", .chinese),
  ])
  func `The script tells the language`(text: String, expected: Language) {
    var text = text
    #expect(text.withUTF8 { LanguageDetector.language(of: $0) } == expected)
  }

  /// As many Han characters as words are Chinese, one fewer is English: so the words are counted exactly.
  @Test(arguments: Seeds.first(20))
  func `Words of ASCII are counted as byte by byte`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<30 {
      let bytes = (0..<Int.random(in: 1...300, using: &generator)).map { _ in
        generator.pick(Array("aZzA019'' -.@`[{/:".utf8))
      }
      var words = 0
      var isInWord = false
      for byte in bytes {
        let isLetter = (0x61...0x7A).contains(byte | 0x20) && byte >= 0x41
        if isLetter && !isInWord { words += 1 }
        isInWord = isLetter || (isInWord && (byte == 0x27 || (0x30...0x39).contains(byte)))
      }
      let text = String(decoding: bytes, as: UTF8.self)
      for (characters, expected) in [(words, words == 0 ? .undetermined : Language.chinese), (words - 1, .english)]
      where characters >= 0 {
        // Among them, characters that are no letters, so that stretches of ASCII end anywhere.
        let place = text.index(text.startIndex, offsetBy: Int.random(in: 0...text.count, using: &generator))
        let end = text[..<place].last.map { "aAzZ019'".contains($0) } ?? false
        let parted = end ? text : text[..<place] + "。" + text[place...]
        var mixed = String(repeating: "字", count: characters) + " " + parted
        #expect(mixed.withUTF8 { LanguageDetector.language(of: $0) } == expected, "seed \(seed), \(text)")
      }
    }
  }
}
