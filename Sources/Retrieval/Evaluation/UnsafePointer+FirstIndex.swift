extension UnsafePointer<UInt32> {
  /// The index of the first of ascending numbers that is not below `least`, among those with the given indices, or where these
  /// end.
  @inline(__always)
  func firstIndex(in indices: Range<Int>, reaching least: UInt32) -> Int {
    var low = indices.lowerBound
    var length = indices.count
    // Without a branch that the processor could guess wrong.
    while length > 1 {
      let half = length / 2
      low += self[low + half - 1] < least ? half : 0
      length -= half
    }
    return low + (length == 1 && self[low] < least ? 1 : 0)
  }
}
