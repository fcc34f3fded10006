private import CKernels

/// The inner loops over the sets of passages that hold terms, sixteen passages at a time, that are written in C.
package enum SetKernels {
  /// Adds the scores of terms to the sums of those passages of a range that are alive, the strongest first, and takes from these
  /// who cannot reach `threshold` any more, where that is above 0.
  ///
  /// - Parameters:
  ///   - active: of each term what it can add, times `scale`, above 32 bits with its number; brought into an order.
  ///   - sums: by place in the range; what is not alive afterwards means nothing.
  ///   - alive: two words of bits.
  @inline(__always)
  package static func score(
    _ query: UnsafePointer<TermSetQuery>, _ active: UnsafeMutablePointer<UInt64>, count: Int, inRange range: Int,
    reaching threshold: Float, scale: Float, to sums: UnsafeMutablePointer<Double>,
    alive: UnsafeMutablePointer<UInt64>
  ) {
    query.withMemoryRebound(to: suo_set_query.self, capacity: 1) { query in
      suo_score_sets(
        query, active, UInt32(truncatingIfNeeded: count), UInt32(truncatingIfNeeded: range), threshold, scale, sums,
        alive)
    }
  }

  /// Fetches what live terms are read from in a range, all at once: the set of passages that hold a term, where it is kept, or
  /// the block in which its postings begin there.
  ///
  /// - Parameters:
  ///   - live: with their postings as `BoundedTerms` gives them.
  ///   - ends: of each term, where its blocks of 128 postings end, UInt32 each, among the bytes at `payloads`.
  @inline(__always)
  package static func fetch(
    _ live: UnsafePointer<UInt64>, count: Int, _ postings: UnsafePointer<UInt64>, inRange range: Int,
    sets: UnsafePointer<TermSet>, ends: UnsafePointer<UnsafeRawPointer?>, payloads: UnsafePointer<UnsafeRawPointer?>
  ) {
    sets.withMemoryRebound(to: suo_set.self, capacity: 1) { sets in
      suo_fetch_postings(
        live, UInt32(truncatingIfNeeded: count), postings, UInt32(truncatingIfNeeded: range), sets, ends, payloads)
    }
  }

  /// How many frequencies are read at once.
  package static let frequenciesAtATime = 16
}
