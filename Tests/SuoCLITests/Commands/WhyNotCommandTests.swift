import JSONText
import TestSupport
import Testing

@Suite struct WhyNotCommandTests {
  private func whyNot(_ arguments: String...) throws -> CommandRun {
    try CommandRun.suo(["why-not", "--index", CommandRun.notesIndex] + arguments)
  }

  @Test func aDocumentThatIsMissed() throws {
    let run = try whyNot("ketamine-and-depression.md", "\"ketamine depression\" -氯胺酮 tags:sleep")
    #expect(run.status == 1)
    #expect(run.messages.isEmpty)
    #expect(run.lines.contains("not found"))
    #expect(run.output.contains("stand in different passages: Ketamine (passage 0, byte 46)"))
    #expect(run.output.contains("氯胺酮   prohibited: excludes passages "))
    #expect(run.output.contains("tags is another here: brain, depression, ketamine"))
  }

  @Test func aDocumentThatIsFoundStandsBesideTheOneBefore() throws {
    let search = try CommandRun.search("sleep memory", "--group", "-k", "2", "--json").json()
    let second = try #require(search["hits"]?.array?.last)
    let run = try whyNot(try #require(second["path"]?.string), "sleep memory", "--json")
    #expect(run.status == 0)
    let json = try run.json()
    #expect(json["found"]?.bool == true)
    let standing = try #require(json["standing"])
    #expect(standing["document_rank"]?.integer == 2)
    #expect(standing["place"]?["explanation"]?["value"] == second["score"])
    #expect(standing["before"]?["id"] == search["hits"]?.array?.first?["id"])
    let shown = try whyNot(try #require(second["id"]?.string), "sleep memory")
    #expect(shown.output.contains("found: rank "))
    #expect(shown.output.contains("what differs most"))
  }

  @Test func membersForPrograms() throws {
    let json = try whyNot("fear-extinction.txt", "焦虑 \"恐惧消退了\"", "--json").json()
    #expect(json["document"]?["id"]?.string == "fear-extinction.txt")
    #expect(json["document"]?["passages"]?.array?.first?["lang"]?.string == "zh")
    #expect(json["found"]?.bool == false)
    #expect(json["standing"] == .null)
    let parts = try #require(json["clause"]?["parts"]?.array)
    #expect(parts.map { $0["demand"]?.string } == ["optional", "optional"])
    #expect(parts[0]["terms"]?.array?.first?["documents_with_term"]?.integer ?? 0 > 0)
    let cause = try #require(parts[1]["causes"]?.array?.first)
    #expect(cause["cause"]?.string == "other_order")
    #expect(cause["evidence"]?.array?.first?["text"]?.string == "消退了的恐惧")
  }

  @Test func mistakesAreNamed() throws {
    let unknown = try whyNot("fear-extinct", "恐惧")
    #expect(unknown.status == 2)
    #expect(unknown.messages.contains("there is fear-extinction.txt"))
    #expect(unknown.output.isEmpty)
    #expect(try whyNot("fear-extinction.txt", "\"恐惧").status == 64)
    #expect(try whyNot("fear-extinction.txt", " ").status == 64)
    #expect(try whyNot("fear-extinction.txt").status == 64)
    #expect(try whyNot("fear-extinction.txt", "colour:red").status == 64)
  }
}
