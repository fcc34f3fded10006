import IndexFormat
import TextAnalysis

/// What the best hits of one segment gain by holding many of the query's words, and by holding them near each other.
///
/// Both are sums of weights of words times what `EvidenceWeights` says. Nothing is read but postings and positions.
struct PassageEvidence {
  /// What a passage gains.
  struct Gain: Sendable, Hashable, BitwiseCopyable {
    /// By the words of its best stretch of `WordWindow.length` units, beyond the heaviest word that it has anyway.
    var proximity: Float = 0
    /// By all words that it holds.
    var coverage: Float = 0
    /// How much each of them counts.
    var weights: EvidenceWeights

    var sum: Float { proximity + coverage }
  }

  /// The gains of the passages, on the scale of BM25, in their order.
  private(set) var gains: [Gain]

  private let segment: Segment
  /// The passages with their places in `gains`, ascending.
  private let passages: [(passage: UInt32, place: Int)]
  /// By place.
  private var occurrences: [[WordWindow.Occurrence]]

  /// - Parameters:
  ///   - passages: ordinals in the segment.
  ///   - index: of the segment.
  init(
    _ words: WeightedWords, of passages: [Int], _ forms: WordForms, _ reader: IndexReader, _ index: Int,
    weights: EvidenceWeights
  ) throws(IndexError) {
    segment = reader.segments[index]
    self.passages = passages.enumerated().map { (UInt32($0.element), $0.offset) }.sorted { $0.passage < $1.passage }
    gains = Array(repeating: Gain(weights: weights), count: passages.count)
    occurrences = Array(repeating: [], count: passages.count)
    var held = [Double](repeating: 0, count: passages.count)
    var termWeights: [Double] = []
    for word in words.terms {
      guard let list = word.known.lists[index] else { continue }
      let weight = Double(word.queryWeight * word.rarity)
      let hasPositions = weights.proximity > 0 && list.term.isPositional
      if hasPositions || weights.coverage > 0 {
        try add(list, termWeights.count, readsPositions: hasPositions) { held[$0] += weight }
      }
      let isStem = word.known.key.first == TokenKind.stem.rawValue
      if weights.proximity > 0 && isStem && !list.term.isPositional {
        for form in try forms.lists(of: word.known.key)[index] {
          try add(form, termWeights.count, readsPositions: true) { _ in }
        }
      }
      termWeights.append(weight)
    }
    for place in gains.indices {
      gains[place].coverage = weights.coverage * Float(held[place])
      gains[place].proximity = weights.proximity * Float(WordWindow.gain(&occurrences[place], weights: termWeights))
    }
  }

  /// Notes in which of the passages a list is, and where.
  private mutating func add(
    _ list: PostingsList, _ term: Int, readsPositions: Bool, _ note: (_ place: Int) -> Void
  ) throws(IndexError) {
    let postings = segment.cursor(over: list)
    let positions = readsPositions ? try segment.positions(beside: postings) : nil
    var posting = 0
    for (passage, place) in passages {
      guard try postings.seek(passage, from: &posting) else { return }
      guard postings.documents[posting] == passage else { continue }
      note(place)
      guard let positions else { continue }
      for position in try positions.positions(ofPosting: posting) where position < HeadingPositions.first {
        occurrences[place].append(WordWindow.Occurrence(position: position, term: term))
      }
    }
  }
}
