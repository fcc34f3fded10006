import IndexFormat

/// Finds a document by its id or its path.
struct DocumentFinder {
  /// A document and where its passages are.
  struct Found {
    var segment: Int
    var record: DocumentRecord
    /// Its number in the segment.
    var number: Int
    /// Its passages in the segment.
    var passages: Range<Int>
  }

  enum Outcome {
    case found(Found)
    case unknown(nearest: [String])
  }

  /// Suggestions that are shown at most, and letters that they may differ by.
  private static let mostSuggestions = 3
  private static let mostEdits = 2

  /// Reads the records of all documents, until one has the id; a path is taken where no id is the same.
  static func find(_ name: String, in reader: IndexReader) throws(IndexError) -> Outcome {
    var byPath: Found?
    var nearest: [(id: String, distance: Int)] = []
    for (index, segment) in reader.segments.enumerated() {
      let records = segment.documents.makeReader()
      for number in 0..<segment.documents.count {
        let record = try segment.documents.record(number, records)
        if record.id == name || (byPath == nil && record.path == name) {
          let found = Found(
            segment: index, record: record, number: number, passages: try segment.documents.passages(of: number))
          if record.id == name { return .found(found) }
          byPath = found
        }
        let distance = distance(record.id, name)
        if distance <= mostEdits { nearest.append((record.id, distance)) }
      }
    }
    if let byPath { return .found(byPath) }
    let sorted = nearest.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
    return .unknown(nearest: sorted.prefix(mostSuggestions).map(\.element.id))
  }

  /// How far an id is from what was typed: 0 for a part of it or another case, else letters to change.
  private static func distance(_ id: String, _ name: String) -> Int {
    let lowered = id.lowercased()
    let wanted = name.lowercased()
    if !wanted.isEmpty && lowered.contains(wanted) { return 0 }
    return EditDistance.between(lowered, wanted, atMost: mostEdits)
  }
}
