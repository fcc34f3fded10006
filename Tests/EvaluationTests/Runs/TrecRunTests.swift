import Evaluation
import Testing

@Suite struct TrecRunTests {
  @Test func sixWordsALine() {
    let line = TrecRun(tag: "suo").line(topic: "z01", document: "notes/a.md", rank: 1, score: 12.25)
    #expect(line == "z01 Q0 notes/a.md 1 12.25 suo")
  }

  @Test func blanksBecomeUnderscores() {
    let line = TrecRun(tag: "my run").line(topic: "a\tb", document: "my notes\u{3000}一.md", rank: 2, score: 1)
    #expect(line == "a_b Q0 my_notes_一.md 2 1.0 my_run")
    #expect(line.split(separator: " ").count == 6)
  }

  @Test func neighbouringScoresStayApart() throws {
    let run = TrecRun(tag: "t")
    for score: Float in [0.1, 1, 12.345678, 1e-7, 3e8] {
      let written = run.line(topic: "q", document: "d", rank: 1, score: score).split(separator: " ")[4]
      let next = run.line(topic: "q", document: "d", rank: 1, score: score.nextUp).split(separator: " ")[4]
      #expect(Float(written) == score)
      #expect(written != next)
    }
  }
}
