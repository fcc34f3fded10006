import IndexFormat

/// Counts how often terms stand at their offsets in a passage that holds them all.
final class PhraseMatcher {
  /// A term of the phrase with its cursors.
  struct Part {
    let offset: UInt32
    let postings: PostingsCursor
    let positions: PositionsCursor
  }

  let parts: [Part]
  /// For each part the place of the passage in its decoded block; the caller sets them.
  var places: [Int]
  /// The parts by rising document frequency: the rarest leads.
  let order: [Int]
  private var lists: [PhraseOccurrences.List<UInt32>]
  private let limit: UInt32

  /// - Parameter limit: positions from here on do not count.
  init(_ parts: [Part], below limit: UInt32) {
    self.parts = parts
    self.limit = limit
    places = Array(repeating: 0, count: parts.count)
    order = parts.indices.sorted {
      parts[$0].postings.list.term.documentFrequency < parts[$1].postings.list.term.documentFrequency
    }
    lists = order.map { PhraseOccurrences.List(offset: parts[$0].offset) }
  }

  /// How often the parts stand in their order in the passage.
  func countOccurrences() throws(IndexError) -> UInt32 {
    for (place, part) in order.enumerated() {
      lists[place].positions = try parts[part].positions.positions(ofPosting: places[part])
    }
    return lists.withUnsafeMutableBufferPointer { lists in
      guard let first = lists.baseAddress else { return 0 }
      return PhraseOccurrences.count(first, lists.count, below: limit)
    }
  }
}
