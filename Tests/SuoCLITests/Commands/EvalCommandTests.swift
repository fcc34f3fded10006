import Foundation
import JSONText
import TestSupport
import Testing

@testable import SuoCLI

@Suite struct EvalCommandTests {
  private let folder = TemporaryFolder()

  private func eval(_ arguments: String..., input: String = "") throws -> CommandRun {
    try CommandRun.suo(["eval"] + arguments, input: Array(input.utf8))
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let path = folder.path(of: name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func words(_ line: Substring) -> [String] { line.split(separator: " ").map(String.init) }

  @Test func tableOfRuns() throws {
    let qrels = try file("qrels", "a 0 x 1\nb 0 y 2\nb 0 z 1\n")
    let run = try eval(qrels, try file("one", "a Q0 x 1 1 t\nb Q0 z 1 2 t\nb Q0 y 2 1 t\n"))
    #expect(run.status == 0)
    #expect(run.messages.isEmpty)
    try #require(run.lines.count == 2)
    #expect(
      words(run.lines[0]).joined(separator: " ") == "run topics nDCG@10 nDCG@20 MAP MRR@10 P@5 P@10 R@10 R@100 R@1000")
    // nDCG of b: (1 + 2 / log2(3)) / (2 + 1 / log2(3)) = 0.8597.
    #expect(
      words(run.lines[1]).dropFirst() == [
        "2", "0.9299", "0.9299", "1.0000", "1.0000", "0.3000", "0.1500", "1.0000", "1.0000", "1.0000",
      ])
  }

  @Test func valuesOfEachTopic() throws {
    let qrels = try file("qrels", "b 0 y 1\na 0 x 1\n")
    let run = try eval(qrels, "-", "-q", input: "a Q0 x 1 1 t\n")
    #expect(run.messages.contains("standard input: 1 of 2 judged topics without a result, counted as 0"))
    try #require(run.lines.count == 4)
    #expect(run.lines[1].contains(" b ") && run.lines[1].hasSuffix("0.0000"))
    #expect(run.lines[2].contains(" a ") && run.lines[2].hasSuffix("1.0000"))
    #expect(run.lines[3].contains(" all ") && run.lines[3].hasSuffix("0.5000"))
  }

  @Test func comparisonWithTheFirstRun() throws {
    var qrels = ""
    var good = ""
    var bad = ""
    for topic in 1...5 {
      qrels += "t\(topic) 0 x 1\n"
      good += "t\(topic) Q0 x 1 2 t\nt\(topic) Q0 y 2 1 t\n"
      bad += "t\(topic) Q0 x 1 1 t\nt\(topic) Q0 y 2 2 t\n"
    }
    let paths = try (file("qrels", qrels), file("bad", bad), file("good", good))
    let run = try eval(paths.0, paths.1, paths.2, "--measure", "MRR@10", "--measure", "p@1", "--measure", "rr@10")
    #expect(run.status == 0)
    let rows = run.lines.suffix(3).map(words)
    #expect(rows[0] == ["measure", "first", "second", "difference", "p", "wins", "ties", "losses"])
    #expect(rows[1] == ["MRR@10", paths.1, paths.2, "+0.5000", "0.0625", "5", "0", "0"])
    #expect(rows[2] == ["P@1", paths.1, paths.2, "+1.0000", "0.0625", "5", "0", "0"])
    let value = try eval(paths.0, paths.2, paths.1, "--json").json()
    let comparison = try #require(value["comparisons"]?.array?.first)
    #expect(comparison["measure"] == "nDCG@10")
    #expect(comparison["first"]?.string == paths.2)
    #expect(comparison["p"] == 0.0625)
    #expect(comparison["exact"] == true)
    #expect(comparison["losses"] == 5)
    #expect(comparison["first_mean"] == 1)
  }

  @Test func oneStepIsTheSameAsTwo() throws {
    let search = try CommandRun.search("--topics", "seeds/topics.tsv")
    let qrels = "seeds/qrels.txt"
    let two = try eval(qrels, file("seeds.run", search.output), "-q", "--json").json()
    let one = try eval(
      "--index", CommandRun.notesIndex, "--topics", "seeds/topics.tsv", "--qrels", qrels, "-q", "--json"
    ).json()
    let first = try #require(one["runs"]?.array?.first)
    let second = try #require(two["runs"]?.array?.first)
    for member in ["topics", "missing_topics", "unjudged_topics", "measures", "queries"] {
      #expect(first[member] == second[member], "\(member)")
    }
    #expect(first["run"]?.string == CommandRun.notesIndex)
    #expect(first["queries"]?.array?.count == 60)
    // A guard, not a measure: something broke where the sample notes are not found by their topics.
    #expect(try #require(first["measures"]?["nDCG@10"]?.number) > 0.9)
  }

  @Test func parametersOfTheSearch() throws {
    func score(_ arguments: String...) throws -> Double? {
      let run = try CommandRun.suo(
        ["eval", "--index", CommandRun.notesIndex, "--topics", "seeds/topics.tsv", "--json", "seeds/qrels.txt"]
          + arguments)
      return try run.json()["runs"]?.array?.first?["measures"]?["nDCG@10"]?.number
    }
    #expect(try score() == score("--k1", "1.2", "--b", "0.75"))
    #expect(try score() != score("--k1", "0", "--b", "0"))
  }

  @Test func unjudgedTopicsAreLeftOut() throws {
    let qrels = try file("qrels", "query-id\tcorpus-id\tscore\na\tx\t1\n")
    let run = try eval(qrels, file("run", "a Q0 x 1 1 t\nb Q0 x 1 1 t\n"))
    #expect(run.status == 0)
    #expect(run.messages.contains("1 topic without a judgement, left out"))
    #expect(words(run.lines[1])[1...3] == ["1", "1.0000", "1.0000"])
  }

  @Test func mistakesInFilesNameTheLine() throws {
    let qrels = try file("qrels", "a 0 x 1\n")
    let results = try file("run", "a Q0 x 1 1 t\n")
    let malformed = try file("malformed", "a Q0 x 1 1 t\na Q0 y 1\n")
    let run = try eval(qrels, malformed)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.messages.contains("\(malformed):2: expected six words"))
    #expect(try eval(malformed, results).messages.contains("malformed:1: expected four words"))
    #expect(try eval(folder.path(of: "none"), results).status == 2)
    let other = try eval(qrels, file("other", "z Q0 x 1 1 t\n"))
    #expect(other.status == 2)
    #expect(other.messages.contains("none of its topics is judged"))
  }

  @Test func misuseOfTheCommandLine() throws {
    #expect(try eval().status == 64)
    #expect(try eval("seeds/qrels.txt").status == 64)
    #expect(try eval("seeds/qrels.txt", "a", "--k1", "1").status == 64)
    #expect(try eval("seeds/qrels.txt", "a", "--plain").status == 64)
    #expect(try eval("seeds/qrels.txt", "a", "--index", "b").status == 64)
    #expect(try eval("seeds/qrels.txt", "a", "--measure", "MAP").status == 64)
    #expect(try eval("seeds/qrels.txt", "a", "b", "--measure", "F1").status == 64)
    #expect(try eval("-", "-").status == 64)
    #expect(try eval("seeds/qrels.txt", "--topics", "seeds/topics.tsv", "--b", "2").status == 64)
  }

  @Test func fourDigitsOfTheExactValue() {
    // 1/32 lies in the middle and goes to the even digit; 0.00625 is a little more than its digits say, 0.00015 less.
    #expect(EvaluationReport.fixed(0.03125) == "0.0312")
    #expect(EvaluationReport.fixed(0.09375) == "0.0938")
    #expect(EvaluationReport.fixed(0.00625) == "0.0063")
    #expect(EvaluationReport.fixed(0.00015) == "0.0001")
    #expect(EvaluationReport.fixed(-0.5) == "-0.5000")
  }
}
