import Evaluation
import Testing

@Suite struct TopicsTests {
  private func read(_ text: String) throws -> [Topic] { try Topics.read(Array(text.utf8), file: "topics") }

  @Test func tabSeparatedLines() throws {
    let topics = try read("z01\t睡眠 记忆\r\n\ne02\ta\ttab stays\n")
    #expect(
      topics == [
        Topic(identifier: "z01", text: "睡眠 记忆"), Topic(identifier: "e02", text: "a\ttab stays"),
      ])
  }

  @Test func jsonLines() throws {
    let topics = try read("{\"_id\": \"q1\", \"text\": \"杏仁核\", \"metadata\": {}}\n{\"_id\": 2, \"text\": \"x\"}")
    #expect(topics == [Topic(identifier: "q1", text: "杏仁核"), Topic(identifier: "2", text: "x")])
  }

  @Test func byteOrderMarkIsPassedOver() throws {
    #expect(try read("\u{FEFF}q\ttext") == [Topic(identifier: "q", text: "text")])
  }

  @Test func errorsNameTheLine() {
    #expect(throws: TopicsError.missingTab(file: "topics", line: 2)) { try read("a\tb\nonly words\n") }
    #expect(throws: TopicsError.emptyIdentifier(file: "topics", line: 1)) { try read("\tquery") }
    #expect(throws: TopicsError.repeatedIdentifier(file: "topics", line: 3, identifier: "a")) {
      try read("a\tx\nb\ty\na\tz")
    }
    #expect(throws: TopicsError.missingKey(file: "topics", line: 1, key: "text")) { try read("{\"_id\": \"a\"}") }
    #expect(throws: TopicsError.missingKey(file: "topics", line: 1, key: "_id")) { try read("{\"text\": \"a\"}") }
    #expect(throws: TopicsError.noTopics(file: "topics")) { try read("\n \n") }
    #expect(throws: TopicsError.invalidUTF8(file: "topics", line: 2)) {
      try Topics.read(Array("a\tb\n".utf8) + [0x63, 0x09, 0xFF], file: "topics")
    }
    #expect(throws: TopicsError.self) { try read("{\"_id\": \"a\", \"text\": \"b\"}\nnot json") }
  }
}
