import ByteStorage

/// Asks for what the terms of a query will be read from before it is read, for all terms at once, so that the time to fetch it
/// passes once and not for every term.
struct PostingsFetcher {
  private let count: Int
  /// The entries of the terms that have one for every range.
  private let entries: UnsafeMutablePointer<UnsafePointer<RangeEntry>?>
  private let ends: UnsafeMutablePointer<UnsafeRawPointer?>
  private let payloads: UnsafeMutablePointer<UnsafeRawPointer?>

  /// - Parameter memory: holds what is kept until it is reset.
  init(_ owner: RangeTerms, _ memory: ScratchMemory) {
    count = owner.count
    entries = memory.allocate(UnsafePointer<RangeEntry>?.self, count)
    ends = memory.allocate(UnsafeRawPointer?.self, count)
    payloads = memory.allocate(UnsafeRawPointer?.self, count)
    for term in 0..<count {
      entries[term] = owner.terms[term].isSparse ? nil : owner.terms[term].entries
      ends[term] = owner.terms[term].blocks.ends
      payloads[term] = owner.terms[term].blocks.payload
    }
  }

  /// Fetches the entries of a range.
  @inline(__always)
  func fetchEntries(ofRange range: Int) { ScoringKernels.fetchEntries(entries, count: count, range: range) }

  /// Fetches the blocks in which the postings of live terms begin.
  ///
  /// - Parameters:
  ///   - live: the terms, each in the lower half of a number.
  ///   - postings: of each term, the first one in the lower half of a number.
  @inline(__always)
  func fetchBlocks(_ live: UnsafePointer<UInt64>, count: Int, _ postings: UnsafePointer<UInt64>) {
    ScoringKernels.fetchBlocks(live, count: count, postings, ends: ends, payloads: payloads)
  }
}
