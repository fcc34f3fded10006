import ByteStorage

/// The codes, entries and scales of the terms of a query side by side, as the kernel wants them that takes the terms of a
/// range.
struct RangeTermTable {
  private let count: Int
  private let codes: UnsafeMutablePointer<UnsafePointer<UInt16>?>
  private let entries: UnsafeMutablePointer<UnsafePointer<RangeEntry>?>
  private let places: UnsafeMutablePointer<UnsafePointer<UInt32>?>
  private let scales: UnsafeMutablePointer<UInt16>

  /// - Parameters:
  ///   - owner: with scales.
  ///   - memory: holds the table until it is reset.
  init(_ owner: RangeTerms, _ memory: ScratchMemory) {
    count = owner.count
    codes = memory.allocate(UnsafePointer<UInt16>?.self, count)
    entries = memory.allocate(UnsafePointer<RangeEntry>?.self, count)
    places = memory.allocate(UnsafePointer<UInt32>?.self, count)
    scales = memory.allocate(UInt16.self, count)
    for term in 0..<count {
      codes[term] = owner.terms[term].spreadCodes(memory)
      entries[term] = owner.terms[term].entries
      places[term] = owner.terms[term].places
      scales[term] = owner.terms[term].scale
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
      codes, entries, places, scales: scales, count: count, inRange: range, next: next, bounds: found.bounds,
      parts: found.parts, terms: found.terms, postings: found.postings)
  }
}
