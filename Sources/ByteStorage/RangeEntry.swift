/// What is known of a term in one range of 128 passages, side by side, so that it is fetched at once. The kernels know it as
/// `suo_range_entry`.
package struct RangeEntry: BitwiseCopyable {
  /// Eight bytes, of which each is the part, in 255ths, of the code that an eighth of the range reaches, or 0 where the term
  /// does not occur there.
  package var eighths: UInt64 = 0
  /// The first posting in the range.
  package var firstPosting: UInt32 = 0
  /// How many postings lie in the range; 0 where the term does not occur.
  package var count: UInt16 = 0
  /// The greatest score of weight 1 there, as a code; 0 where the term does not occur.
  package var code: UInt16 = 0

  package init() {}

  /// The postings in the range.
  @inline(__always)
  package var postings: Range<Int> { Int(firstPosting)..<Int(firstPosting) + Int(count) }
}
