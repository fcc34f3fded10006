import IndexFormat
import TextAnalysis

/// Visits the scored terms of an index with their postings over all segments.
final class ScoredTerms {
  private let segments: [Segment]
  private let firstPassages: [Int]
  private let kinds: [TokenKind]
  /// Tells the exact units that are scored from those that only phrases are made of; nil where all are scored.
  private let analyzer: Analyzer?
  private var buffer = TokenBuffer()

  /// - Parameter kinds: kinds that the analyzer scores, in the order in which they are visited.
  init(_ segments: [Segment], analyzer: AnalyzerDescription, kinds: [TokenKind]) throws(AnalyzerError) {
    self.segments = segments
    self.kinds = kinds
    firstPassages = segments.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.passages.count) }
    // Words are scored by their stems there; only emoji are scored as they stand.
    self.analyzer = analyzer.tokenizer == .bilingual && kinds.contains(.exact) ? try Analyzer(analyzer) : nil
  }

  /// Calls `body` with each term, in the order of kinds and keys.
  func forEach(
    _ body: (_ key: [UInt8], _ infos: [TermInfo?]) throws(InterchangeError) -> Void
  ) throws(InterchangeError) {
    for kind in kinds {
      var terms = try reading { () throws(IndexError) in try MergedTerms(kind, in: segments) }
      while try reading({ () throws(IndexError) in try terms.next() }) {
        if isScored(terms.key, kind) { try body(terms.key, terms.infos) }
      }
    }
  }

  /// Calls `body` with each posting of a term: the passage counted over all segments, and the frequency.
  func forEachPosting(
    of infos: [TermInfo?], _ body: (_ passage: Int, _ frequency: UInt32) -> Void
  ) throws(InterchangeError) {
    try reading { () throws(IndexError) in try visit(infos, body) }
  }

  private func visit(
    _ infos: [TermInfo?], _ body: (_ passage: Int, _ frequency: UInt32) -> Void
  ) throws(IndexError) {
    for (index, info) in infos.enumerated() {
      guard let info else { continue }
      let cursor = try segments[index].postings(of: info)
      for block in 0..<cursor.list.blockCount {
        try cursor.load(block)
        let frequencies = try cursor.frequencies()
        for posting in 0..<cursor.count {
          body(firstPassages[index] + Int(cursor.documents[posting]), frequencies[posting])
        }
      }
    }
  }

  private func reading<Value>(_ body: () throws(IndexError) -> Value) throws(InterchangeError) -> Value {
    do { return try body() } catch { throw .index(error) }
  }

  private func isScored(_ key: [UInt8], _ kind: TokenKind) -> Bool {
    guard kind == .exact, let analyzer else { return true }
    analyzer.analyze(String(decoding: key.dropFirst(), as: UTF8.self), into: &buffer)
    return buffer.tokens.contains { $0.roles.contains(.scored) && buffer.key(of: $0).elementsEqual(key) }
  }
}
