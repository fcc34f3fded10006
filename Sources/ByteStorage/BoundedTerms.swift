private import CKernels

/// The terms of a query with their bounds by range. The kernels know it as `suo_bounded_terms`.
package struct BoundedTerms: BitwiseCopyable {
  /// Of the frequent terms, by place among them: by range, a byte for each eighth with the greatest score of weight 1 there, in 255ths
  /// rounded up, or 0 where the term does not occur.
  package var peaks: UnsafePointer<UnsafePointer<UInt64>?>
  /// The numbers of the frequent terms.
  package var frequent: UnsafePointer<UInt32>
  /// Of the frequent terms, what makes a bound of a score, as a number of 65,536ths.
  package var frequentScales: UnsafePointer<UInt16>
  /// By term, what is known of the ranges: of all for a frequent term, else of those where it occurs.
  package var entries: UnsafePointer<UnsafePointer<RangeEntry>?>
  /// By term, as `frequentScales`.
  package var scales: UnsafePointer<UInt16>
  /// By term that is not frequent, the number of its first link.
  package var firsts: UnsafePointer<UInt32>
  /// By range, the first link or 0; as `ScoringKernels.addFew` writes them.
  package var heads: UnsafePointer<UInt32>
  package var links: UnsafePointer<RangeLink>
  /// How many terms are frequent.
  package var frequentCount: UInt32
  package var count: UInt32

  package init(
    peaks: UnsafePointer<UnsafePointer<UInt64>?>, frequent: UnsafePointer<UInt32>,
    frequentScales: UnsafePointer<UInt16>, entries: UnsafePointer<UnsafePointer<RangeEntry>?>,
    scales: UnsafePointer<UInt16>, firsts: UnsafePointer<UInt32>, heads: UnsafePointer<UInt32>,
    links: UnsafePointer<RangeLink>, frequentCount: Int, count: Int
  ) {
    self.peaks = peaks
    self.frequent = frequent
    self.frequentScales = frequentScales
    self.entries = entries
    self.scales = scales
    self.firsts = firsts
    self.heads = heads
    self.links = links
    self.frequentCount = UInt32(frequentCount)
    self.count = UInt32(count)
  }
}

extension UnsafePointer where Pointee == BoundedTerms {
  /// Keeps of some ranges those in which some eighth may hold a passage of at least `least`, and returns how many those are.
  ///
  /// - Parameters:
  ///   - sets: by term, fetched for `keepReaching`.
  ///   - live: gets these eighths of each, as bits.
  @inline(__always)
  package func keepLive(
    _ ranges: UnsafeMutablePointer<UInt32>, count: Int, reaching least: UInt16, _ sets: UnsafePointer<TermSet>,
    into live: UnsafeMutablePointer<UInt8>
  ) -> Int {
    withMemoryRebound(to: suo_bounded_terms.self, capacity: 1) { terms in
      sets.withMemoryRebound(to: suo_set.self, capacity: 1) { sets in
        Int(suo_live_ranges(terms, sets, ranges, UInt32(truncatingIfNeeded: count), least, live))
      }
    }
  }

  /// Takes from the passages of a range that are alive those whose own terms have bounds that do not add up to `least`.
  ///
  /// - Parameters:
  ///   - sets: by term; any passage may hold a term whose set is not kept.
  ///   - alive: two words of bits.
  @inline(__always)
  package func keepReaching(
    _ least: UInt16, inRange range: Int, _ sets: UnsafePointer<TermSet>, alive: UnsafeMutablePointer<UInt64>
  ) {
    withMemoryRebound(to: suo_bounded_terms.self, capacity: 1) { terms in
      sets.withMemoryRebound(to: suo_set.self, capacity: 1) { sets in
        suo_keep_reaching(terms, sets, UInt32(truncatingIfNeeded: range), least, alive)
      }
    }
  }

  /// Takes the terms that occur in the live eighths of a range.
  ///
  /// - Parameters:
  ///   - active: gets for each the greatest of its bounds there, above 32 bits with its number; with room for all terms.
  ///   - postings: gets by number the first posting of the range, above 32 bits how many there are, and above 48 the code.
  /// - Returns: how many there are.
  @inline(__always)
  package func activeTerms(
    inRange range: Int, live: UInt32, into active: UnsafeMutablePointer<UInt64>,
    postings: UnsafeMutablePointer<UInt64>
  ) -> Int {
    withMemoryRebound(to: suo_bounded_terms.self, capacity: 1) {
      Int(suo_active_terms($0, UInt32(truncatingIfNeeded: range), live, active, postings))
    }
  }
}
