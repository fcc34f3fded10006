import JSONText
import SearchModel
import Testing

@testable import Ingestion

struct FieldTypingTests {
  @Test func stringsAreDatesLabelsOrText() {
    let label = String(repeating: "字", count: FieldTyping.longestKeyword)
    #expect(FieldTyping.value(ofString: label) == .keyword(label))
    #expect(FieldTyping.value(ofString: label + "字") == .text(label + "字"))
    #expect(FieldTyping.value(ofString: "two\nlines") == .text("two\nlines"))
    #expect(FieldTyping.value(ofString: " \n") == nil)
    #expect(FieldTyping.value(ofString: "2025-12-18")?.isDate == true)
  }

  @Test func objectsInListsBecomeText() {
    let value: JSONValue = [["k": 1], nil, 2]
    #expect(
      FieldTyping.fields(named: "a", value: value) == [
        Field(name: "a", value: .list([.keyword("{\"k\":1}"), .number(2)]))
      ])
  }
}

extension FieldValue {
  fileprivate var isDate: Bool {
    if case .date = self { true } else { false }
  }
}
