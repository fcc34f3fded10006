import Foundation
import TestSupport
import Testing

@Suite struct SearchCommandTests {
  @Test(arguments: [("杏仁核", "fear-extinction.txt"), ("ketamine depression", "ketamine-and-depression.md")])
  func hitsInBothLanguages(query: String, document: String) throws {
    let run = try CommandRun.search(query)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("1. "))
    #expect(run.output.contains(document + ":"))
    #expect(run.messages.isEmpty)
  }

  @Test func headIsOneLineAndMatchesAreMarked() throws {
    let run = try CommandRun.search("caffeine", "-k", "1")
    let head = try #require(run.lines.first)
    #expect(head.wholeMatch(of: /1\. .+ › .+   seeds\/notes\/.+:\d+  \((zh|en), \d+\.\d\d\)/) != nil, "\(head)")
    #expect(run.output.contains("«"))
    #expect(!run.output.contains("\u{1B}"))
  }

  @Test func noHits() throws {
    let run = try CommandRun.search("qqqzzzxxx")
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.messages == "suo: no passage matches\n")
  }

  @Test func severalArgumentsAreOneQuery() throws {
    let apart = try CommandRun.search("睡眠", "memory", "--json").json()
    #expect(apart["query"]?.string == "睡眠 memory")
    #expect(try apart["hits"] == CommandRun.search("睡眠 memory", "--json").json()["hits"])
  }

  @Test func languageLimitsHits() throws {
    for (code, query) in [("zh", "GABA"), ("en", "GABA")] {
      let hits = try #require(try CommandRun.search(query, "--lang", code, "--json").json()["hits"]?.array)
      #expect(!hits.isEmpty)
      #expect(hits.allSatisfy { $0["lang"]?.string == code })
    }
    #expect(try CommandRun.search("GABA", "--lang", "xx").status == 64)
  }

  @Test func limitIsKept() throws {
    let json = try CommandRun.search("brain", "-k", "3", "--json").json()
    #expect(json["hits"]?.array?.count == 3)
    #expect(try #require(json["total"]?["value"]?.integer) > 3)
    #expect(try CommandRun.search("brain", "-k", "0").status == 64)
  }

  @Test func malformedQueryPointsAtItsColumn() throws {
    let run = try CommandRun.search("杏仁核 \"恐惧")
    #expect(run.status == 64)
    let lines = run.messages.split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[0].hasPrefix("suo: query, column 5: "))
    #expect(lines[1] == "  杏仁核 \"恐惧")
    // Three characters of two columns and a blank stand before the quotation mark.
    #expect(lines[2] == "  " + String(repeating: " ", count: 7) + "^")
    #expect(run.output.isEmpty)
  }

  @Test func unknownFieldListsThoseThatThereAre() throws {
    let run = try CommandRun.search("colour:red")
    #expect(run.status == 64)
    #expect(run.messages.contains("`colour`"))
    #expect(run.messages.contains("tags"))
  }

  @Test func missingIndexSaysHowToMakeOne() throws {
    let folder = TemporaryFolder()
    let run = try CommandRun.suo(["search", "x", "--index", folder.path(of: "none")])
    #expect(run.status == 2)
    #expect(run.messages.contains("suo index PATH --index \(folder.path(of: "none"))"))
  }

  @Test func formulaParametersChangeScores() throws {
    let usual = try CommandRun.search("brain", "--json").json()
    let flat = try CommandRun.search("brain", "--json", "--k1", "0", "--b", "0").json()
    #expect(usual["hits"]?.array?.first?["score"] != flat["hits"]?.array?.first?["score"])
    for arguments in [["--k1", "-1"], ["--k1", "nan"], ["--b", "1.5"], ["--b", "x"]] {
      #expect(try CommandRun.suo(["search", "brain", "--index", CommandRun.notesIndex] + arguments).status == 64)
    }
  }

  @Test func scoresLikeThoseOfOtherSystems() throws {
    func scores(_ arguments: String...) throws -> [Double] {
      let run = try CommandRun.suo(["search", "brain sleep", "--index", CommandRun.notesIndex, "--json"] + arguments)
      #expect(run.status == 0, "\(run.messages)")
      return try #require(try run.json()["hits"]?.array).compactMap { $0["score"]?.number }
    }
    let plain = try scores("--like", "lucene", "--lengths", "exact")
    #expect(try scores("--plain") == plain)
    #expect(try scores() != plain)
    #expect(try scores("--like", "anserini") == scores("--like", "lucene", "--k1", "0.9", "--b", "0.4"))
    for (tantivy, lucene) in try zip(scores("--like", "tantivy"), scores("--like", "lucene")) {
      #expect(abs(tantivy - 2.2 * lucene) < 1e-4)
    }
    for system in ["pisa", "fts5", "bm25l", "bm25+", "atire"] { #expect(try scores("--like", system) != plain) }
    let unknown = try CommandRun.search("brain", "--like", "xapian")
    #expect(unknown.status == 64)
    #expect(unknown.messages.contains("bm25+"))
  }

  @Test func plainlyRepeatedWordsCountTwice() throws {
    func best(_ arguments: String...) throws -> Double {
      let arguments = ["search", "--index", CommandRun.notesIndex, "--json"] + arguments
      return try #require(CommandRun.suo(arguments).json()["hits"]?.array?.first?["score"]?.number)
    }
    let once = try best("ketamine")
    #expect(try best("ketamine ketamine") == once)
    let plain = try best("ketamine", "--plain")
    #expect(abs(try best("ketamine ketamine", "--plain") - 2 * plain) < 1e-4)
  }

  @Test func evidenceIsAPartOfTheReranking() throws {
    let explained = try CommandRun.search("working memory", "--explain", "--proximity", "0.3", "--coverage", "0.1")
    #expect(explained.status == 0)
    #expect(explained.output.contains("proximity: S · 0.3") && explained.output.contains("coverage: S · 0.1"))
    let usual = try CommandRun.search("working memory", "--json").json()["hits"]
    #expect(try CommandRun.search("working memory", "--json", "--proximity", "0").json()["hits"] == usual)
    #expect(try CommandRun.search("working memory", "--json", "--proximity", "0.3").json()["hits"] != usual)
    for rest in [["--plain"], ["--like", "lucene"]] {
      let run = try CommandRun.suo(["search", "working memory", "--coverage", "0.1"] + rest)
      #expect(run.status == 64 && run.messages.contains("--proximity and --coverage are parts of the reranking"))
    }
    for number in ["-1", "nan", "inf", "x"] {
      #expect(try CommandRun.search("dopamine", "--proximity=\(number)").status == 64, "\(number)")
    }
    #expect(try CommandRun.suo(["bench", "--stdin", "--proximity", "0.3"]).status == 64)
    #expect(try CommandRun.suo(["eval", "--proximity", "0.3", "qrels", "run"]).status == 64)
    #expect(try CommandRun.suo(["why-not", "d", "q", "--like", "lucene", "--proximity", "0.3"]).status == 64)
  }

  @Test func headingsCountBelowThem() throws {
    let folder = TemporaryFolder()
    let (index, source) = (folder.path(of: "index"), folder.path(of: "note.md"))
    let text = "# Sleep\n\nIt is a state of rest.\n\n## Naps\n\nShort ones help to remember.\n"
    try text.write(toFile: source, atomically: true, encoding: .utf8)
    func build(_ weight: String) throws -> Int32 {
      let run = try CommandRun.suo([
        "index", source, "--index", index, "--quiet", "--shortest-passage", "0", "--heading-weight", weight,
      ])
      return run.status
    }
    func found(_ query: String) throws -> Int {
      try CommandRun.suo(["search", query, "--index", index, "--json"]).json()["hits"]?.array?.count ?? 0
    }
    #expect(try build("0") == 0 && found("sleep") == 1)
    #expect(try build("2") == 0 && found("sleep") == 2 && found("\"sleep\"") == 1)
    let stats = try CommandRun.suo(["stats", "--index", index])
    #expect(stats.output.contains("count 2 times in every passage below them"))
    #expect(try CommandRun.suo(["stats", "--index", index, "--json"]).json()["heading_weight"]?.integer == 2)
    let check = try CommandRun.suo(["check", "--deep", "--index", index])
    #expect(check.status == 0 && check.output.contains("headings count 2 times in every passage below them"))
    #expect(try CommandRun.suo(["check", "--index", index, "--json"]).json()["heading_weight"]?.integer == 2)
    #expect(try build("101") == 64 && build("-1") == 64 && found("sleep") == 2)
  }

  @Test func abbreviationsAreFoundByBothForms() throws {
    let folder = TemporaryFolder()
    let index = folder.path(of: "index")
    let source = folder.path(of: "notes.jsonl")
    let records = ["The heart rate (HR) rises.", "A low HR in sleep.", "Heart and rate differ."].enumerated().map {
      "{\"_id\": \"\($0.offset)\", \"text\": \"\($0.element)\"}\n"
    }
    try records.joined().write(toFile: source, atomically: true, encoding: .utf8)
    #expect(try CommandRun.suo(["index", source, "--index", index, "--quiet"]).status == 0)
    func found(_ arguments: String...) throws -> [String] {
      let run = try CommandRun.suo(["search", "--index", index, "--json"] + arguments)
      return try #require(try run.json()["hits"]?.array).compactMap { $0["id"]?.string }.sorted()
    }
    #expect(try found("HR") == ["0", "1", "2"] && found("heart rate") == ["0", "1", "2"])
    #expect(try found("HR", "--no-abbreviations") == ["0", "1"] && found("HR", "--like", "lucene") == ["0", "1"])
    #expect(try found("HR", "--plain") == ["0", "1"])
    #expect(try found("HR", "--like", "lucene", "--abbreviations") == ["0", "1", "2"])
    #expect(try found("heart rate", "--no-abbreviations") == ["0", "2"])
    let explained = try CommandRun.suo(["search", "HR", "--index", index, "--explain"]).output
    #expect(explained.contains("stem heart by the abbreviation hr of heart rate"))
    let terms = try CommandRun.suo(["inspect", "terms", "--index", index, "--term", "abbreviation:hr=heart rate"])
    #expect(terms.output.contains("abbreviation:hr=heart rate"))
    #expect(try CommandRun.suo(["check", "--index", index, "--deep"]).status == 0)
  }

  @Test func explanationsSumUpToTheScore() throws {
    let json = try CommandRun.search("ketamine depression", "--explain", "--json").json()
    for hit in try #require(json["hits"]?.array) {
      let score = try #require(hit["score"]?.number)
      let parts = try #require(hit["explanation"]?["details"]?.array)
      let words = parts.dropLast(2)
      #expect(words.count > 0)
      #expect(
        words.allSatisfy {
          $0["numbers"]?["weight"]?.number != nil && $0["match"]?["query"]?.array?.isEmpty == false
            && $0["match"]?["channel"]?.string == "stem" && $0["match"]?["folded"]?.bool != nil
        })
      let likeness = parts.suffix(2).compactMap { $0["description"]?.string?.prefix { $0 != ":" } }
      #expect(likeness == ["latent", "feedback"])
      #expect(abs(score - parts.reduce(0) { $0 + ($1["value"]?.number ?? 0) }) < 1e-4)
    }
    let shown = try CommandRun.search("ketamine", "--explain", "-k", "1")
    #expect(shown.output.contains("k1 = 1.2"))
  }

  @Test func groupedByDocument() throws {
    let json = try CommandRun.search("memory", "--group", "--json").json()
    let hits = try #require(json["hits"]?.array)
    #expect(Set(hits.compactMap { $0["id"]?.string }).count == hits.count)
    let others = hits.flatMap { hit in (hit["others"]?.array ?? []).map { (hit["id"], $0["id"]) } }
    #expect(!others.isEmpty)
    #expect(others.allSatisfy { $0.0 == $0.1 })
    #expect(try CommandRun.search("memory", "--group").output.contains("   + "))
  }

  @Test func emptyQueriesAreUsageErrors() throws {
    #expect(try CommandRun.search().status == 64)
    #expect(try CommandRun.search("  ").status == 64)
    #expect(try CommandRun.search("x", "--trec", "tag").status == 64)
    #expect(try CommandRun.search("x", "--topics", "seeds/topics.tsv").status == 64)
  }

  @Test func aQueryMayBeginWithADashBehindTwo() throws {
    let json = try CommandRun.search("--json", "--", "-status:seedling sleep").json()
    let hits = try #require(json["hits"]?.array)
    #expect(!hits.isEmpty)
    #expect(hits.allSatisfy { $0["fields"]?["status"]?.string != "seedling" })
  }

  @Test func unknownCommandsAndOptionsAreCorrected() throws {
    let command = try CommandRun.suo(["serch", "x"])
    #expect(command.status == 64)
    #expect(command.messages.contains("did you mean 'search'?"))
    let option = try CommandRun.search("x", "--jsom")
    #expect(option.status == 64)
    #expect(option.messages.contains("--json"))
  }

  @Test func helpAndVersion() throws {
    for arguments in [["--help"], ["help", "search"], ["search", "--help"]] {
      let run = try CommandRun.suo(arguments)
      #expect(run.status == 0)
      #expect(run.output.contains("suo search"))
      #expect(run.messages.isEmpty)
    }
    #expect(try CommandRun.suo(["--version"]).output.wholeMatch(of: /suo \d+\.\d+\.\d+\n/) != nil)
  }
}
