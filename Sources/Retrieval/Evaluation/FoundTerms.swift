/// The terms that occur in the range that is looked at, in memory that lasts as long as the query.
struct FoundTerms {
  /// Their bounds, in the units of the query.
  let bounds: UnsafeMutablePointer<UInt16>
  /// What parts of their bounds the eighths reach; see `RangeEntry.eighths`.
  let parts: UnsafeMutablePointer<UInt64>
  /// Their numbers in the query.
  let terms: UnsafeMutablePointer<UInt32>
  /// By number in the query: the first posting in the range, above 32 bits how many there are, and above 48 the code, as
  /// `RangeEntry` holds them.
  let postings: UnsafeMutablePointer<UInt64>

  /// - Parameter count: terms of the query.
  init(count: Int, _ memory: ScratchMemory) {
    bounds = memory.allocate(UInt16.self, count)
    parts = memory.allocate(UInt64.self, count)
    terms = memory.allocate(UInt32.self, count)
    postings = memory.allocate(UInt64.self, count)
  }

  /// The postings in the range of a term that occurs there.
  @inline(__always)
  func postings(_ term: Int) -> Range<Int> {
    let first = Int(truncatingIfNeeded: postings[term] & 0xFFFF_FFFF)
    return first..<first &+ Int(truncatingIfNeeded: postings[term] >> 32 & 0xFFFF)
  }
}
