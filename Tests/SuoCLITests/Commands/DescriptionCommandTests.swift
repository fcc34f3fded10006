import Foundation
import TestSupport
import Testing

/// `stats`, `inspect`, `analyze` and `completions`.
@Suite struct DescriptionCommandTests {
  private func inspect(_ arguments: String...) throws -> CommandRun {
    try CommandRun.suo(["inspect", "--index", CommandRun.notesIndex] + arguments)
  }

  @Test func statistics() throws {
    let json = try CommandRun.suo(["stats", "--json", "--index", CommandRun.notesIndex]).json()
    #expect(json["documents"]?.integer == 29)
    let languages = try #require(json["languages"]?.object)
    #expect(languages.reduce(0) { $0 + ($1.value.integer ?? 0) } == json["passages"]?.integer)
    let sections = try #require(json["sections"]?.object)
    #expect(sections.count == 10)
    #expect(sections.reduce(0) { $0 + ($1.value.integer ?? 0) } < json["bytes"]?.integer ?? 0)
    #expect(json["analyzer"]?["name"]?.string == "bilingual")
    #expect(json["libraries"]?["icu"]?.string != nil)
    let tags = json["fields"]?.array?.first { $0["name"]?.string == "tags" }
    #expect(tags?["type"]?.string == "keyword")
    #expect(tags?["list"]?.bool == true)
    let shown = try CommandRun.suo(["stats", "--index", CommandRun.notesIndex]).output
    for word in ["documents", "analyzer", "icu", "postings", "tags"] { #expect(shown.contains(word)) }
  }

  @Test(arguments: [
    "texts", "passages", "documents", "fields", "lengths", "postings", "positions", "terms", "statistics",
    "latent",
  ])
  func everySectionCanBeRead(section: String) throws {
    let run = try inspect(section, "--limit", "3")
    #expect(run.status == 0)
    #expect(run.lines.count >= 2)
  }

  @Test func termsBeginWithThePrefix() throws {
    let run = try inspect("terms", "--prefix", "stem:depress")
    #expect(run.lines.count >= 2)
    #expect(run.lines.dropFirst().allSatisfy { $0.hasPrefix("stem:depress") })
    #expect(
      try inspect("terms", "--prefix", "field:tags=").lines.dropFirst().allSatisfy { $0.hasPrefix("field:tags=") })
  }

  @Test func postingsAreThoseThatTheTermCounts() throws {
    let term = try inspect("terms", "--term", "gram:焦虑").lines.dropFirst()
    let facts = try #require(term.first?.split(separator: " "))
    let frequency = try #require(Int(facts[1]))
    let postings = try inspect("postings", "--term", "gram:焦虑", "--limit", "1000").lines.dropFirst()
    #expect(postings.count == frequency)
    let positions = try inspect("positions", "--term", "gram:焦虑", "--limit", "1000").lines.dropFirst()
    #expect(positions.count == frequency)
    for (posting, place) in zip(postings, positions) {
      let posting = posting.split(separator: " ")
      let place = place.split(separator: " ")
      #expect(posting[1] == place[1])
      #expect(Int(posting[2]) == place.count - 2, "as many positions as occurrences")
    }
  }

  @Test func rowsCanBePassedOver() throws {
    let all = try inspect("documents", "--limit", "10").lines.dropFirst()
    let later = try inspect("documents", "--from", "4", "--limit", "2").lines.dropFirst()
    #expect(later.map { $0.split(separator: " ")[2] } == Array(all)[4..<6].map { $0.split(separator: " ")[2] })
    #expect(try inspect("documents", "--term", "x").status == 64)
    #expect(try inspect("nothing").status == 64)
  }

  @Test func analyzedText() throws {
    let json = try CommandRun.suo(["analyze", "--json", "杏仁核 Running"]).json()
    let tokens = try #require(json["tokens"]?.array)
    #expect(tokens.contains { $0["token"]?.string == "杏仁" && $0["kind"]?.string == "gram" && $0["end"]?.integer == 6 })
    #expect(tokens.contains { $0["token"]?.string == "run" && $0["source"]?.string == "Running" })
    let piped = try CommandRun.suo(["analyze", "--json"], input: Array("杏仁核 Running".utf8)).json()
    #expect(piped == json)
    #expect(try CommandRun.suo(["analyze"], input: [0xFF]).status == 2)
    #expect(try CommandRun.suo(["analyze", "x", "--analyzer", "none"]).status == 64)
  }

  @Test func analyzedTextLinesUp() throws {
    let lines = try CommandRun.suo(["analyze", "杏仁核 amygdala"]).lines
    let title = try #require(lines.first)
    let column = title.distance(from: title.startIndex, to: try #require(title.range(of: "kind")).lowerBound)
    for line in lines.dropFirst() {
      // The kinds begin in one column, which wide characters reach with half as many.
      let wide = line.prefix { !$0.isWhitespace }.count { $0 > "\u{2E80}" }
      let kind = line.dropFirst(column - wide).prefix { !$0.isWhitespace }
      #expect(["exact", "character", "gram", "stem", "compound"].contains(kind), "\(line)")
    }
  }

  @Test func completionScripts() throws {
    for shell in ["bash", "zsh", "fish"] {
      let run = try CommandRun.suo(["completions", shell])
      #expect(run.status == 0)
      #expect(run.output.contains("longest-passage"))
    }
    #expect(try CommandRun.suo(["completions", "tcsh"]).status == 64)
  }

  @Test func everyOptionIsDocumented() throws {
    let guide = try String(
      contentsOf: URL(fileURLWithPath: SharedData.packageFolder + "/docs/cli.md"), encoding: .utf8)
    for command in ["index", "search", "stats", "check", "analyze", "inspect", "bench", "eval", "completions"] {
      let start = try #require(guide.range(of: "\n## `suo \(command)"), "no part on \(command)")
      let rest = guide[start.upperBound...]
      let part = rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
      let help = try CommandRun.suo(["help", command]).output
      let options = help.split(separator: "\n").filter { $0.hasPrefix("  -") }.flatMap {
        $0.matches(of: /--[a-z0-9-]+/)
      }
      #expect(!options.isEmpty || command == "completions")
      for option in options.map(\.output) where !["--help", "--version", "--index"].contains(option) {
        #expect(part.contains(option), "`suo \(command)` has \(option)")
      }
    }
  }
}
