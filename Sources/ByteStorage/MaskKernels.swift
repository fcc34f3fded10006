private import CKernels

/// The inner loops over sets of passages, a bit for each of a range of 128 in two words, and over positions in them, that are
/// written in C.
package enum MaskKernels {
  /// Finds the ranges in which several sets have passages in common, and these passages.
  ///
  /// - Parameters:
  ///   - masks: of each set, by range: `2 * count` words.
  ///   - ranges: gets the ranges, ascending, and `output` two words for each; with room for one more than `count`.
  /// - Returns: how many ranges there are.
  package static func common(
    _ masks: UnsafePointer<UnsafePointer<UInt64>?>, sets: Int, count: Int, ranges: UnsafeMutablePointer<UInt32>,
    into output: UnsafeMutablePointer<UInt64>
  ) -> Int {
    Int(suo_common_masks(masks, UInt32(sets), UInt32(count), ranges, output))
  }

  /// How many passages are in any of several sets, or among others.
  ///
  /// - Parameter words: of each set and of the others.
  package static func countAny(
    _ masks: UnsafePointer<UnsafePointer<UInt64>?>, sets: Int, others: UnsafePointer<UInt64>, words: Int
  ) -> Int {
    Int(suo_count_any(masks, UInt32(sets), others, UInt32(words)))
  }

  /// Writes for each passage of `chosen`, all of which are in `mask`, `first` and how many of `mask` are before it.
  @inline(__always)
  package static func ranks(
    of chosen: UnsafePointer<UInt64>, in mask: UnsafePointer<UInt64>, first: UInt32,
    into output: UnsafeMutablePointer<UInt32>
  ) {
    suo_ranks(mask, chosen, first, output)
  }

  /// How many positions of a term have one of another term at a distance from them.
  ///
  /// - Parameters:
  ///   - lead: ascending, as `other` is.
  ///   - other: readable up to the next multiple of `positionsAtATime`.
  @inline(__always)
  package static func pairs(
    _ lead: UnsafeBufferPointer<UInt16>, _ other: UnsafeBufferPointer<UInt16>, distance: Int
  ) -> UInt32 {
    suo_pairs(
      lead.baseAddress, UInt32(truncatingIfNeeded: lead.count), other.baseAddress,
      UInt32(truncatingIfNeeded: other.count), Int32(truncatingIfNeeded: distance))
  }

  /// How many positions `pairs` reads at once.
  package static let positionsAtATime = 16
}
