import IndexFormat

/// Walks through the postings of one term.
final class TermIterator: PassageIterator {
  private let cursor: PostingsCursor
  private let scoring: TermScoring
  private let lengths: LengthTable
  private var index = 0

  init(_ cursor: PostingsCursor, _ scoring: TermScoring, lengths: LengthTable) {
    self.cursor = cursor
    self.scoring = scoring
    self.lengths = lengths
  }

  override var cost: Int { Int(cursor.list.term.documentFrequency) }

  override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
    guard try cursor.seek(target, from: &index) else { return stand(at: PassageIterator.exhausted) }
    return stand(at: cursor.documents[index])
  }

  override func score() throws(IndexError) -> Double {
    Double(scoring.score(frequency: try cursor.frequencies()[index], length: lengths[passage]))
  }

  override func explain() throws(IndexError) -> [ScorePart] {
    let frequency = try cursor.frequencies()[index]
    return [scoring.part(frequency: frequency, length: lengths[passage])]
  }
}

extension PostingsCursor {
  /// Moves to the first posting whose passage is not before `target`; `index` is its place in the decoded block.
  ///
  /// - Returns: false where there is none.
  func seek(_ target: UInt32, from index: inout Int) throws(IndexError) -> Bool {
    if block < 0 || documents[count - 1] < target {
      let next = firstBlock(reaching: target, from: block < 0 ? 0 : block + 1)
      guard next < list.blockCount else { return false }
      try load(next)
      index = 0
      if documents[count - 1] < target { return false }
    }
    // Within a block of 128 the next posting is usually near.
    while documents[index] < target { index += 1 }
    return true
  }
}
