import IndexFormat
import TextAnalysis

/// Reads which scored terms passages hold, by cutting their stored texts again as they were cut for the index.
final class PassageTerms {
  /// The keys of all terms that were read so far, in the order in which they were met.
  private(set) var keys: [[UInt8]] = []
  private var numbers: [[UInt8]: Int] = [:]
  private let reader: IndexReader
  private let analyzer: Analyzer
  private var buffer = TokenBuffer()
  /// The texts of one segment; hits that follow each other often lie in the same.
  private var open: (segment: Segment, texts: StoredRecordReader)?

  init(_ reader: IndexReader, _ analyzer: Analyzer) { (self.reader, self.analyzer) = (reader, analyzer) }

  /// A passage's terms as numbers, which are places in `keys`.
  struct Counts {
    /// The scored tokens of the passage, ascending: a term stands there as often as in the passage.
    fileprivate(set) var tokens: [Int] = []
    /// How many scored tokens the index counts.
    let length: UInt32

    /// Calls `body` with each term and how often it occurs, by number.
    func forEach(_ body: (_ term: Int, _ frequency: UInt32) throws(IndexError) -> Void) throws(IndexError) {
      var start = 0
      while start < tokens.count {
        let end = tokens[start...].firstIndex { $0 != tokens[start] } ?? tokens.count
        try body(tokens[start], UInt32(end - start))
        start = end
      }
    }
  }

  /// The scored terms of a passage.
  func counts(of passage: Int) throws(IndexError) -> Counts {
    let (segment, local) = reader.locate(passage)
    var counts = Counts(length: segment.lengths[UInt32(local)])
    append(String(decoding: try texts(of: segment).record(local), as: UTF8.self), to: &counts)
    // What the text is short of is the document's title, which is searched with its first passage.
    if counts.tokens.count < Int(counts.length) {
      let document = try segment.documents.document(of: local)
      append(try segment.documents.record(document, segment.documents.makeReader()).title, to: &counts)
    }
    counts.tokens.sort()
    return counts
  }

  private func append(_ text: String, to counts: inout Counts) {
    analyzer.analyze(text, into: &buffer)
    for token in buffer.tokens where token.roles.contains(.scored) {
      counts.tokens.append(number(of: Array(buffer.key(of: token))))
    }
  }

  private func number(of key: [UInt8]) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = keys.count
    keys.append(key)
    return keys.count - 1
  }

  private func texts(of segment: Segment) -> StoredRecordReader {
    if let open, open.segment === segment { return open.texts }
    guard let texts = segment.texts?.makeReader() else {
      preconditionFailure("feedback is given where texts are stored")
    }
    open = (segment, texts)
    return texts
  }
}
