import IndexFormat

/// Scores a bag of terms over windows of passages: each term adds its scores to the passages of the window, and then the
/// passages that any driver touched are offered.
///
/// In every passage the scores are added in the order of the terms, so the sums equal those of the iterators to the bit.
final class BagEvaluator {
  /// Passages in a window: scores and marks of one stay in the first-level cache.
  private static let windowSize = 4096
  private let drivers: [Term]
  private let boosters: [Term]
  private let scores: UnsafeMutablePointer<Double>
  private let marks: UnsafeMutablePointer<UInt64>
  private let scorer: BlockScorer

  /// A term with the place that it has been read to.
  private final class Term {
    let cursor: PostingsCursor
    let scoring: TermScoring
    var index = 0
    /// The next passage, or `PassageIterator.exhausted`.
    var next: UInt32 = 0

    init(_ cursor: PostingsCursor, _ scoring: TermScoring) throws(IndexError) {
      self.cursor = cursor
      self.scoring = scoring
      try cursor.load(0)
      next = cursor.documents[0]
    }
  }

  init(_ bag: TermBag, _ segment: Segment, _ index: Int, _ compiler: QueryCompiler) throws(IndexError) {
    func terms(_ terms: [TermBag.Term]) throws(IndexError) -> [Term] {
      var found: [Term] = []
      for term in terms {
        guard let (cursor, scoring) = try compiler.term(term, index) else { continue }
        found.append(try Term(cursor, scoring))
      }
      return found
    }
    scorer = BlockScorer(segment, compiler.norms)
    drivers = try terms(bag.drivers)
    boosters = try terms(bag.boosters)
    scores = .allocate(capacity: BagEvaluator.windowSize)
    scores.initialize(repeating: 0, count: BagEvaluator.windowSize)
    marks = .allocate(capacity: BagEvaluator.windowSize / 64)
    marks.initialize(repeating: 0, count: BagEvaluator.windowSize / 64)
  }

  deinit {
    scores.deallocate()
    marks.deallocate()
  }

  /// Offers every matching passage and returns how many there are.
  func evaluate(firstPassage: Int, into hits: inout TopHits) throws(IndexError) -> Int {
    var count = 0
    while let base = drivers.map(\.next).min(), base != PassageIterator.exhausted {
      let end = base + UInt32(BagEvaluator.windowSize)
      for term in drivers { try add(term, base: base, end: end, onlyMarked: false) }
      for term in boosters {
        if term.next < base { try skip(term, to: base) }
        try add(term, base: base, end: end, onlyMarked: true)
      }
      for word in 0..<(BagEvaluator.windowSize / 64) where marks[word] != 0 {
        var bits = marks[word]
        count += bits.nonzeroBitCount
        while bits != 0 {
          let offset = word * 64 + bits.trailingZeroBitCount
          bits &= bits - 1
          let score = Float(scores[offset])
          if score > hits.threshold {
            hits.offer(ScoredPassage(passage: firstPassage + Int(base) + offset, score: score))
          }
        }
        marks[word] = 0
      }
      scores.update(repeating: 0, count: BagEvaluator.windowSize)
    }
    return count
  }

  /// Adds a term's scores in a window, block by block.
  private func add(_ term: Term, base: UInt32, end: UInt32, onlyMarked: Bool) throws(IndexError) {
    while term.next < end {
      let documents = term.cursor.documents
      let count = term.cursor.count
      let first = term.index
      let last =
        documents[count - 1] < end ? count : WindowTerm.firstIndex(in: documents, count, reaching: end)
      let here = documents + first
      let contributions = scorer.score(
        here, try term.cursor.frequencies() + first, count: last - first, weight: term.scoring.weight)
      for index in 0..<(last - first) {
        let offset = Int(here[index] &- base)
        let bit: UInt64 = 1 << UInt64(offset & 63)
        if onlyMarked && marks[offset >> 6] & bit == 0 { continue }
        scores[offset] += Double(contributions[index])
        marks[offset >> 6] |= bit
      }
      term.index = last
      if last < count {
        term.next = documents[last]
      } else if term.cursor.block + 1 < term.cursor.list.blockCount {
        try term.cursor.load(term.cursor.block + 1)
        term.index = 0
        term.next = term.cursor.documents[0]
      } else {
        term.next = PassageIterator.exhausted
      }
    }
  }

  private func skip(_ term: Term, to target: UInt32) throws(IndexError) {
    let found = try term.cursor.seek(target, from: &term.index)
    term.next = found ? term.cursor.documents[term.index] : PassageIterator.exhausted
  }
}
