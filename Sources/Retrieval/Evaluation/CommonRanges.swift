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
    var sparse = 0
    let words = RangeMasks.wordCount(rangeCount)
    // The ranges in which all sparse terms occur; there may be one more than there are ranges, which is not kept.
    let occupied = memory.allocate(UInt64.self, words)
    for term in 0..<termCount {
      guard let occupancy = terms[term].postings.occupancy else { continue }
      if sparse == 0 {
        occupied.update(from: occupancy.words, count: words)
      } else {
        for word in 0..<words { occupied[word] &= occupancy.words[word] }
      }
      sparse += 1
    }
    guard sparse > 0 else {
      ranges = memory.allocate(UInt32.self, rangeCount + 1)
      masks = memory.allocate(PassageMask.self, rangeCount + 1)
      for range in 0..<rangeCount {
        var mask = terms[0].postings.masks[range]
        for term in 1..<max(termCount, 1) { mask.formIntersection(terms[term].postings.masks[range]) }
        append(range, mask)
      }
      return
    }
    var most = 0
    for word in 0..<words { most += occupied[word].nonzeroBitCount }
    ranges = memory.allocate(UInt32.self, most + 1)
    masks = memory.allocate(PassageMask.self, most + 1)
    for word in 0..<words {
      var bits = occupied[word]
      while bits != 0 {
        let range = 64 * word + bits.trailingZeroBitCount
        bits &= bits &- 1
        var mask = terms[0].postings.masks[terms[0].postings.place(ofRange: range)]
        for term in 1..<max(termCount, 1) {
          mask.formIntersection(terms[term].postings.masks[terms[term].postings.place(ofRange: range)])
        }
        append(range, mask)
      }
    }
  }

  /// How many passages hold all terms.
  var passageCount: Int {
    var sum = 0
    for place in 0..<count { sum += masks[place].count }
    return sum
  }

  /// Written always and counted where it is not empty, so that there is no branch to be guessed wrong.
  @inline(__always)
  private mutating func append(_ range: Int, _ mask: PassageMask) {
    ranges[count] = UInt32(truncatingIfNeeded: range)
    masks[count] = mask
    count += mask.isEmpty ? 0 : 1
  }
}
