import IndexFormat

/// The positions of the terms of a phrase in one segment, and what keeps them alive.
final class PhraseCounter {
  /// What an evaluator works with: a value without references, so that its loops count none.
  struct Room {
    /// What the phrase as a whole weighs.
    let weight: Float
    /// By the term's place in the query, its positions where they are kept decoded.
    let known: UnsafeMutablePointer<DecodedPositions.View?>
    /// By the term's place in the query, for those that are not.
    let positions: UnsafeMutablePointer<PositionsBlocks>
    /// The positions of the current passage, rarest term first; the evaluator sets them.
    let lists: UnsafeMutablePointer<PhraseOccurrences.List>
    /// Positions from here on do not count.
    let limit: UInt32
  }

  let room: Room
  private let terms: RangeTerms
  /// Bytes that have been taken to keep positions decoded.
  let added: Int

  /// - Parameters:
  ///   - terms: in the order of the query.
  ///   - offsets: each term's distance from the phrase's first unit.
  ///   - limit: positions from here on do not count.
  ///   - segment: holds all terms.
  init(
    _ terms: RangeTerms, offsets: [Int], below limit: UInt32, weight: Float, _ segment: Segment,
    _ memory: ScratchMemory
  ) throws(IndexError) {
    self.terms = terms
    let count = terms.count
    let lists = memory.allocate(PhraseOccurrences.List.self, count)
    for term in 0..<count {
      let frequency = terms.list(term).term.documentFrequency
      var step = 0
      for other in 0..<count where other != term {
        let otherFrequency = terms.list(other).term.documentFrequency
        step += otherFrequency < frequency || otherFrequency == frequency && other < term ? 1 : 0
      }
      (lists + step).initialize(to: PhraseOccurrences.List(offset: UInt32(offsets[term])))
    }
    let known = memory.allocate(DecodedPositions.View?.self, count)
    let positions = memory.allocate(PositionsBlocks.self, count)
    var (made, added) = (0, 0)
    do throws(IndexError) {
      while made < count {
        let list = terms.list(made)
        let (view, bytes) = try terms.bounds(made).positions(list, segment)
        (known + made).initialize(to: view)
        added += bytes
        if view == nil { (positions + made).initialize(to: try segment.positions(of: list)) }
        made += 1
      }
    } catch {
      for term in 0..<made where known[term] == nil { positions[term].deallocate() }
      throw error
    }
    self.added = added
    room = Room(weight: weight, known: known, positions: positions, lists: lists, limit: limit)
  }

  deinit {
    for term in 0..<terms.count where room.known[term] == nil { room.positions[term].deallocate() }
  }

  /// The error for positions of a term that cannot be decoded.
  func damaged(_ term: Int) -> IndexError { terms.list(term).damaged("expected the positions of a block") }
}
