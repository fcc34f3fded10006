package import IndexFormat
package import TextAnalysis

/// Writes the scored terms of an index as a file of the Common Index File Format.
///
/// A document of the file is a passage of the index. Everything in the file depends on the index alone.
package struct IndexExport {
  /// What an export wrote.
  package struct Summary: Sendable, Equatable {
    package var documents = 0
    package var terms = 0
    package var postings = 0
    /// Bytes of the file.
    package var byteCount = 0
  }

  private let segments: [Segment]
  private let terms: ScoredTerms
  private let names: TermNames
  private let description: String
  /// False where some of the scored kinds are left out, so that documents are shorter than passages.
  private let hasAllKinds: Bool

  /// - Parameters:
  ///   - segments: all segments of the index, in order.
  ///   - kinds: some of the kinds that the analyzer scores, at least one; nil for all.
  ///   - description: what the header says for people; nil for the analyzer and the kinds.
  package init(
    _ segments: [Segment], analyzer: AnalyzerDescription, kinds: [TokenKind]? = nil, description: String? = nil
  ) throws(InterchangeError) {
    let scored = ScoredKinds.of(analyzer)
    names = TermNames(scored.filter { kinds?.contains($0) ?? true })
    hasAllKinds = names.kinds.count == scored.count
    self.segments = segments
    self.description =
      description ?? "suo, analyzer \(analyzer.name), terms \(names.kinds.map(\.name).joined(separator: " "))"
    do { terms = try ScoredTerms(segments, analyzer: analyzer, kinds: names.kinds) } catch { throw .analyzer(error) }
  }

  /// Writes the file in two passes over the index: the sums stand in front of what is summed.
  package func write(to path: String) throws(InterchangeError) -> Summary {
    var summary = Summary()
    let lengths = try measure(&summary)
    let file = try ExchangeFile(path: path)
    try file.append(header(summary, total: lengths.reduce(0) { $0 + Int($1) }), "bytes of a description")
    try terms.forEach { key, infos throws(InterchangeError) in
      try file.append(list(key, infos), "bytes of postings of one term")
    }
    try writeDocuments(lengths, to: file)
    try file.finish()
    summary.byteCount = file.count
    return summary
  }

  /// Counts terms and postings and gives the length of each document.
  private func measure(_ summary: inout Summary) throws(InterchangeError) -> [UInt32] {
    var lengths: [UInt32] = []
    for segment in segments {
      for passage in 0..<segment.passages.count {
        lengths.append(hasAllKinds ? segment.lengths[UInt32(passage)] : 0)
      }
    }
    summary.documents = lengths.count
    try terms.forEach { _, infos throws(InterchangeError) in
      summary.terms += 1
      for info in infos { summary.postings += Int(info?.documentFrequency ?? 0) }
      if !hasAllKinds { try terms.forEachPosting(of: infos) { lengths[$0] &+= $1 } }
    }
    for (what, count) in [("terms", summary.terms), ("passages", summary.documents)] where count > Int(Int32.max) {
      throw .tooMuch(what: what, limit: Int(Int32.max))
    }
    return lengths
  }

  private func header(_ summary: Summary, total: Int) -> CIFFHeader {
    var header = CIFFHeader()
    header.version = CommonIndexFile.version
    header.numPostingsLists = Int32(summary.terms)
    header.numDocs = Int32(summary.documents)
    header.totalPostingsLists = Int32(summary.terms)
    header.totalDocs = Int32(summary.documents)
    header.totalTermsInCollection = Int64(total)
    header.averageDoclength = summary.documents > 0 ? Double(total) / Double(summary.documents) : 0
    header.description_p = description
    return header
  }

  private func list(_ key: [UInt8], _ infos: [TermInfo?]) throws(InterchangeError) -> CIFFPostingsList {
    var list = CIFFPostingsList()
    guard let name = names.name(of: key) else {
      throw try damaged(.terms, "expected a term in UTF-8, found \(key)")
    }
    list.term = name
    list.postings.reserveCapacity(infos.reduce(0) { $0 + Int($1?.documentFrequency ?? 0) })
    var previous = 0
    var isTooFrequent = false
    try terms.forEachPosting(of: infos) { passage, frequency in
      var posting = CIFFPosting()
      posting.docid = Int32(passage - previous)
      isTooFrequent = isTooFrequent || frequency > UInt32(Int32.max)
      posting.tf = Int32(truncatingIfNeeded: frequency)
      list.postings.append(posting)
      list.cf += Int64(frequency)
      previous = passage
    }
    guard !isTooFrequent else {
      throw try damaged(.postings, "expected frequencies of \(name) up to \(Int32.max)")
    }
    list.df = Int64(list.postings.count)
    return list
  }

  /// The error for terms or postings that cannot be what was indexed.
  private func damaged(_ section: SegmentSection, _ reason: String) throws(InterchangeError) -> InterchangeError {
    guard let first = segments.first else { preconditionFailure("terms come from segments") }
    do { return .index(try first.file.section(section).damaged(reason)) } catch { throw .index(error) }
  }

  private func writeDocuments(_ lengths: [UInt32], to file: ExchangeFile) throws(InterchangeError) {
    var names: PassageNames
    do { names = try PassageNames(segments) } catch { throw .index(error) }
    for (number, length) in lengths.enumerated() {
      var record = CIFFDocRecord()
      record.docid = Int32(number)
      do throws(IndexError) { record.collectionDocid = try names.next() } catch { throw .index(error) }
      record.doclength = Int32(clamping: length)
      try file.append(record, "bytes of an id")
    }
  }
}
