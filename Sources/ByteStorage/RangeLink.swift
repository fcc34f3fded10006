/// One of the rare terms that occur in a range, and where the next one is. The kernels know it as `suo_range_link`.
package struct RangeLink: BitwiseCopyable {
  /// The number of the next link, or 0.
  package var next: UInt32
  /// The number of the term in the query.
  package var term: UInt32
}
