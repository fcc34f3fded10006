import ByteStorage

/// Asks for what the terms of a query will be read from before it is read, for all terms at once, so that the time to fetch it
/// passes once and not for every term.
struct PostingsFetcher {
  private let ends: UnsafeMutablePointer<UnsafeRawPointer?>
  private let payloads: UnsafeMutablePointer<UnsafeRawPointer?>
  private let sets: UnsafePointer<TermSet>
  private let norms: NormSource

  /// - Parameters:
  ///   - sets: by term, the set of passages that hold it, where it is read from that and not from blocks.
  ///   - memory: holds what is kept until it is reset.
  init(_ owner: RangeTerms, sets: UnsafePointer<TermSet>, _ memory: ScratchMemory) {
    self.sets = sets
    norms = owner.norms
    ends = memory.allocate(UnsafeRawPointer?.self, owner.count)
    payloads = memory.allocate(UnsafeRawPointer?.self, owner.count)
    for term in 0..<owner.count {
      ends[term] = owner.terms[term].blocks.ends
      payloads[term] = owner.terms[term].blocks.payload
    }
  }

  /// Fetches the lengths of the passages of a range.
  @inline(__always)
  func fetchLengths(_ range: Int) {
    let size = Int(norms.bytesPerLength) * RangeBounds.rangeSize
    Prefetch.bytes(norms.lengths + range * size, count: size)
  }

  /// Fetches the blocks in which the postings of live terms begin, or their sets.
  ///
  /// - Parameters:
  ///   - live: the terms, each in the lower half of a number.
  ///   - postings: of each term, the first one in the lower half of a number.
  @inline(__always)
  func fetch(_ live: UnsafePointer<UInt64>, count: Int, _ postings: UnsafePointer<UInt64>, _ range: Int) {
    SetKernels.fetch(
      live, count: count, postings, inRange: range, sets: sets, ends: ends, payloads: payloads)
  }
}
