import IndexFormat

/// All positions of a term that occurs seldom, decoded once: they are then where a phrase looks for them.
final class DecodedPositions: Sendable {
  /// A term with more occurrences is decoded anew by every search.
  static let mostOccurrences = 1 << 14

  /// Through bare pointers, valid as long as the positions are kept alive.
  nonisolated(unsafe) let view: View
  /// Bytes that the positions take in memory.
  let memory: Int

  struct View {
    /// By posting, where its positions begin, and after the last where they end.
    let starts: UnsafePointer<UInt32>
    let positions: UnsafePointer<UInt32>

    /// The positions of a posting, ascending.
    @inline(__always)
    func positions(of posting: Int) -> UnsafeBufferPointer<UInt32> {
      UnsafeBufferPointer(
        start: positions + Int(starts[posting]), count: Int(starts[posting &+ 1] &- starts[posting]))
    }
  }

  /// - Parameter list: positional, with at most `mostOccurrences` occurrences.
  init(_ list: PostingsList, _ segment: Segment) throws(IndexError) {
    let postings = segment.cursor(over: list)
    let cursor = try segment.positions(beside: postings)
    var starts: [UInt32] = [0]
    var positions: [UInt32] = []
    starts.reserveCapacity(Int(list.term.documentFrequency) + 1)
    positions.reserveCapacity(Int(list.term.totalFrequency))
    for block in 0..<list.blockCount {
      try postings.load(block)
      for index in 0..<postings.count {
        positions += try cursor.positions(ofPosting: index)
        starts.append(UInt32(truncatingIfNeeded: positions.count))
      }
    }
    view = View(starts: DecodedPositions.copy(starts), positions: DecodedPositions.copy(positions))
    memory = 4 * (starts.count + positions.count)
  }

  deinit {
    view.starts.deallocate()
    view.positions.deallocate()
  }

  private static func copy(_ values: [UInt32]) -> UnsafePointer<UInt32> {
    let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: max(values.count, 1))
    for (index, value) in values.enumerated() { copy[index] = value }
    return UnsafePointer(copy)
  }
}
