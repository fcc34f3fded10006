/// What the terms of a query are scored by, range by range, where their sets are kept. The kernels know it as `suo_set_query`.
package struct TermSetQuery: BitwiseCopyable {
  /// By term.
  package var sets: UnsafePointer<TermSet>
  /// By term, as `BoundedTerms` gives them for the range that is looked at.
  package var postings: UnsafePointer<UInt64>
  package var norms: NormSource

  package init(_ sets: UnsafePointer<TermSet>, postings: UnsafePointer<UInt64>, _ norms: NormSource) {
    self.sets = sets
    self.postings = postings
    self.norms = norms
  }
}
