import Foundation
import JSONText
import TestSupport
import Testing

@Suite struct ExchangeCommandTests {
  private let folder = TemporaryFolder()

  private func suo(_ arguments: String...) throws -> CommandRun { try CommandRun.suo(arguments) }

  /// An index of the sample notes by this analyzer, its export, and what is imported from it.
  private func roundTrip(_ analyzer: String) throws -> (source: String, file: String, imported: String) {
    let (source, imported) = (folder.path(of: "source"), folder.path(of: "imported"))
    let file = folder.path(of: "notes.ciff")
    try #require(
      suo("index", "seeds/notes", "--index", source, "--analyzer", analyzer, "--quiet").status == 0)
    let exported = try suo("export", "ciff", file, "--index", source)
    try #require(exported.status == 0, "\(exported.messages)")
    #expect(exported.lines.first?.hasPrefix("exported ") == true)
    let run = try suo("import", "ciff", file, "--index", imported, "--analyzer", analyzer)
    try #require(run.status == 0, "\(run.messages)")
    #expect(run.lines.first?.hasPrefix("imported ") == true && run.lines.count == 2)
    return (source, file, imported)
  }

  @Test(arguments: ["bilingual", "standard"])
  func theImportedIndexIsSoundAndFindsTheSame(analyzer: String) throws {
    let (source, file, imported) = try roundTrip(analyzer)
    #expect(try suo("check", "--deep", "--index", imported).status == 0)
    for query in ["sleep memory", "杏仁核 fear", "+sleep brain"] {
      func hits(_ index: String) throws -> [String] {
        // What a list of postings does not tell, such as latent vectors, is not exchanged.
        let answer = try suo("search", query, "--index", index, "--plain", "--json", "-k", "50")
        let hits = try answer.json()["hits"]?.array ?? []
        return hits.compactMap { hit -> String? in
          guard let id = hit["id"]?.string, let passage = hit["passage"]?.integer, let score = hit["score"] else {
            return nil
          }
          return (index == source ? "\(id)#\(passage)" : id) + " \(score.encoded())"
        }
      }
      let expected = try hits(source)
      #expect(try hits(imported) == expected && !expected.isEmpty, "\(query)")
    }
    let again = folder.path(of: "again.ciff")
    #expect(try suo("export", "ciff", again, "--index", imported).status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: again)) == Data(contentsOf: URL(fileURLWithPath: file)))
  }

  @Test func phrasesAreRefusedWithoutPositions() throws {
    let (source, _, imported) = try roundTrip("bilingual")
    let refused = [
      "\"working memory\"", "\"杏仁核\"", "sleep -\"working memory\"", "+杏仁核", "(brain OR \"fear\")", "slee*",
    ]
    for query in refused {
      let run = try suo("search", query, "--index", imported)
      #expect(run.status == 64 && run.output.isEmpty, "\(query)")
      #expect(run.messages.contains("this index keeps no positions"), "\(query): \(run.messages)")
      #expect(try suo("search", query, "--index", source).status == 0, "\(query)")
    }
    for query in ["\"焦\"", "+sleep", "+memory -sleep", "(sleep OR 记忆)"] {
      #expect(try suo("search", query, "--index", imported).status == 0, "\(query)")
    }
    let answers = try CommandRun.suo(
      ["bench", "--stdin", "--index", imported], input: Array("COUNT\t\"working memory\"\nCOUNT\tsleep\n".utf8))
    #expect(answers.lines.count == 2 && answers.lines[0] == "UNSUPPORTED" && (Int(answers.lines[1]) ?? 0) > 0)
  }

  @Test func wordsInQuotesAndPrefixesAreTermsOfPlainAnalyzers() throws {
    let (_, _, imported) = try roundTrip("standard")
    for query in ["\"sleep\"", "slee*", "+sleep"] {
      #expect(try suo("search", query, "--index", imported).status == 0, "\(query)")
    }
    #expect(try suo("search", "\"the brain\"", "--index", imported).status == 64)
  }

  @Test func summariesInJSON() throws {
    let (source, file, imported) = try roundTrip("english")
    let exported = try suo("export", "ciff", file, "--index", source, "--json", "--description", "the notes").json()
    #expect(exported["file"]?.string == file)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file)).count
    #expect(exported["bytes"]?.integer == bytes)
    let summary = try suo("import", "ciff", file, "--index", imported, "--analyzer", "english", "--json").json()
    for member in ["documents", "terms", "postings"] {
      #expect(summary[member]?.integer == exported[member]?.integer && exported[member]?.integer ?? 0 > 0, "\(member)")
    }
    #expect(summary["collection_documents"]?.integer == summary["documents"]?.integer)
    #expect(summary["description"]?.string == "the notes")
  }

  @Test func kindsAreChosenByName() throws {
    let file = folder.path(of: "stems.ciff")
    let run = try suo("export", "ciff", file, "--index", CommandRun.notesIndex, "--kinds", "stem,gram", "--json")
    let both = try #require(try run.json()["terms"]?.integer)
    let one = try suo("export", "ciff", file, "--index", CommandRun.notesIndex, "--kinds", "stem", "--json").json()
    #expect(try #require(one["terms"]?.integer) < both)
    let wrong = try suo("export", "ciff", file, "--index", CommandRun.notesIndex, "--kinds", "stems")
    #expect(wrong.status == 64 && wrong.messages.contains("character, compound, exact, gram, stem, not 'stems'"))
  }

  @Test func filesThatAreNoneAreNamedAndTheIndexStays() throws {
    let (_, file, imported) = try roundTrip("standard")
    let before = try suo("stats", "--index", imported, "--json").output
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    let damaged = folder.path(of: "damaged.ciff")
    try bytes.dropLast(5).write(to: URL(fileURLWithPath: damaged))
    let run = try suo("import", "ciff", damaged, "--index", imported, "--analyzer", "standard")
    #expect(run.status == 2 && run.messages.contains("damaged.ciff: byte ") && run.messages.contains("cut short"))
    #expect(try suo("import", "ciff", folder.path(of: "none.ciff"), "--index", imported).status == 2)
    #expect(try suo("import", "ciff", "seeds/topics.tsv", "--index", imported).status == 2)
    #expect(try suo("import", "ciff", file, "--index", imported, "--analyzer", "nonsense").status == 64)
    #expect(try suo("stats", "--index", imported, "--json").output == before)
  }
}
