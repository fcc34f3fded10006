import IndexFormat
import SearchModel
import TextAnalysis

/// An inverted index in dictionaries, made the slow and obvious way.
struct NaiveIndex {
  struct Term: Equatable {
    var isPositional: Bool
    /// For each passage the positions of the term, one for each occurrence.
    var postings: [UInt32: [UInt32]] = [:]
  }

  var terms: [[UInt8]: Term] = [:]
  /// Scored tokens of each passage.
  var lengths: [UInt32] = []

  /// - Parameter headingWeight: how often title and headings count in every passage below them.
  init(_ documents: [Document], _ description: AnalyzerDescription, headingWeight: Int = 0) throws {
    let analyzer = try Analyzer(description)
    for document in documents {
      for (index, passage) in document.passages.enumerated() {
        let number = UInt32(lengths.count)
        lengths.append(0)
        var start: UInt32 = 0
        if index == 0 && document.titleIsSeparate && !document.title.isEmpty {
          start = add(document.title, at: 0, to: number, analyzer)
        }
        _ = add(passage.text, at: start, to: number, analyzer)
        let title = document.titleIsSeparate ? document.title : ""
        var place = UInt32(1) << 31
        for heading in [title] + passage.headings.filter({ $0 != title }) where headingWeight > 0 && !heading.isEmpty {
          let times = index == 0 && heading == title ? headingWeight - 1 : headingWeight
          for _ in 0..<times { place = add(heading, at: place, to: number, analyzer, declares: false) }
        }
        var fields = [(FieldKey.language, passage.language.rawValue)]
        if !document.title.isEmpty { fields.append((FieldKey.title, document.title)) }
        for field in document.fields {
          for text in NaiveIndex.texts(field.value) { fields.append((field.name, text)) }
        }
        var starts: [String: UInt32] = [:]
        for (name, text) in fields {
          starts[name] = add(text, at: starts[name, default: 0], to: number, analyzer, field: name)
        }
      }
    }
  }

  /// Adds the tokens of a text.
  ///
  /// - Returns: where the next text of the same passage or field begins: 100 units later.
  private mutating func add(
    _ text: String, at start: UInt32, to passage: UInt32, _ analyzer: Analyzer, field: String? = nil,
    declares: Bool = true
  ) -> UInt32 {
    var buffer = TokenBuffer()
    analyzer.analyze(text, into: &buffer)
    for token in buffer.tokens where declares || token.kind.isScored {
      var key = Array(buffer.key(of: token))
      if let field {
        guard token.kind.isFieldEvidence else { continue }
        key = [UInt8(ascii: "f")] + Array(field.utf8) + [0] + key
      } else if token.roles.contains(.scored) {
        lengths[Int(passage)] += 1
      }
      terms[key, default: Term(isPositional: token.roles.contains(.positional))]
        .postings[passage, default: []].append(start + token.position)
    }
    return start + buffer.unitCount + 100
  }

  private static func texts(_ value: FieldValue) -> [String] {
    switch value {
    case .keyword(let text), .text(let text): [text]
    case .number(let number): [number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"]
    case .date(let date): [date.text]
    case .boolean(let truth): ["\(truth)"]
    case .list(let values): values.flatMap(texts)
    }
  }

  /// What a segment holds, in the same form.
  init(_ segment: Segment) throws {
    var terms: [[UInt8]: Term] = [:]
    try segment.terms.forEach(prefix: []) { key, info throws(IndexError) in
      var term = Term(isPositional: info.isPositional)
      let cursor = try segment.postings(of: info)
      let positions = info.isPositional ? try segment.positions(beside: cursor) : nil
      for block in 0..<cursor.list.blockCount {
        try cursor.load(block)
        let frequencies = try cursor.frequencies()
        for index in 0..<cursor.count {
          term.postings[cursor.documents[index]] =
            try positions.map { positions throws(IndexError) in Array(try positions.positions(ofPosting: index)) }
            ?? [UInt32](repeating: 0, count: Int(frequencies[index]))
        }
      }
      terms[key] = term
      return true
    }
    self.terms = terms
    lengths = (0..<UInt32(segment.passages.count)).map { segment.lengths[$0] }
  }

  /// The index without the positions that a segment does not keep.
  var asStored: NaiveIndex {
    var stored = self
    for (key, term) in terms where !term.isPositional {
      stored.terms[key]!.postings = term.postings.mapValues { [UInt32](repeating: 0, count: $0.count) }
    }
    return stored
  }
}
