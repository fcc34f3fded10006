import ByteStorage

/// A term that every match holds, as ranges are looked at: through bare pointers, which `RangeTerms` keeps valid.
struct RequiredTerm {
  let postings: RangeMasks.View
  let entries: UnsafePointer<RangeEntry>
  let weight: Float
  /// By place among the candidates of the range that is looked at, their postings.
  let chosen: UnsafeMutablePointer<UInt32>

  init(_ postings: RangeMasks.View, _ term: RangeTerm, _ memory: ScratchMemory) {
    self.postings = postings
    chosen = memory.allocate(UInt32.self, RangeBounds.rangeSize)
    entries = term.entries
    weight = term.weight
  }

  /// What is known of a range in which the term occurs.
  @inline(__always)
  func entry(_ range: Int) -> RangeEntry { entries[postings.place(ofRange: range)] }

  /// Finds the postings of candidates in a range, all of which hold the term.
  @inline(__always)
  func choose(_ candidates: UnsafePointer<PassageMask>, _ range: Int) {
    let place = postings.place(ofRange: range)
    MaskKernels.ranks(
      of: PassageMask.words(candidates), in: PassageMask.words(postings.masks + place),
      first: entries[place].firstPosting, into: chosen)
  }
}
