import IndexFormat

/// The positions of the terms of a phrase in one segment, and what keeps them alive.
final class PhraseCounter {
  /// What an evaluator works with: a value without references, so that its loops count none. All is in the order of the
  /// terms' frequencies, rarest first.
  struct Room {
    /// What the phrase as a whole weighs.
    let weight: Float
    /// True where the positions of all terms are kept decoded.
    let areKnown: Bool
    /// Positions where all are kept, and of the current passage; the evaluator sets them.
    let known: UnsafeMutablePointer<DecodedPositions.View>
    let knownLists: UnsafeMutablePointer<PhraseOccurrences.List<DecodedPositions.Position>>
    /// The same where they are not.
    let stored: UnsafeMutablePointer<PositionsBlocks>
    let storedLists: UnsafeMutablePointer<PhraseOccurrences.List<UInt32>>
    /// Positions from here on do not count.
    let limit: UInt32
  }

  let room: Room
  /// Bytes that have been taken to keep positions decoded.
  let added: Int
  private let terms: RangeTerms

  /// - Parameters:
  ///   - terms: of the phrase's parts, in their order.
  ///   - weight: of the phrase as a whole.
  ///   - segment: holds all terms.
  init(
    _ terms: RangeTerms, _ phrase: PhrasePlan, weight: Float, _ segment: Segment, _ memory: ScratchMemory
  ) throws(IndexError) {
    self.terms = terms
    let count = terms.count
    let order = terms.order(memory)
    let known = memory.allocate(DecodedPositions.View.self, count)
    let knownLists = memory.allocate(PhraseOccurrences.List<DecodedPositions.Position>.self, count)
    var (knownCount, added) = (0, 0)
    for place in 0..<count {
      (knownLists + place).initialize(to: PhraseOccurrences.List(offset: UInt32(phrase.parts[order[place]].offset)))
      let (view, bytes) = try terms.bounds(order[place]).positions(terms.list(order[place]), segment)
      added += bytes
      guard let view else { continue }
      (known + place).initialize(to: view)
      knownCount += 1
    }
    self.added = added
    let areKnown = knownCount == count
    let stored = memory.allocate(PositionsBlocks.self, areKnown ? 0 : count)
    let storedLists = memory.allocate(PhraseOccurrences.List<UInt32>.self, areKnown ? 0 : count)
    if !areKnown {
      var made = 0
      do throws(IndexError) {
        while made < count {
          (storedLists + made).initialize(to: PhraseOccurrences.List(offset: UInt32(phrase.parts[order[made]].offset)))
          (stored + made).initialize(to: try segment.positions(of: terms.list(order[made])))
          made += 1
        }
      } catch {
        for place in 0..<made { stored[place].deallocate() }
        throw error
      }
    }
    room = Room(
      weight: weight, areKnown: areKnown, known: known, knownLists: knownLists, stored: stored,
      storedLists: storedLists, limit: phrase.positionLimit)
  }

  deinit {
    if !room.areKnown {
      for place in 0..<terms.count { room.stored[place].deallocate() }
    }
  }

  /// The error for positions of a term that cannot be decoded.
  func damaged(_ term: Int) -> IndexError { terms.list(term).damaged("expected the positions of a block") }
}
