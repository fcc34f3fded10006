import SearchModel
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
}
