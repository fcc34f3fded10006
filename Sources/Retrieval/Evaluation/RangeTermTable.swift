import ByteStorage

/// The bounds of all ranges, and which terms of a query occur in each.
///
/// Frequent terms are looked up in every range. Those that are rare are linked with each other range by range while their bounds
/// are added up, so that a range costs as much as it has terms.
struct RangeTermTable {
  /// Upper bounds of the scores in all ranges, padded.
  let bounds: UnsafeMutablePointer<UInt16>
  /// The score that a bound of 1 stands for.
  let unit: Float
  private let frequent: UnsafeMutablePointer<UInt32>
  private var frequentCount = 0
  /// By term, as what follows.
  private let entries: UnsafeMutablePointer<UnsafePointer<RangeEntry>?>
  private let scales: UnsafeMutablePointer<UInt16>
  /// The first link of a rare term.
  private let firsts: UnsafeMutablePointer<UInt32>
  /// By range, the first link or 0.
  private let heads: UnsafeMutablePointer<UInt32>
  private let links: UnsafeMutablePointer<RangeLink>

  /// - Parameters:
  ///   - owner: no more than `RangeTerms.mostTerms`.
  ///   - memory: holds the table until it is reset.
  init(_ owner: RangeTerms, _ memory: ScratchMemory) {
    unit = owner.scaleBounds()
    let padded = RangeBounds.paddedCount(owner.rangeCount)
    bounds = memory.allocate(UInt16.self, padded)
    frequent = memory.allocate(UInt32.self, owner.count)
    entries = memory.allocate(UnsafePointer<RangeEntry>?.self, owner.count)
    scales = memory.allocate(UInt16.self, owner.count)
    firsts = memory.allocate(UInt32.self, owner.count)
    heads = memory.allocateZeros(UInt32.self, owner.rangeCount)
    var next: UInt32 = 1
    for term in 0..<owner.count {
      entries[term] = owner.terms[term].entries
      scales[term] = owner.terms[term].scale
      firsts[term] = next
      if let codes = owner.terms[term].codes {
        if frequentCount == 0 {
          ScoringKernels.startBounds(bounds, codes, weight: scales[term], count: padded)
        } else {
          ScoringKernels.addBounds(bounds, codes, weight: scales[term], count: padded)
        }
        frequent[frequentCount] = UInt32(truncatingIfNeeded: term)
        frequentCount += 1
      } else {
        next += UInt32(owner.terms[term].occupiedCount)
      }
    }
    if frequentCount == 0 { bounds.initialize(repeating: 0, count: padded) }
    links = memory.allocate(RangeLink.self, Int(next))
    for term in 0..<owner.count {
      guard owner.terms[term].codes == nil, let occupied = owner.terms[term].occupied else { continue }
      ScoringKernels.addFew(
        bounds, occupied, owner.terms[term].entries, count: owner.terms[term].occupiedCount, weight: scales[term],
        term: term, first: firsts[term], heads: heads, links: links)
    }
  }

  /// Takes the terms that occur in a range.
  ///
  /// - Parameters:
  ///   - next: the range that comes after this one, whose entries are fetched.
  ///   - found: gets the terms, with room for all.
  @inline(__always)
  func terms(inRange range: Int, next: Int, into found: FoundTerms) -> Int {
    ScoringKernels.terms(
      frequent: frequent, count: frequentCount, entries, scales: scales, firsts: firsts, heads: heads, links: links,
      inRange: range, next: next, bounds: found.bounds, parts: found.parts, terms: found.terms,
      postings: found.postings)
  }
}
