import IndexFormat

/// The positions of the terms of a phrase in one segment, and what keeps them alive.
final class PhraseCounter {
  /// What an evaluator works with: a value without references, so that its loops count none.
  struct Room {
    /// What the phrase as a whole weighs.
    let weight: Float
    /// By the term's place in the query.
    let positions: UnsafeMutablePointer<PositionsBlocks>
    /// Where the current passage stands in the decoded block of each term; the evaluator sets them.
    let places: UnsafeMutablePointer<Int>
    /// The positions of the current passage, rarest term first; the evaluator sets them.
    let lists: UnsafeMutablePointer<PhraseOccurrences.List>
    /// Positions from here on do not count.
    let limit: UInt32
  }

  let room: Room
  private let count: Int
  private let terms: [PostingsList]

  /// - Parameters:
  ///   - parts: each term's list and its distance from the phrase's first unit, in the order of the query.
  ///   - limit: positions from here on do not count.
  ///   - segment: holds all terms.
  init(
    _ parts: [(list: PostingsList, offset: Int)], below limit: UInt32, weight: Float, _ segment: Segment,
    _ memory: ScratchMemory
  ) throws(IndexError) {
    count = parts.count
    terms = parts.map(\.list)
    let lists = memory.allocate(PhraseOccurrences.List.self, count)
    let byFrequency = parts.sorted { $0.list.term.documentFrequency < $1.list.term.documentFrequency }
    for (step, part) in byFrequency.enumerated() {
      (lists + step).initialize(to: PhraseOccurrences.List(offset: UInt32(part.offset)))
    }
    var made: [PositionsBlocks] = []
    do throws(IndexError) {
      for part in parts { made.append(try segment.positions(of: part.list)) }
    } catch {
      for positions in made { positions.deallocate() }
      throw error
    }
    let positions = UnsafeMutablePointer<PositionsBlocks>.allocate(capacity: max(count, 1))
    for (term, blocks) in made.enumerated() { (positions + term).initialize(to: blocks) }
    room = Room(
      weight: weight, positions: positions, places: memory.allocate(Int.self, count), lists: lists,
      limit: limit)
  }

  deinit {
    for term in 0..<count { room.positions[term].deallocate() }
    room.positions.deallocate()
  }

  /// The error for positions of a term that cannot be decoded.
  func damaged(_ term: Int) -> IndexError { terms[term].damaged("expected the positions of a block") }
}
