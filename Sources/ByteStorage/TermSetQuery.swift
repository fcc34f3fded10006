/// What the terms of a query are scored by, range by range, where their sets are kept. The kernels know it as `suo_set_query`.
package struct TermSetQuery: BitwiseCopyable {
  /// By term.
  package var sets: UnsafePointer<TermSet>
  /// By term, as `ScoringKernels.terms` writes them for the range that is looked at.
  package var postings: UnsafePointer<UInt64>
  /// Of all passages, little-endian, of `bytesPerLength` bytes.
  package var lengths: UnsafeRawPointer
  /// Norms by length where `bytesPerLength` is 1 or 2, by passage where it is 0.
  package var norms: UnsafePointer<Float>
  package var bytesPerLength: UInt32
  package var passageCount: UInt32

  package init(
    _ sets: UnsafePointer<TermSet>, postings: UnsafePointer<UInt64>, lengths: UnsafeRawPointer,
    norms: UnsafePointer<Float>, bytesPerLength: Int, passageCount: Int
  ) {
    self.sets = sets
    self.postings = postings
    self.lengths = lengths
    self.norms = norms
    self.bytesPerLength = UInt32(truncatingIfNeeded: bytesPerLength)
    self.passageCount = UInt32(truncatingIfNeeded: passageCount)
  }
}
