import Foundation
import JSONText
import TestSupport
import Testing

/// The switch `--feedback` of the commands that rank.
@Suite struct FeedbackCommandTests {
  private let folder = TemporaryFolder()

  @Test func addedTermsAreToldInJSON() throws {
    let usual = try CommandRun.search("氯胺酮 depression", "--json").json()
    #expect(usual["added_terms"] == nil)
    let json = try CommandRun.search("氯胺酮 depression", "--json", "--feedback", "--explain").json()
    #expect(json.object?.map(\.key) == ["query", "took_ms", "total", "added_terms", "hits"])
    let added = try #require(json["added_terms"]?.array)
    #expect((1...40).contains(added.count))
    #expect(added.allSatisfy { $0.object?.map(\.key) == ["channel", "term", "weight", "share"] })
    let shares = added.compactMap { $0["share"]?.number }
    #expect(shares == shares.sorted(by: >))
    #expect(abs(shares.reduce(0, +) - 0.4) < 1e-5)
    // What was added is what scores.
    let hits = try #require(json["hits"]?.array)
    for hit in hits {
      for part in try #require(hit["explanation"]?["details"]?.array) {
        guard let weight = part["numbers"]?["feedback_weight"]?.number else { continue }
        let term = try #require(
          added.first { $0["term"] == part["match"]?["term"] && $0["channel"] == part["match"]?["channel"] })
        #expect(term["weight"]?.number == weight)
      }
    }
    #expect(hits != usual["hits"]?.array)
    // Quoted text is not plain words.
    #expect(try CommandRun.search("\"working memory\"", "--json", "--feedback").json()["added_terms"] == nil)
  }

  @Test func explanationsForPeopleListTheAddedTerms() throws {
    let run = try CommandRun.search("sleep memory", "--feedback", "--explain", "-k", "3")
    #expect(run.status == 0)
    let heading = try #require(run.lines.firstIndex { $0.hasPrefix("added by feedback") })
    #expect(run.lines[heading + 1].hasPrefix("   stem "))
    #expect(run.lines.contains { $0.contains(" by feedback: ") })
    #expect(try !CommandRun.search("sleep memory", "--explain").output.contains("added by feedback"))
  }

  @Test func experimentsGiveFeedbackToo() throws {
    let run = try CommandRun.search("--topics", "seeds/topics.tsv", "--feedback")
    #expect(run.status == 0)
    #expect(try run.output != CommandRun.search("--topics", "seeds/topics.tsv").output)
    func evaluate(_ arguments: String...) throws -> JSONValue? {
      let evaluation = try CommandRun.suo(
        [
          "eval", "--index", CommandRun.notesIndex, "--topics", "seeds/topics.tsv", "--qrels", "seeds/qrels.txt",
          "--json",
        ] + arguments)
      return try evaluation.json()["runs"]?.array?.first?["measures"]
    }
    let path = folder.path(of: "run")
    try Data(run.output.utf8).write(to: URL(fileURLWithPath: path))
    let measured = try CommandRun.suo(["eval", "seeds/qrels.txt", path, "--json"]).json()
    #expect(try evaluate("--feedback") == measured["runs"]?.array?.first?["measures"])
    #expect(try evaluate("--feedback") != evaluate())
    #expect(try CommandRun.suo(["eval", "seeds/qrels.txt", path, "--feedback"]).status == 64)
  }

  @Test func benchCountsThePassagesOfBothSearches() throws {
    func count(_ arguments: String...) throws -> Int? {
      let run = try CommandRun.suo(
        ["bench", "--index", CommandRun.notesIndex, "--stdin"] + arguments, input: Array("COUNT\tketamine\n".utf8))
      return run.lines.first.flatMap { Int($0) }
    }
    let (usual, expanded) = (try #require(try count()), try #require(try count("--feedback")))
    #expect(expanded > usual)
  }

  @Test func anIndexWithoutTextsIsRefused() throws {
    let index = folder.path(of: "index")
    #expect(try CommandRun.suo(["index", "seeds/notes", "--index", index, "--no-store", "--quiet"]).status == 0)
    for arguments in [["search", "sleep"], ["bench", "--stdin"], ["search", "--topics", "seeds/topics.tsv"]] {
      let run = try CommandRun.suo(arguments + ["--index", index, "--feedback"], input: Array("COUNT\tsleep\n".utf8))
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      #expect(run.messages.hasPrefix("suo: \(index): feedback learns from the texts of the best passages"))
    }
    #expect(try CommandRun.suo(["search", "sleep", "--index", index]).status == 0)
  }
}
