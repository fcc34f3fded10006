import ByteStorage
import IndexFormat

/// Counts the passages that hold any of several terms.
struct UnionCounter {
  private let owner: RangeTerms
  private let terms: UnsafeMutablePointer<RangeTerm>
  private let masks: UnsafePointer<RangeMasks.View?>
  private let memory: ScratchMemory

  /// Passages that are marked at a time, a byte each: they stay in the first-level cache.
  private static let windowSize = 1 << 14

  /// - Parameter masks: by term, which passages hold it, where that is kept; only drivers are asked for.
  init(_ owner: RangeTerms, masks: UnsafePointer<RangeMasks.View?>, _ memory: ScratchMemory) {
    self.owner = owner
    self.masks = masks
    self.memory = memory
    terms = owner.terms
  }

  /// How many passages below `passageCount` hold a term that is a driver.
  func count(passageCount: Int) throws(RetrievalError) -> Int {
    for term in 0..<owner.count where terms[term].isDriver && masks[term] == nil {
      return try countDecoding(passageCount: passageCount)
    }
    return countKept()
  }

  /// Counts in the sets of passages that are kept.
  private func countKept() -> Int {
    let sets = memory.allocate(UnsafePointer<UInt64>?.self, owner.count)
    let rare = memory.allocate(PassageMask.self, owner.rangeCount)
    rare.initialize(repeating: PassageMask(), count: owner.rangeCount)
    var frequent = 0
    for term in 0..<owner.count where terms[term].isDriver {
      guard let kept = masks[term] else { continue }
      guard let occupied = terms[term].occupied else {
        sets[frequent] = PassageMask.words(kept.masks)
        frequent += 1
        continue
      }
      for place in 0..<terms[term].occupiedCount { rare[Int(occupied[place])].formUnion(kept.masks[place]) }
    }
    return MaskKernels.countAny(sets, sets: frequent, others: PassageMask.words(rare), words: 2 * owner.rangeCount)
  }

  private func countDecoding(passageCount: Int) throws(RetrievalError) -> Int {
    let size = min(UnionCounter.windowSize, (passageCount + 63) / 64 * 64)
    let marks = memory.allocateZeros(UInt8.self, size)
    // For each term the block and the place in it that come next.
    let blocks = memory.allocateZeros(Int.self, owner.count)
    let places = memory.allocateZeros(Int.self, owner.count)
    var count = 0
    var base = 0
    while base < passageCount {
      let end = UInt32(truncatingIfNeeded: base + size)
      for term in 0..<owner.count where terms[term].isDriver {
        while blocks[term] < terms[term].blocks.blockCount {
          guard terms[term].blocks.load(blocks[term]) else { throw .index(owner.damaged(term)) }
          let documents = terms[term].blocks.documents
          let postings = terms[term].blocks.count
          let isWhole = documents[postings - 1] < end
          let last = isWhole ? postings : UnsafePointer(documents).firstIndex(in: 0..<postings, reaching: end)
          ScoringKernels.mark(documents + places[term], count: last - places[term], base: UInt32(base), in: marks)
          places[term] = isWhole ? 0 : last
          guard isWhole else { break }
          blocks[term] += 1
        }
      }
      count += ScoringKernels.takeMarks(marks, count: size)
      base += size
    }
    return count
  }
}
