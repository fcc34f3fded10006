import ByteStorage
import IndexFormat
import Indexing
import JSONText
import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// An index is opened only with the analyzer that it was built with.
@Suite struct IndexReaderTests {
  @Test func anotherAnalyzerIsRefused() throws {
    let index = try BuiltIndex(["焦虑 and sleep"])
    let error = #expect(throws: IndexError.self) {
      try IndexReader(folder: index.folder.path, analyzer: .english)
    }
    guard case .analyzerDiffers(let folder, let differences) = error else {
      Issue.record("expected a difference of analyzers, found \(String(describing: error))")
      return
    }
    #expect(folder == index.folder.path)
    #expect(differences.contains("name: index bilingual, here english"))
    #expect(differences.contains { $0.hasPrefix("tokenizer: ") })
    #expect("\(IndexError.analyzerDiffers(folder: folder, differences: differences))".contains("suo index"))
  }

  @Test(arguments: ["icu", "unicode", "snowball", "rules"])
  func anotherVersionOfALibraryIsRefused(library: String) throws {
    let index = try BuiltIndex(["焦虑 and sleep"])
    let folder = StorageFolder(index.folder.path)
    var manifest = try Manifest(in: folder)
    var stamp = try AnalyzerStamp(manifest.analyzer)
    let place = try #require(stamp.libraries.firstIndex { $0.name == library })
    let current = stamp.libraries[place].version
    stamp.libraries[place].version = "0.1"
    manifest.analyzer = stamp.encoded
    try folder.replace(Manifest.fileName, with: manifest.encoded())
    #expect(
      throws: IndexError.analyzerDiffers(
        folder: index.folder.path, differences: ["\(library): index 0.1, here \(current)"])
    ) { try IndexReader(folder: index.folder.path) }
  }

  @Test func anIndexWithoutLibrariesOpensAnywhere() throws {
    let index = try BuiltIndex(["a b"], analyzer: .whitespace)
    #expect(try AnalyzerStamp(index.reader.manifest.analyzer).libraries.isEmpty)
  }

  @Test func aFolderWithoutAnIndexIsNamed() {
    let folder = TemporaryFolder()
    #expect(throws: IndexError.notAnIndex(folder: folder.path)) { try IndexReader(folder: folder.path) }
  }

  @Test func readersThatOpenWhileAWriterReplacesTheIndexSeeOneOfItsStates() async throws {
    let index = try BuiltIndex(["焦虑 one"])
    let path = index.folder.path
    let writer = Task.detached {
      for round in 0..<60 {
        let builder = try IndexBuilder(folder: path, options: IndexBuilder.Options())
        let texts = Array(repeating: "焦虑 state\(round % 7)", count: round % 7 + 1)
        let documents = texts.enumerated().map { number, text in
          Document(
            id: "\(number)", path: "-",
            passages: [Passage(text: text, range: 0..<1, line: 1, language: .chinese)])
        }
        try builder.submit { SourceBatch(documents: documents, byteCount: 0) }
        _ = try builder.finish()
      }
    }
    for _ in 0..<600 {
      let reader = try IndexReader(folder: path)
      let ranking = try Searcher(reader).search(.word("焦虑"), limit: 10)
      #expect(ranking.hits.count == reader.statistics.passages)
    }
    try await writer.value
  }
}
