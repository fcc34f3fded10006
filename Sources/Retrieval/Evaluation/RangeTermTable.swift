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
  /// What the kernels look at.
  let terms: UnsafePointer<BoundedTerms>

  /// - Parameters:
  ///   - owner: no more than `RangeTerms.mostTerms`.
  ///   - memory: holds the table until it is reset.
  init(_ owner: RangeTerms, _ memory: ScratchMemory) {
    unit = owner.scaleBounds()
    let padded = RangeBounds.paddedCount(owner.rangeCount)
    bounds = memory.allocate(UInt16.self, padded)
    let frequent = memory.allocate(UInt32.self, owner.count)
    let frequentScales = memory.allocate(UInt16.self, owner.count)
    let peaks = memory.allocate(UnsafePointer<UInt64>?.self, owner.count)
    let entries = memory.allocate(UnsafePointer<RangeEntry>?.self, owner.count)
    let scales = memory.allocate(UInt16.self, owner.count)
    let firsts = memory.allocate(UInt32.self, owner.count)
    let heads = memory.allocateZeros(UInt32.self, owner.rangeCount)
    var frequentCount = 0
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
        frequentScales[frequentCount] = scales[term]
        peaks[frequentCount] = owner.terms[term].peaks
        frequentCount += 1
      } else {
        next += UInt32(owner.terms[term].occupiedCount)
      }
    }
    if frequentCount == 0 { bounds.initialize(repeating: 0, count: padded) }
    let links = memory.allocate(RangeLink.self, Int(next))
    for term in 0..<owner.count {
      guard owner.terms[term].codes == nil, let occupied = owner.terms[term].occupied else { continue }
      ScoringKernels.addFew(
        bounds, occupied, owner.terms[term].entries, count: owner.terms[term].occupiedCount, weight: scales[term],
        term: term, first: firsts[term], heads: heads, links: links)
    }
    let terms = memory.allocate(BoundedTerms.self, 1)
    terms.initialize(
      to: BoundedTerms(
        peaks: peaks, frequent: frequent, frequentScales: frequentScales, entries: entries, scales: scales,
        firsts: firsts, heads: heads, links: links, frequentCount: frequentCount, count: owner.count))
    self.terms = UnsafePointer(terms)
  }
}
