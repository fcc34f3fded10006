import IndexFormat

/// Walks through the passages in which several terms stand at fixed distances.
final class PhraseIterator: PassageIterator {
  private let parts: [Part]
  /// The parts by rising document frequency: the rarest leads.
  private let order: [Int]
  private let scoring: TermScoring
  private let lengths: LengthTable
  private var indices: [Int]
  /// How often the phrase stands in the current passage.
  private(set) var frequency: UInt32 = 0

  /// A term of the phrase with its cursors.
  struct Part {
    let offset: UInt32
    let postings: PostingsCursor
    let positions: PositionsCursor
  }

  init(_ parts: [Part], _ scoring: TermScoring, lengths: LengthTable) {
    self.parts = parts
    self.scoring = scoring
    self.lengths = lengths
    order = parts.indices.sorted {
      parts[$0].postings.list.term.documentFrequency < parts[$1].postings.list.term.documentFrequency
    }
    indices = Array(repeating: 0, count: parts.count)
  }

  override var cost: Int { Int(parts[order[0]].postings.list.term.documentFrequency) }

  override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
    var target = target
    search: while true {
      for part in order {
        guard try parts[part].postings.seek(target, from: &indices[part]) else {
          return stand(at: PassageIterator.exhausted)
        }
        let found = parts[part].postings.documents[indices[part]]
        if found > target {
          target = found
          continue search
        }
      }
      frequency = try countOccurrences()
      if frequency > 0 { return stand(at: target) }
      guard target < PassageIterator.exhausted - 1 else { return stand(at: PassageIterator.exhausted) }
      target += 1
    }
  }

  override func score() throws(IndexError) -> Double {
    Double(scoring.score(frequency: frequency, length: lengths[passage]))
  }

  override func explain() throws(IndexError) -> [ScorePart] {
    [scoring.part(frequency: frequency, length: lengths[passage])]
  }

  /// How often the parts stand in their order in the passage on which all cursors are.
  private func countOccurrences() throws(IndexError) -> UInt32 {
    let lead = try parts[order[0]].positions.positions(ofPosting: indices[order[0]])
    let leadOffset = parts[order[0]].offset
    var places: [UnsafeBufferPointer<UInt32>] = []
    for part in order.dropFirst() { places.append(try parts[part].positions.positions(ofPosting: indices[part])) }
    var next = Array(repeating: 0, count: places.count)
    var count: UInt32 = 0
    candidates: for position in lead where position >= leadOffset {
      let start = position - leadOffset
      for (other, part) in order.dropFirst().enumerated() {
        // Positions of a damaged index may lie at the end of the range; there they wrap and meet nothing.
        let wanted = start &+ parts[part].offset
        while next[other] < places[other].count && places[other][next[other]] < wanted { next[other] += 1 }
        if next[other] == places[other].count { break candidates }
        if places[other][next[other]] != wanted { continue candidates }
      }
      count += 1
    }
    return count
  }
}
