import IndexFormat
import Suo

/// Some rows of a section of a segment, as a table.
struct SectionExcerpt {
  let segment: Segment
  let selection: TermSelection
  /// The first row, or how many rows to pass over.
  let from: Int
  /// The most rows.
  let limit: Int

  func table(of section: SegmentSection) throws -> TextTable {
    switch section {
    case .texts: try texts()
    case .passages: try passages()
    case .documents: try documents()
    case .fields: try fields()
    case .lengths: lengths()
    case .postings: try postings()
    case .positions: try positions()
    case .terms: try terms()
    case .statistics: statistics()
    case .latent: try latent()
    }
  }

  private func rows(_ count: Int) -> Range<Int> {
    let start = min(from, count)
    return start..<(start + min(limit, count - start))
  }

  private func texts() throws -> TextTable {
    guard let reader = segment.texts?.makeReader() else {
      throw CommandError.failure("the index stores no texts (it was built with --no-store)")
    }
    var table = TextTable([("passage", .trailing), ("bytes", .trailing), ("text", .leading)])
    for passage in rows(segment.passages.count) {
      let text = try reader.record(passage)
      let excerpt = Excerpt(
        String(decoding: text, as: UTF8.self), highlights: [], columns: 80, mostLines: 1, marksMatches: false)
      table.append([String(passage), String(text.count), String((excerpt.lines.first ?? []).map(\.character))])
    }
    return table
  }

  private func passages() throws(IndexError) -> TextTable {
    var table = TextTable([
      ("passage", .trailing), ("bytes", .leading), ("line", .trailing), ("lang", .leading), ("headings", .leading),
    ])
    let headings = segment.passages.makeHeadingReader()
    for passage in rows(segment.passages.count) {
      let place = try segment.passages.place(of: passage)
      table.append([
        String(passage), "\(place.range.lowerBound)–\(place.range.upperBound)", String(place.line),
        place.language.rawValue,
        try segment.passages.headings(place.headingPath, headings).joined(separator: " › "),
      ])
    }
    return table
  }

  private func documents() throws(IndexError) -> TextTable {
    var table = TextTable([
      ("document", .trailing), ("passages", .leading), ("id", .leading), ("path", .leading), ("title", .leading),
    ])
    let records = segment.documents.makeReader()
    for document in rows(segment.documents.count) {
      let passages = try segment.documents.passages(of: document)
      let record = try segment.documents.record(document, records)
      let range = passages.isEmpty ? "none" : "\(passages.lowerBound)–\(passages.upperBound - 1)"
      table.append([String(document), range, record.id, record.path, record.title])
    }
    return table
  }

  private func fields() throws(IndexError) -> TextTable {
    var table = TextTable([("document", .trailing), ("field", .leading), ("value", .leading)])
    let readers = segment.fields.makeReaders()
    for document in rows(segment.documents.count) {
      for field in try segment.fields.fields(of: document, readers) {
        let value = String(decoding: JSONOutput.value(field.value).encoded(), as: UTF8.self)
        table.append([String(document), field.name, value])
      }
    }
    return table
  }

  private func lengths() -> TextTable {
    var table = TextTable([("passage", .trailing), ("tokens", .trailing)])
    for passage in rows(segment.lengths.count) {
      table.append([String(passage), String(segment.lengths[UInt32(passage)])])
    }
    return table
  }

  private func terms() throws(IndexError) -> TextTable {
    var table = TextTable([
      ("term", .leading), ("passages", .trailing), ("occurrences", .trailing), ("postings bytes", .trailing),
      ("positions bytes", .trailing),
    ])
    var passedOver = 0
    var count = 0
    try selection.forEach(in: segment.terms) { key, info throws(IndexError) in
      if passedOver < from {
        passedOver += 1
        return true
      }
      table.append([
        TermSelection.text(of: key), String(info.documentFrequency), String(info.totalFrequency),
        info.singlePosting == nil ? String(info.postings.count) : "in terms",
        info.isPositional ? String(info.positions.count) : "none",
      ])
      count += 1
      return count < limit
    }
    return table
  }

  private func postings() throws(IndexError) -> TextTable {
    var table = TextTable([
      ("term", .leading), ("passage", .trailing), ("frequency", .trailing), ("tokens", .trailing),
      ("document", .leading),
    ])
    let records = segment.documents.makeReader()
    try forEachPosting { key, cursor, index throws(IndexError) in
      let passage = cursor.documents[index]
      let document = try segment.documents.document(of: Int(passage))
      table.append([
        TermSelection.text(of: key), String(passage), String(try cursor.frequencies()[index]),
        String(segment.lengths[passage]), try segment.documents.record(document, records).id,
      ])
    }
    return table
  }

  private func positions() throws(IndexError) -> TextTable {
    var table = TextTable([("term", .leading), ("passage", .trailing), ("positions", .leading)])
    var term: [UInt8]?
    var beside: PositionsCursor?
    try forEachPosting { key, cursor, index throws(IndexError) in
      if term != key {
        (term, beside) = (key, cursor.list.term.isPositional ? try segment.positions(beside: cursor) : nil)
      }
      let positions = try beside?.positions(ofPosting: index).map(String.init).joined(separator: " ")
      table.append([TermSelection.text(of: key), String(cursor.documents[index]), positions ?? "none"])
    }
    return table
  }

  /// Calls `body` with the postings of the selected terms, as many as there are rows.
  private func forEachPosting(
    _ body: (_ key: [UInt8], _ cursor: PostingsCursor, _ index: Int) throws(IndexError) -> Void
  ) throws(IndexError) {
    var row = 0
    try selection.forEach(in: segment.terms) { key, info throws(IndexError) in
      let cursor = try segment.postings(of: info)
      for block in 0..<cursor.list.blockCount {
        try cursor.load(block)
        for index in 0..<cursor.count {
          if row >= from { try body(key, cursor, index) }
          row += 1
          if row - from >= limit { return false }
        }
      }
      return true
    }
  }

  private func latent() throws -> TextTable {
    guard let vectors = segment.latent else {
      throw CommandError.failure("the index has no latent vectors (it was built with --no-latent, or is too small)")
    }
    var table = TextTable([("passage", .trailing), ("reach", .trailing), ("vector", .leading)])
    for passage in rows(vectors.passageCount) {
      let vector = vectors.vector(ofPassage: passage)
      table.append([
        String(passage), String(try vectors.reach(ofPassage: passage)),
        (0..<LatentLayout.width).map { String(vector[$0]) }.joined(separator: " "),
      ])
    }
    return table
  }

  private func statistics() -> TextTable {
    var table = TextTable([("what", .leading), ("number", .trailing)])
    let statistics = segment.statistics
    table.append(["documents", statistics.documents.grouped])
    table.append(["passages", statistics.passages.grouped])
    table.append(["terms", statistics.terms.grouped])
    table.append(["tokens", statistics.totalLength.grouped])
    table.append(["postings", statistics.postings.grouped])
    table.append(["bytes of text", statistics.textBytes.grouped])
    for (language, passages) in statistics.passagesByLanguage {
      table.append(["passages in \(language.rawValue)", passages.grouped])
    }
    return table
  }
}
