import ByteStorage

/// The ranges of a segment in which passages hold all of several terms, and which passages do.
struct CommonRanges {
  /// Ascending; `count` of them.
  let ranges: UnsafeMutablePointer<UInt32>
  /// By the place of the range among `ranges`; none is empty.
  let masks: UnsafeMutablePointer<PassageMask>
  private(set) var count = 0

  /// - Parameters:
  ///   - terms: `termCount` of them, at least one.
  ///   - memory: holds what is found until it is reset.
  init(_ terms: UnsafePointer<RequiredTerm>, _ termCount: Int, rangeCount: Int, _ memory: ScratchMemory) {
    let words = RangeMasks.wordCount(rangeCount)
    // The ranges in which all terms occur that occur in few.
    let occupied = memory.allocate(UInt64.self, words)
    var isSparse = false
    for term in 0..<termCount {
      guard let occupancy = terms[term].postings.occupancy else { continue }
      if isSparse {
        for word in 0..<words { occupied[word] &= occupancy.words[word] }
      } else {
        occupied.update(from: occupancy.words, count: words)
      }
      isSparse = true
    }
    // One more than there can be is written and not counted.
    ranges = memory.allocate(UInt32.self, rangeCount + 1)
    masks = memory.allocate(PassageMask.self, rangeCount + 1)
    if isSparse {
      for word in 0..<words { append(occupied[word], 64 * word, terms, termCount) }
    } else {
      let sets = memory.allocate(UnsafePointer<UInt64>?.self, termCount)
      for term in 0..<termCount { sets[term] = PassageMask.words(terms[term].postings.masks) }
      count = MaskKernels.common(
        sets, sets: termCount, count: rangeCount, ranges: ranges,
        into: UnsafeMutablePointer(mutating: PassageMask.words(masks)))
    }
  }

  /// How many passages hold all terms.
  var passageCount: Int {
    var sum = 0
    for place in 0..<count { sum += masks[place].count }
    return sum
  }

  /// Appends those of 64 ranges, given as bits, in which passages hold all terms.
  @inline(__always)
  private mutating func append(_ occupied: UInt64, _ first: Int, _ terms: UnsafePointer<RequiredTerm>, _ termCount: Int)
  {
    var bits = occupied
    while bits != 0 {
      let range = first + bits.trailingZeroBitCount
      bits &= bits &- 1
      var mask = terms[0].postings.mask(ofRange: range)
      for term in 1..<max(termCount, 1) { mask.formIntersection(terms[term].postings.mask(ofRange: range)) }
      ranges[count] = UInt32(truncatingIfNeeded: range)
      masks[count] = mask
      // Written always and counted where it is not empty, so that there is no branch to be guessed wrong.
      count += mask.isEmpty ? 0 : 1
    }
  }
}
