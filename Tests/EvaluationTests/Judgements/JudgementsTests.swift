import Evaluation
import Testing

@Suite struct JudgementsTests {
  private func read(_ text: String) throws -> Judgements { try Judgements(Array(text.utf8), file: "qrels") }

  private func grade(_ judgements: Judgements, _ topic: String, _ document: String) -> Int? {
    judgements.grades(of: Identifier(topic))[Identifier(document)]
  }

  @Test func linesOfFourWords() throws {
    let judgements = try read("b 0 d1 2\r\n\na\t0\td1\t-1\n  b  Q0 d2 0  \n")
    #expect(judgements.topics.map(\.text) == ["b", "a"])
    #expect(grade(judgements, "b", "d1") == 2)
    #expect(grade(judgements, "b", "d2") == 0)
    #expect(grade(judgements, "a", "d1") == -1)
    #expect(grade(judgements, "a", "d2") == nil)
    #expect(grade(judgements, "c", "d1") == nil)
    #expect(judgements.contains(Identifier("a")))
    #expect(!judgements.contains(Identifier("c")))
  }

  @Test func columnsWithAndWithoutTitles() throws {
    for title in ["query-id\tcorpus-id\tscore\n", "\u{FEFF}query-id\tcorpus-id\tscore\r\n", "q\td\tscore\n", ""] {
      let judgements = try read(title + "a\tmy note.md\t1\n")
      #expect(judgements.topics.map(\.text) == ["a"])
      #expect(grade(judgements, "a", "my_note.md") == 1, "ids are words, as in a run")
    }
  }

  @Test func idsAreTheSameByTheirBytes() throws {
    let judgements = try read("a 0 caf\u{E9} 1\na 0 cafe\u{301} 2\n")
    #expect(judgements.grades(of: Identifier("a")).count == 2)
    #expect(grade(judgements, "a", "caf\u{E9}") == 1)
    #expect(Identifier("\u{FF21}") < Identifier("\u{1F600}"), "by bytes, not by UTF-16")
  }

  @Test func errorsNameTheLine() {
    #expect(throws: EvaluationError.malformedJudgement(file: "qrels", line: 2, form: .trec)) {
      try read("a 0 d 1\na d 1\n")
    }
    #expect(throws: EvaluationError.malformedJudgement(file: "qrels", line: 3, form: .tabbed)) {
      try read("a\td\t1\n\na 0 d 1\n")
    }
    #expect(throws: EvaluationError.malformedJudgement(file: "qrels", line: 1, form: .tabbed)) { try read("\td\t1") }
    #expect(throws: EvaluationError.malformedGrade(file: "qrels", line: 1, text: "1.5")) { try read("a 0 d 1.5") }
    #expect(throws: EvaluationError.malformedGrade(file: "qrels", line: 1, text: "x")) { try read("a\td\tx") }
    #expect(throws: EvaluationError.noJudgements(file: "qrels")) { try read("\n \n") }
    #expect(throws: EvaluationError.noJudgements(file: "qrels")) { try read("query-id\tcorpus-id\tscore\n") }
    #expect(throws: EvaluationError.invalidUTF8(file: "qrels", line: 2)) {
      try Judgements(Array("a 0 d 1\nb 0 d".utf8) + [0xFF], file: "qrels")
    }
  }

  @Test func sameJudgementTwice() throws {
    #expect(try grade(read("a 0 d 1\na 0 d 1\n"), "a", "d") == 1)
    #expect(throws: EvaluationError.conflictingGrades(file: "qrels", line: 2, topic: "a", document: "d")) {
      try read("a 0 d 1\na 0 d 2\n")
    }
  }
}
