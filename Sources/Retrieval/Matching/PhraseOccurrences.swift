/// Counts phrases in the positions of one passage.
enum PhraseOccurrences {
  /// The positions of one term of a phrase.
  struct List<Position: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>: BitwiseCopyable {
    /// Units after the phrase's first.
    let offset: UInt32
    /// Ascending.
    var positions = UnsafeBufferPointer<Position>(start: nil, count: 0)
    fileprivate var next = 0

    init(offset: UInt32) { self.offset = offset }
  }

  /// How often all terms stand at their offsets.
  ///
  /// - Parameters:
  ///   - lists: the term with the fewest positions had best be first; `count` of them, at least one.
  ///   - limit: positions from here on do not count.
  static func count<Position>(
    _ lists: UnsafeMutablePointer<List<Position>>, _ count: Int, below limit: UInt32
  ) -> UInt32 {
    let lead = lists[0]
    for index in 0..<count { lists[index].next = 0 }
    var occurrences: UInt32 = 0
    candidates: for stored in lead.positions {
      let position = UInt32(truncatingIfNeeded: stored)
      if position < lead.offset { continue }
      if position >= limit { break }
      let start = position - lead.offset
      for index in 1..<max(count, 1) {
        // Positions of a damaged index may lie at the end of the range; there they wrap and meet nothing.
        let wanted = start &+ lists[index].offset
        let positions = lists[index].positions
        var next = lists[index].next
        while next < positions.count && UInt32(truncatingIfNeeded: positions[next]) < wanted { next += 1 }
        lists[index].next = next
        if next == positions.count { break candidates }
        if UInt32(truncatingIfNeeded: positions[next]) != wanted { continue candidates }
      }
      occurrences += 1
    }
    return occurrences
  }
}
