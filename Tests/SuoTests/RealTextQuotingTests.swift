import ByteStorage
import Suo
import TestSupport
import Testing
import TextAnalysis

/// Runs of characters quoted from real notes are found in the file that they come from, at the byte.
@Suite struct RealTextQuotingTests {
  @Test func runsFromTheSampleNotes() throws {
    try quoteRuns(from: SharedData.packageFolder + "/seeds/notes", samples: 250, seed: 1)
  }

  @Test(.enabled(if: SharedData.path("seeds") != nil, "needs ../shared/seeds beside the checkout"))
  func runsFromRealDocuments() throws {
    try quoteRuns(from: #require(SharedData.path("seeds")), samples: 250, seed: 2)
  }

  private func quoteRuns(from source: String, samples: Int, seed: UInt64) throws {
    let folder = TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    try writer.add(paths: [source])
    #expect(try writer.commit().documents > 4)
    let index = try Index(at: folder.path)
    let analyzer = try Analyzer(.bilingual)
    // HTML shows another text than its bytes; its hits are compared by their text alone.
    let files = try StorageFolder(source).names().filter { $0.hasSuffix(".md") || $0.hasSuffix(".txt") }
    var generator = SeededGenerator(seed: seed)
    for sample in 0..<samples {
      let file = generator.pick(files)
      let bytes = try StorageFolder(source).read(file)
      guard let run = randomRun(in: String(decoding: bytes, as: UTF8.self), &generator) else { continue }
      let results = try index.search("\"\(run)\"", options: SearchOptions(limit: 10_000))
      let context = "seed \(seed), sample \(sample), quoted \(run) from \(file)"
      let units = keys(of: run, analyzer)
      var isMarkedAtHome = false
      for hit in results.hits {
        let text = try Array(#require(hit.text).utf8)
        #expect(!hit.highlights.isEmpty || !hit.titleHighlights.isEmpty, "\(context), in \(hit.path):\(hit.line)")
        for highlight in hit.highlights {
          let marked = keys(of: String(decoding: text[highlight], as: UTF8.self), analyzer)
          #expect(contains(marked, units), "\(context), marked in \(hit.path):\(hit.line)")
        }
        guard hit.path.hasSuffix(".md") || hit.path.hasSuffix(".txt") else { continue }
        let home = try StorageFolder(source).read(String(hit.path.split(separator: "/").last ?? ""))
        #expect(Array(home[hit.range]) == text, "\(context): \(hit.path) \(hit.range)")
        #expect(hit.line == home[..<hit.range.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1)
        isMarkedAtHome = isMarkedAtHome || (hit.path.hasSuffix("/" + file) && !hit.highlights.isEmpty)
      }
      #expect(isMarkedAtHome, "\(context): not found in its own file")
    }
  }

  /// A stretch of 1 to 12 characters of a random run of Han characters; front matter is not searched, so it is left out.
  private func randomRun(in text: String, _ generator: inout SeededGenerator) -> String? {
    var body = Substring(text)
    if text.hasPrefix("---\n"), let end = text.range(of: "\n---\n") { body = text[end.upperBound...] }
    let runs = body.split { !isHan($0) }
    guard !runs.isEmpty else { return nil }
    let run = Array(runs[Int.random(in: runs.indices, using: &generator)])
    let start = Int.random(in: run.indices, using: &generator)
    return String(run[start..<min(run.count, start + Int.random(in: 1...12, using: &generator))])
  }

  private func isHan(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
  }

  private func keys(of text: String, _ analyzer: Analyzer) -> [[UInt8]] {
    var buffer = TokenBuffer()
    analyzer.analyze(text, into: &buffer)
    return buffer.tokens.filter { $0.kind == .character || $0.kind == .exact }.map { Array(buffer.key(of: $0)) }
  }

  private func contains(_ keys: [[UInt8]], _ wanted: [[UInt8]]) -> Bool {
    guard wanted.count <= keys.count else { return false }
    return (0...(keys.count - wanted.count)).contains { Array(keys[$0..<$0 + wanted.count]) == wanted }
  }
}

extension String {
  /// Where `other` first stands; the standard library has no such search without Foundation.
  fileprivate func range(of other: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
      start = index(after: start)
    }
    return nil
  }
}
