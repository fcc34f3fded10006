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
  private var lists: [UnsafeBufferPointer<UInt32>]
  private var next: [Int]

  init(_ parts: [Part]) {
    self.parts = parts
    places = Array(repeating: 0, count: parts.count)
    order = parts.indices.sorted {
      parts[$0].postings.list.term.documentFrequency < parts[$1].postings.list.term.documentFrequency
    }
    lists = Array(repeating: UnsafeBufferPointer(start: nil, count: 0), count: parts.count)
    next = Array(repeating: 0, count: parts.count)
  }

  /// How often the parts stand in their order in the passage.
  func countOccurrences() throws(IndexError) -> UInt32 {
    for part in order {
      lists[part] = try parts[part].positions.positions(ofPosting: places[part])
      next[part] = 0
    }
    let leadOffset = parts[order[0]].offset
    var count: UInt32 = 0
    candidates: for position in lists[order[0]] where position >= leadOffset {
      let start = position - leadOffset
      for part in order.dropFirst() {
        // Positions of a damaged index may lie at the end of the range; there they wrap and meet nothing.
        let wanted = start &+ parts[part].offset
        let list = lists[part]
        var index = next[part]
        while index < list.count && list[index] < wanted { index += 1 }
        next[part] = index
        if index == list.count { break candidates }
        if list[index] != wanted { continue candidates }
      }
      count += 1
    }
    return count
  }
}
