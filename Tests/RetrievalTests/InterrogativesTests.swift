import Testing

@testable import Retrieval

@Suite struct InterrogativesTests {
  /// The marked stretches of a text, with blanks between them.
  private func marked(_ text: String) -> String {
    let units = Array(text.unicodeScalars)
    let marks = Interrogatives.marks(in: units.map { $0 == "_" ? nil : $0 })
    return units.indices.map { marks[$0] ? String(units[$0]) : " " }.joined().split(separator: " ")
      .joined(separator: " ")
  }

  @Test(arguments: [
    ("为什么会失眠", "为什么"), ("公司什么时候成立", "什么时候"), ("是什么样的", "什么样"), ("什么药", "什么"), ("甚么", "甚么"), ("怎么样治疗", "怎么样"),
    ("怎样", "怎样"), ("如何治疗", "如何"), ("为何", "为何"), ("他何时何地出生", "何时何地"), ("院长是谁", "谁"), ("在哪", "哪"), ("哪里最冷", "哪里"),
    ("哪一位总统", "哪一位"), ("哪几种药", "哪几种"), ("哪年", "哪"), ("有多少个省", "多少个"), ("多少人", "多少"), ("湖有多大，呢", "多大 呢"),
    ("珠峰多高", "多高"), ("是否有效", "是否"), ("你好吗", "吗"), ("第几届", "第几"), ("几个人", "几个"), ("用了几年", "几"), ("有啥用", "啥"),
    ("_是谁_多久", "谁 多久"),
  ])
  func whatAsksIsMarked(text: String, expected: String) { #expect(marked(text) == expected) }

  @Test(arguments: [
    "哪吒闹海", "哪怕", "几内亚", "几何", "几乎", "几率", "任何", "任何时候", "几何为本", "多伦多大学", "大多高原", "吗啡", "呢绒", "什刹海", "何先生", "多_大", "",
    "_", "少年", "否定", "样品",
  ])
  func whatDoesNotAskIsNot(text: String) { #expect(marked(text) == "") }
}
