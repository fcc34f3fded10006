import ByteStorage
import IndexFormat
import Interchange
import Retrieval
import SearchModel
import TestSupport
import Testing
import TextAnalysis

struct RoundTripTests {
  @Test(arguments: Seeds.first(3), AnalyzerDescription.builtIn.indices)
  func anImportGivesTheSameFileAgain(seed: UInt64, analyzer: Int) throws {
    let analyzer = AnalyzerDescription.builtIn[analyzer]
    let bytes = try SampleIndex([Document].random(seed, count: 60), analyzer).exported()
    let imported = try SampleIndex(importing: bytes, analyzer)
    #expect(try imported.exported() == bytes, "seed \(seed), \(analyzer.name)")
    let report = try IndexCheck.run(folder: imported.folder.path, deep: true)
    #expect(report.findings == [] && report.terms > 0)
    let segment = try imported.segments[0]
    #expect(segment.texts == nil)
    #expect(try segment.file.section(.positions).view.count == 0)
    #expect(try SampleIndex(importing: bytes, analyzer).files() == imported.files(), "seed \(seed), \(analyzer.name)")
  }

  /// Terms of several kinds keep their names where all terms are of one kind.
  @Test func namesOfKindsAreTermsOfTheirOwn() throws {
    let index = try SampleIndex([Document].random(5, count: 30), .bilingual)
    let bytes = try index.exported(description: "same")
    let imported = try SampleIndex(importing: bytes, .whitespace)
    #expect(try imported.exported(description: "same") == bytes)
  }

  @Test(arguments: Seeds.first(4), AnalyzerDescription.builtIn.indices)
  func theImportRanksAsItsSource(seed: UInt64, analyzer: Int) throws {
    let analyzer = AnalyzerDescription.builtIn[analyzer]
    let source = try SampleIndex([Document].random(seed, count: 300), analyzer)
    let imported = try SampleIndex(importing: source.exported(), analyzer)
    let one = try Searcher(IndexReader(folder: source.folder.path))
    let other = try Searcher(IndexReader(folder: imported.folder.path))
    var words = RandomDocuments(seed: seed &+ 1000)
    var found = 0
    for _ in 0..<40 {
      let text = words.text(words: 3, vocabulary: 200)
      let query = QueryParser.plainText(text)
      for limit in [1, 10, 1000] {
        let expected = try one.search(query, limit: limit)
        let ranking = try other.search(query, limit: limit)
        #expect(ranking.hits.map(\.passage) == expected.hits.map(\.passage), "seed \(seed), \(text)")
        #expect(ranking.hits.map(\.score) == expected.hits.map(\.score), "seed \(seed), \(text)")
        #expect(ranking.total.value == expected.total.value, "seed \(seed), \(text)")
        found += ranking.hits.count
      }
    }
    #expect(found > 0)
  }
}
