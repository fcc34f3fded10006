import Foundation
import TestSupport
import Testing

@Suite struct BenchCommandTests {
  private let folder = TemporaryFolder()

  private func bench(_ arguments: String..., input: String = "") throws -> CommandRun {
    try CommandRun.suo(["bench", "--index", CommandRun.notesIndex] + arguments, input: Array(input.utf8))
  }

  private func queries(_ text: String) throws -> String {
    let path = folder.path(of: "queries.tsv")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// How many passages match, as the search says.
  private func total(_ query: String) throws -> Int? {
    try CommandRun.search(query, "--json").json()["total"]?["value"]?.integer
  }

  @Test func aLineForEachQuery() throws {
    let path = try queries("intersection\t+sleep +memory\nphrase\t\"杏仁核\"\n")
    let run = try bench("--queries", path, "--command", "COUNT", "--repeat", "2")
    #expect(run.status == 0)
    let rows = run.lines.map { $0.split(separator: "\t") }
    try #require(rows.count == 2 && rows.allSatisfy { $0.count == 3 })
    #expect(rows.map { $0[0] } == ["intersection", "phrase"])
    #expect(rows.allSatisfy { (Double($0[1]) ?? 0) > 0 })
    #expect(try Int(rows[0][2]) == total("+sleep +memory"))
    #expect(try Int(rows[1][2]) == total("\"杏仁核\""))
  }

  @Test func tasksCountHitsOrMatches() throws {
    let path = try queries("t\tbrain\n")
    let matches = try #require(try total("brain"))
    try #require(matches > 10)
    func count(_ task: String) throws -> String? {
      let fields = try bench("--queries", path, "--command", task, "--repeat", "1").lines.first?.split(separator: "\t")
      return fields?.last.map(String.init)
    }
    #expect(try count("TOP_10") == "10")
    #expect(try count("TOP_100") == String(min(100, matches)))
    #expect(try count("TOP_100_COUNT") == String(matches))
    #expect(try count("TOP_1000") == String(min(1000, matches)))
    #expect(try count("COUNT") == String(matches))
    #expect(try bench("--queries", path, "--command", "TOP_7").status == 64)
  }

  @Test func summaryHasARowForEachTag() throws {
    let run = try bench("--queries", try queries("a\tsleep\na\tmemory\nb\t睡眠\n"), "--summary", "--repeat", "1")
    #expect(
      run.lines.map { $0.split(separator: " ").prefix(2) } == [
        ["tag", "queries"], ["a", "2"], ["b", "1"], ["all", "3"],
      ])
  }

  @Test func lineProtocol() throws {
    let run = try bench(
      "--stdin", input: "COUNT\tsleep\nTOP_10\tsleep\nTOP_100_COUNT\tsleep\nFETCH\tsleep\nno tab\nCOUNT\t\"open\n")
    #expect(run.status == 0)
    let matches = try #require(try total("sleep"))
    #expect(
      run.lines == [
        "\(matches)", "\(min(10, matches))", "\(matches)", "UNSUPPORTED", "UNSUPPORTED", "UNSUPPORTED",
      ])
  }

  @Test func parametersOfTheRanking() throws {
    #expect(try bench("--stdin", "--k1", "0.9", "--b", "0.4", input: "TOP_10\tbrain\n").lines == ["10"])
    #expect(try bench("--stdin", "--b", "2").status == 64)
    #expect(try bench("--stdin", "--k1", "-1").status == 64)
  }

  @Test func malformedQueriesNameTheirLine() throws {
    let run = try bench("--queries", try queries("a\tfine\na\t\"open\n"))
    #expect(run.status == 2)
    #expect(run.messages.contains("queries.tsv:2: query, column 1: "))
    #expect(try bench("--queries", try queries("no tab")).status == 2)
    #expect(try bench().status == 64)
  }
}
