import ByteStorage

/// A term that every match holds, as ranges are looked at: through bare pointers, which `RangeTerms` keeps valid.
struct RequiredTerm {
  let postings: RangeMasks.View
  let entries: UnsafePointer<RangeEntry>
  let weight: Float
  /// In the current range: which passages hold the term, and the posting of the first of them.
  private(set) var mask = PassageMask()
  private(set) var firstPosting = 0

  init(_ postings: RangeMasks.View, _ term: RangeTerm) {
    self.postings = postings
    entries = term.entries
    weight = term.weight
  }

  /// What is known of a range in which the term occurs.
  @inline(__always)
  func entry(_ range: Int) -> RangeEntry { entries[postings.place(ofRange: range)] }

  /// Goes to a range in which the term occurs.
  @inline(__always)
  mutating func enter(_ range: Int) {
    let place = postings.place(ofRange: range)
    mask = postings.masks[place]
    firstPosting = Int(entries[place].firstPosting)
  }

  /// The posting of a passage of the current range that holds the term, by its distance from the range's first.
  @inline(__always)
  func posting(_ offset: Int) -> Int { firstPosting + mask.rank(offset) }
}
