import ByteStorage
import IndexFormat

/// The sums of the scores of the passages in one range, in memory that lasts as long as the query.
///
/// Scores are floats and their sums doubles, which have room for every bit: in whatever order they are added, the sum is
/// the same.
struct RangeSums {
  /// By place in the range; −0 where nothing has been added.
  let values: UnsafeMutablePointer<Double>
  private let owner: RangeTerms
  private let terms: UnsafeMutablePointer<RangeTerm>
  private let scorer: PostingsScorer

  /// Fewer postings outside a window are scored with those inside.
  private static let leastToLeaveOut = 20
  /// To add the scores of single passages costs as much as to add those of so many postings each.
  private static let postingsPerLookup = 3

  init(_ owner: RangeTerms, _ memory: ScratchMemory) {
    self.owner = owner
    terms = owner.terms
    scorer = owner.scorer
    values = memory.allocate(Double.self, RangeBounds.rangeSize)
    values.initialize(repeating: -0.0, count: RangeBounds.rangeSize)
  }

  /// Adds the scores of a term in a part of the range that begins at `base`, at least to those passages there that can still be
  /// hits.
  func add(
    _ term: Int, _ postings: Range<Int>, _ base: UInt32, _ window: Range<Int>, _ alive: PassageMask
  ) throws(RetrievalError) {
    var first = postings.lowerBound
    while first < postings.upperBound {
      guard let all = terms[term].load(first, postings.upperBound, frequencies: false) else {
        throw .index(owner.damaged(term))
      }
      first += all.count
      // What lies outside the window does no harm; to find where the window begins and ends costs more than a few postings.
      let outside = all.count * (RangeBounds.rangeSize - window.count) / RangeBounds.rangeSize
      let stretch = outside < RangeSums.leastToLeaveOut ? all : terms[term].narrow(all, to: window, base)
      guard !stretch.isEmpty else { continue }
      if alive.count * RangeSums.postingsPerLookup < stretch.count {
        try addFew(term, stretch, base, alive)
      } else {
        guard terms[term].blocks.decodeFrequencies() else { throw .index(owner.damaged(term)) }
        scorer.accumulate(
          terms[term].blocks.documents + stretch.lowerBound, terms[term].blocks.frequencies + stretch.lowerBound,
          count: stretch.count, weight: terms[term].weight, base: base, to: values)
      }
    }
  }

  /// Adds the scores of a stretch of a decoded block to single passages.
  private func addFew(
    _ term: Int, _ stretch: Range<Int>, _ base: UInt32, _ alive: PassageMask
  ) throws(RetrievalError) {
    var here = PassageMask()
    here.insert(terms[term].blocks.documents, stretch, base)
    var both = alive
    both.formIntersection(here)
    if both.isEmpty { return }
    guard terms[term].blocks.decodeFrequencies() else { throw .index(owner.damaged(term)) }
    both.forEach { offset in
      let frequency = terms[term].blocks.frequencies[stretch.lowerBound + here.rank(offset)]
      values[offset] += Double(
        scorer.score(base + UInt32(offset), frequency: frequency, weight: terms[term].weight))
    }
  }

  /// The passages of a part of the range that have been added to and whose sums reach `least`.
  @inline(__always)
  func reaching(_ least: Float, _ window: Range<Int>) -> PassageMask {
    PassageMask(ScoringKernels.reaching(values, in: window, Double(least)))
  }

  /// Begins anew.
  @inline(__always)
  func clear() { values.update(repeating: -0.0, count: RangeBounds.rangeSize) }
}
