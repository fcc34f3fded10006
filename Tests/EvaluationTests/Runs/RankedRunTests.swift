import Evaluation
import Testing

@Suite struct RankedRunTests {
  private func read(_ text: String) throws -> RankedRun { try RankedRun(Array(text.utf8), file: "run") }

  private func documents(_ run: RankedRun, _ topic: String, _ ties: TieOrder = .trecEval) -> [String]? {
    run.results(of: Identifier(topic), ties: ties)?.map(\.document.text)
  }

  @Test func scoresDecideAndRanksDoNot() throws {
    let run = try read("a Q0 low 1 1.5 t\nb Q0 x 1 -2 t\r\na Q0 high 2 2e1 t\na\tQ0\tnegative\t3\t-1\tt\n")
    #expect(run.name == "run")
    #expect(Set(run.topics.map(\.text)) == ["a", "b"])
    #expect(documents(run, "a") == ["high", "low", "negative"])
    #expect(documents(run, "c") == nil)
  }

  @Test func idsOrderEqualScores() throws {
    let run = try read("a Q0 d1 1 1 t\na Q0 d2 2 1 t\na Q0 d10 3 1 t\na Q0 词 4 1 t\na Q0 best 5 2 t\n")
    #expect(documents(run, "a", .trecEval) == ["best", "词", "d2", "d10", "d1"])
    #expect(documents(run, "a", .irMeasures) == ["best", "d1", "d10", "d2", "词"])
  }

  @Test func scoresAreComparedAsTheProgramsDoIt() throws {
    // The first differs from 1 as a double only, the second as a float too.
    #expect(try documents(read("a Q0 x 1 1.00000001 t\na Q0 y 2 1 t\n"), "a") == ["y", "x"])
    #expect(try documents(read("a Q0 x 1 1.0000002 t\na Q0 y 2 1 t\n"), "a") == ["x", "y"])
    #expect(try documents(read("a Q0 y 1 1.00000001 t\na Q0 x 2 1 t\n"), "a", .irMeasures) == ["y", "x"])
  }

  @Test func errorsNameTheLine() {
    #expect(throws: EvaluationError.malformedResult(file: "run", line: 2, words: 5)) {
      try read("a Q0 d 1 1 t\na Q0 d 1 1\n")
    }
    for score in ["high", "nan", "inf", "1e999", "1,5"] {
      #expect(throws: EvaluationError.malformedScore(file: "run", line: 1, text: score)) {
        try read("a Q0 d 1 \(score) t\n")
      }
    }
    #expect(throws: EvaluationError.noResults(file: "run")) { try read("") }
    #expect(throws: EvaluationError.repeatedDocument(file: "run", line: 3, topic: "a", document: "d")) {
      try read("a Q0 d 1 3 t\nb Q0 d 1 3 t\na Q0 d 2 2 t\nb Q0 d 2 2 t\n")
    }
  }

  @Test func messagesSayWhereAndWhat() {
    let error = EvaluationError.repeatedDocument(file: "run", line: 3, topic: "a", document: "d")
    #expect(error.description.hasPrefix("run:3: "))
    #expect(error.description.contains("`d`"))
  }
}
