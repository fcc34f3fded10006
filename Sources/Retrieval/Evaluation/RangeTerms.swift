import ByteStorage
import IndexFormat

/// The terms of a query in one segment, and what keeps them alive.
final class RangeTerms {
  /// In the order of the query.
  let terms: UnsafeMutablePointer<RangeTerm>
  @exclusivity(unchecked) private(set) var count = 0
  let rangeCount: Int
  let scorer: PostingsScorer
  /// Of the passages of the segment.
  let norms: NormSource
  /// Keeps alive the norms, the memory, and all that is known of the terms, until the next query.
  private let compiler: QueryCompiler
  private let memory: ScratchMemory
  /// By term. To count references to each would take longer than the rest of what is done for a term here.
  private let lists: UnsafeMutablePointer<Unmanaged<PostingsList>>
  private let allBounds: UnsafeMutablePointer<Unmanaged<RangeBounds>>

  /// - Parameters:
  ///   - capacity: terms that may be appended.
  ///   - compiler: remembers the terms.
  ///   - memory: holds the terms until it is reset.
  init(
    capacity: Int, passageCount: Int, _ norms: SegmentNorms, of compiler: QueryCompiler, _ memory: ScratchMemory
  ) {
    self.compiler = compiler
    self.memory = memory
    rangeCount = (passageCount + RangeBounds.rangeSize - 1) / RangeBounds.rangeSize
    scorer = PostingsScorer(norms)
    self.norms = scorer.norms(passageCount: passageCount)
    terms = memory.allocate(RangeTerm.self, capacity)
    lists = memory.allocate(Unmanaged<PostingsList>.self, capacity)
    allBounds = memory.allocate(Unmanaged<RangeBounds>.self, capacity)
  }

  /// Appends a term that the compiler remembers.
  func append(_ term: UnsafePointer<SegmentTerm>, weight: Float, isDriver: Bool = true) {
    lists[count] = term.pointee.list
    allBounds[count] = term.pointee.bounds
    (terms + count).initialize(to: term.pointee.term)
    terms[count].weight = weight
    terms[count].isDriver = isDriver
    terms[count].blocks.begin(room: memory.allocate(UInt32.self, PostingsBlocks.room))
    count += 1
  }

  /// The list of a term.
  func list(_ term: Int) -> PostingsList { lists[term].takeUnretainedValue() }

  /// The bounds of a term.
  func bounds(_ term: Int) -> RangeBounds { allBounds[term].takeUnretainedValue() }

  /// The numbers of the terms, rarest first.
  func order(_ memory: ScratchMemory) -> UnsafeMutablePointer<Int> {
    let order = memory.allocate(Int.self, count)
    for term in 0..<count {
      let frequency = list(term).term.documentFrequency
      var place = term
      while place > 0 && list(order[place - 1]).term.documentFrequency > frequency {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = term
    }
    return order
  }

  /// The error for a block of a term that cannot be decoded.
  func damaged(_ term: Int) -> IndexError { list(term).damagedBlock(max(terms[term].blocks.block, 0)) }
}

extension RangeTerms {
  /// A score that at least `count` passages that match reach for certain, or 0.
  func floor(of count: Int) -> Float {
    var floor: Float = 0
    for term in 0..<self.count where terms[term].isDriver {
      floor = max(floor, terms[term].weight * bounds(term).floor(of: count))
    }
    return floor * (1 - RangeSchedule.slack)
  }

  /// Sets what makes bounds of the codes of the terms, so that their sums have room, and returns the score that a bound of 1
  /// stands for.
  func scaleBounds() -> Float {
    var total: Float = 0
    for term in 0..<count { total += terms[term].weight }
    guard count <= RangeTerms.mostTerms else {
      for term in 0..<count { terms[term].scale = .max }
      return total / Float(UInt16.max)
    }
    // Every term is rounded up, once in its weight and once in its part.
    let unit = total / Float(65_530 - 2 * count)
    for term in 0..<count {
      terms[term].scale = UInt16(min((terms[term].weight / unit).rounded(.up) + 1, 65_535))
    }
    return unit
  }

  /// Bounds that exclude no range, padded.
  func greatestBounds(_ memory: ScratchMemory) -> UnsafeMutablePointer<UInt16> {
    let padded = RangeBounds.paddedCount(rangeCount)
    let bounds = memory.allocate(UInt16.self, padded)
    bounds.initialize(repeating: .max, count: padded)
    for range in rangeCount..<padded { bounds[range] = 0 }
    return bounds
  }

  /// The bounds of more terms would be too coarse to be worth adding up.
  static let mostTerms = 1024
}
