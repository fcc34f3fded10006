import ByteStorage
import IndexFormat

/// Which passages of each range hold a term, and how often each of them does, so that terms that must all occur are brought
/// together without a block being decoded.
///
/// Of a term that occurs in few ranges only those are kept; a set of bits with ranks tells where.
final class RangeMasks: Sendable {
  /// Through bare pointers, valid as long as the masks are kept alive.
  nonisolated(unsafe) let view: View
  /// Bytes that the masks take in memory.
  let memory: Int

  struct View {
    /// By range, or of the occupied ranges of a sparse term.
    let masks: UnsafePointer<PassageMask>
    /// By posting; `mostFrequent` where it is that or more. Readable for `SetKernels.frequenciesAtATime` from each on.
    let frequencies: UnsafePointer<UInt8>
    /// The greatest of them.
    let greatestFrequency: UInt8
    /// For a sparse term a bit for each range, 64 to a word, and how many are set before each word; else nil.
    let occupancy: (words: UnsafePointer<UInt64>, ranks: UnsafePointer<UInt32>)?

    /// Where an occupied range stands among the masks.
    @inline(__always)
    func place(ofRange range: Int) -> Int {
      guard let occupancy else { return range }
      let below: UInt64 = (1 << UInt64(range & 63)) - 1
      return Int(occupancy.ranks[range >> 6]) + (occupancy.words[range >> 6] & below).nonzeroBitCount
    }

    /// The passages of an occupied range that hold the term.
    @inline(__always)
    func mask(ofRange range: Int) -> PassageMask { masks[place(ofRange: range)] }
  }

  /// What stands for all greater frequencies.
  static let mostFrequent = UInt8.max

  /// Words of 64 ranges.
  static func wordCount(_ rangeCount: Int) -> Int { (rangeCount + 63) / 64 }

  /// - Parameter bounds: of the same list.
  init(_ list: PostingsList, _ bounds: RangeBounds, _ segment: Segment) throws(IndexError) {
    let count = bounds.occupied == nil ? bounds.rangeCount : bounds.occupiedCount
    let masks = UnsafeMutablePointer<PassageMask>.allocate(capacity: max(count, 1))
    masks.initialize(repeating: PassageMask(), count: count)
    let postings = Int(list.term.documentFrequency)
    let frequencies = UnsafeMutablePointer<UInt8>.allocate(capacity: postings + SetKernels.frequenciesAtATime)
    (frequencies + postings).initialize(repeating: 0, count: SetKernels.frequenciesAtATime)
    let greatest: UInt8
    do throws(IndexError) {
      greatest = try RangeMasks.fill(masks, frequencies, list, bounds, segment)
    } catch {
      masks.deallocate()
      frequencies.deallocate()
      throw error
    }
    var occupancy: (words: UnsafePointer<UInt64>, ranks: UnsafePointer<UInt32>)?
    let words = RangeMasks.wordCount(bounds.rangeCount)
    if let occupied = bounds.occupied { occupancy = RangeMasks.occupancy(occupied, bounds.occupiedCount, words: words) }
    view = View(
      masks: UnsafePointer(masks), frequencies: UnsafePointer(frequencies), greatestFrequency: greatest,
      occupancy: occupancy)
    memory = 16 * count + postings + (occupancy == nil ? 0 : 12 * words)
  }

  deinit {
    view.masks.deallocate()
    view.frequencies.deallocate()
    view.occupancy?.words.deallocate()
    view.occupancy?.ranks.deallocate()
  }

  /// Returns the greatest frequency.
  private static func fill(
    _ masks: UnsafeMutablePointer<PassageMask>, _ frequencies: UnsafeMutablePointer<UInt8>, _ list: PostingsList,
    _ bounds: RangeBounds, _ segment: Segment
  ) throws(IndexError) -> UInt8 {
    var greatest: UInt8 = 0
    var posting = 0
    var place = 0
    try segment.forEachPosting(of: list) { document, frequency throws(IndexError) in
      let range = Int(document) / RangeBounds.rangeSize
      if let occupied = bounds.occupied {
        while place < bounds.occupiedCount && occupied[place] < range { place += 1 }
        guard place < bounds.occupiedCount, occupied[place] == range else {
          throw list.damagedBlock(posting / IntegerBlock.size)
        }
      } else {
        place = range
      }
      masks[place].insert(Int(document) % RangeBounds.rangeSize)
      frequencies[posting] = UInt8(clamping: frequency)
      greatest = max(greatest, frequencies[posting])
      posting += 1
    }
    return greatest
  }

  private static func occupancy(
    _ occupied: UnsafePointer<UInt32>, _ count: Int, words wordCount: Int
  ) -> (words: UnsafePointer<UInt64>, ranks: UnsafePointer<UInt32>) {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: wordCount)
    words.initialize(repeating: 0, count: wordCount)
    for place in 0..<count { words[Int(occupied[place]) >> 6] |= 1 << UInt64(occupied[place] & 63) }
    let ranks = UnsafeMutablePointer<UInt32>.allocate(capacity: wordCount)
    var rank: UInt32 = 0
    for word in 0..<wordCount {
      ranks[word] = rank
      rank += UInt32(words[word].nonzeroBitCount)
    }
    return (UnsafePointer(words), UnsafePointer(ranks))
  }
}
