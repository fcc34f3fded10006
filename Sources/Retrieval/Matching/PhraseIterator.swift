import IndexFormat

/// Walks through the passages in which several terms stand at fixed distances.
final class PhraseIterator: PassageIterator {
  private let matcher: PhraseMatcher
  private let scoring: TermScoring
  private let lengths: LengthTable
  /// How often the phrase stands in the current passage.
  private(set) var frequency: UInt32 = 0

  /// - Parameter limit: positions from here on do not count.
  init(
    _ parts: [PhraseMatcher.Part], below limit: UInt32 = .max, _ scoring: TermScoring, lengths: LengthTable
  ) {
    matcher = PhraseMatcher(parts, below: limit)
    self.scoring = scoring
    self.lengths = lengths
  }

  override var cost: Int { Int(matcher.parts[matcher.order[0]].postings.list.term.documentFrequency) }

  override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
    var target = target
    search: while true {
      for part in matcher.order {
        let postings = matcher.parts[part].postings
        guard try postings.seek(target, from: &matcher.places[part]) else {
          return stand(at: PassageIterator.exhausted)
        }
        let found = postings.documents[matcher.places[part]]
        if found > target {
          target = found
          continue search
        }
      }
      frequency = try matcher.countOccurrences()
      if frequency > 0 { return stand(at: target) }
      target += 1
    }
  }

  override func score() throws(IndexError) -> Double {
    Double(scoring.score(frequency: frequency, length: lengths[passage]))
  }

  override func explain() throws(IndexError) -> [ScorePart] {
    [scoring.part(frequency: frequency, length: lengths[passage])]
  }
}
