import Suo

// The examples of docs/library.md, and the one of README.md, as code that compiles; `LibraryGuideTests` compares them
// with the documents and runs them.

func indexAndSearch(folder: String, notes: String) throws {
  let writer = try IndexWriter(at: folder)
  try writer.add(paths: [notes])
  _ = try writer.commit()

  let index = try Index(at: folder)
  for hit in try index.search("睡眠 memory").hits {
    print(hit.rank, hit.title, hit.path, hit.line)
  }
}

func documentsOfYourOwn(folder: String) throws {
  let writer = try IndexWriter(at: folder)
  let text = "杏仁核是恐惧学习的枢纽。"
  try writer.add(
    Document(
      id: "message-1", path: "inbox", title: "恐惧", titleIsSeparate: true,
      fields: [Field(name: "sender", value: .keyword("Li Wei"))],
      passages: [Passage(text: text, range: 0..<text.utf8.count, line: 1, language: .chinese)]))
  let summary = try writer.commit()
  print(summary.documents, summary.passages, summary.terms)
}

func sourceOptions(folder: String, notes: String) throws {
  var sources = SourceOptions()
  sources.format = .markdown
  sources.longestPassage = 300
  let options = IndexOptions(storesTexts: true, threads: 2)
  let writer = try IndexWriter(at: folder, options: options) { progress in
    for problem in progress.problems { print("left out:", problem) }
  }
  try writer.add(paths: [notes], sources: sources)
  _ = try writer.commit()
}

func searchOptions(index: Index) throws {
  var options = SearchOptions()
  options.limit = 20
  options.language = .english
  options.groupsByDocument = true
  options.explains = true
  let results = try index.search("\"working memory\" -draft:true", options: options)
  print(results.total.value, "passages match")
  for hit in results.hits {
    print(hit.score, hit.id, hit.others.count, hit.explanation?.description ?? "")
  }
}

func queries(index: Index) throws {
  let parsed = try Query("+睡眠 -\"light sleep\" tags:brain")
  let words = Query(words: "What is (working) memory?")
  print(try index.search(parsed).hits.count, try index.search(words).hits.count)
}

func highlights(index: Index) throws {
  for hit in try index.search("杏仁核").hits {
    guard let text = hit.text else { continue }
    let bytes = Array(text.utf8)
    for range in hit.highlights {
      print(String(decoding: bytes[range], as: UTF8.self))
    }
  }
}

func errors(index: Index) {
  do {
    _ = try index.search("\"not closed")
  } catch .invalidQuery(let column?, let reason) {
    print("column \(column): \(reason)")
  } catch {
    print(error)
  }
}

func threads(index: Index) async throws {
  try await withThrowingTaskGroup(of: Int.self) { group in
    for query in ["记忆", "sleep", "杏仁核"] {
      group.addTask { try index.search(query).total.value }
    }
    for try await total in group { print(total) }
  }
}

func readme() throws {
  let writer = try IndexWriter(at: "notes.index")
  try writer.add(paths: ["notes"])
  _ = try writer.commit()

  for hit in try Index(at: "notes.index").search("杏仁核 fear").hits { print(hit.path, hit.line, hit.title) }
}
