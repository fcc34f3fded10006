import ByteStorage
import IndexFormat

/// The greatest score that a term of weight 1 reaches in each range of 128 passages, and where its postings there begin; and
/// of each eighth of a range, which part of the range's greatest score it reaches.
///
/// Computed from all postings of the term, once for a similarity. A term that occurs in few ranges keeps only those.
final class RangeBounds: Sendable {
  /// Passages in a range.
  static let rangeSize = 128
  /// Passages in an eighth of a range.
  static let eighthSize = rangeSize / 8
  /// Arrays over all ranges have a multiple of this many places, the last ones of them 0, as the kernels want it.
  static let padding = 32
  /// What a score of 1 is in the codes of bounds.
  static let unit: Float = 65_535
  /// A term that occurs in fewer than one of so many ranges keeps only those.
  private static let sparseness = 8
  /// Rounding of a score in single precision stays below this part of the weight: what is left of `w − w / (1 + x)` for a small
  /// `x` is rounded as `w` is.
  private static let roundingMargin: Float = 4 * .ulpOfOne

  /// Ranges of the segment.
  let rangeCount: Int
  /// Ranges in which the term occurs.
  let occupiedCount: Int
  /// The scores that so many postings reach at least as `floorCounts` says.
  private let floors: [Float]
  private static let floorCounts = [1, 10, 20, 50, 100, 200, 500, 1000]

  /// By range, padded; nil for a sparse term.
  nonisolated(unsafe) let codes: UnsafePointer<UInt16>?
  /// By range, and one more; nil for a sparse term.
  nonisolated(unsafe) let firstPostings: UnsafePointer<UInt32>?
  /// By range: eight bytes, of which each is the part, in 255ths, of the range's code that an eighth of it reaches, or 0 where
  /// the term does not occur there; nil for a sparse term.
  nonisolated(unsafe) let eighths: UnsafePointer<UInt64>?
  /// The same of the occupied ranges: the ranges, their codes, eighths and first postings, and the end of the postings.
  nonisolated(unsafe) let sparseRanges: UnsafePointer<UInt32>
  nonisolated(unsafe) let sparseCodes: UnsafePointer<UInt16>
  nonisolated(unsafe) let sparseEighths: UnsafePointer<UInt64>
  nonisolated(unsafe) let sparseFirstPostings: UnsafePointer<UInt32>

  /// How many places arrays over all ranges of a segment have.
  static func paddedCount(_ rangeCount: Int) -> Int { (rangeCount + padding - 1) / padding * padding }

  init(_ list: PostingsList, _ segment: Segment, _ norms: SegmentNorms) throws(IndexError) {
    let frequency = Int(list.term.documentFrequency)
    let rangeCount = (segment.lengths.count + RangeBounds.rangeSize - 1) / RangeBounds.rangeSize
    let most = min(frequency, rangeCount)
    let ranges = UnsafeMutablePointer<UInt32>.allocate(capacity: most + 1)
    let codes = UnsafeMutablePointer<UInt16>.allocate(capacity: most + 1)
    let eighths = UnsafeMutablePointer<UInt64>.allocate(capacity: most + 1)
    let firstPostings = UnsafeMutablePointer<UInt32>.allocate(capacity: most + 1)
    var occupied = 0
    var parts = EighthCodes()
    var levels = ScoreLevels()
    do throws(IndexError) {
      let memory = ScratchMemory()
      let scorer = PostingsScorer(norms)
      var blocks = segment.blocks(of: list, room: memory.allocate(UInt32.self, PostingsBlocks.room))
      var posting: UInt32 = 0
      for block in 0..<blocks.blockCount {
        guard blocks.load(block), blocks.decodeFrequencies() else { throw list.damagedBlock(block) }
        for index in 0..<blocks.count {
          let score = scorer.score(blocks.documents[index], frequency: blocks.frequencies[index], weight: 1)
          levels.add(score)
          let code = RangeBounds.code(score)
          let range = blocks.documents[index] / UInt32(RangeBounds.rangeSize)
          if occupied == 0 || ranges[occupied - 1] != range {
            if occupied > 0 { (codes[occupied - 1], eighths[occupied - 1]) = parts.take() }
            // Passages ascend over all blocks, so there are no more ranges than `most`.
            ranges[occupied] = range
            firstPostings[occupied] = posting
            occupied += 1
          }
          parts.raise(Int(blocks.documents[index]) % RangeBounds.rangeSize / RangeBounds.eighthSize, to: code)
          posting += 1
        }
      }
      firstPostings[occupied] = posting
      if occupied > 0 { (codes[occupied - 1], eighths[occupied - 1]) = parts.take() }
    } catch {
      ranges.deallocate()
      codes.deallocate()
      eighths.deallocate()
      firstPostings.deallocate()
      throw error
    }
    self.rangeCount = rangeCount
    occupiedCount = occupied
    floors = levels.floors
    (sparseRanges, sparseCodes) = (UnsafePointer(ranges), UnsafePointer(codes))
    (sparseEighths, sparseFirstPostings) = (UnsafePointer(eighths), UnsafePointer(firstPostings))
    guard occupied * RangeBounds.sparseness >= rangeCount else {
      (self.codes, self.eighths, self.firstPostings) = (nil, nil, nil)
      return
    }
    let padded = RangeBounds.paddedCount(rangeCount)
    let allCodes = UnsafeMutablePointer<UInt16>.allocate(capacity: padded)
    allCodes.initialize(repeating: 0, count: padded)
    let allEighths = UnsafeMutablePointer<UInt64>.allocate(capacity: rangeCount)
    allEighths.initialize(repeating: 0, count: rangeCount)
    let allFirst = UnsafeMutablePointer<UInt32>.allocate(capacity: rangeCount + 1)
    var next = 0
    for place in 0..<occupied {
      let range = Int(ranges[place])
      allCodes[range] = codes[place]
      allEighths[range] = eighths[place]
      (allFirst + next).initialize(repeating: firstPostings[place], count: range + 1 - next)
      next = range + 1
    }
    (allFirst + next).initialize(repeating: firstPostings[occupied], count: rangeCount + 1 - next)
    (self.codes, self.eighths) = (UnsafePointer(allCodes), UnsafePointer(allEighths))
    self.firstPostings = UnsafePointer(allFirst)
  }

  deinit {
    codes?.deallocate()
    eighths?.deallocate()
    firstPostings?.deallocate()
    sparseRanges.deallocate()
    sparseCodes.deallocate()
    sparseEighths.deallocate()
    sparseFirstPostings.deallocate()
  }

  /// The code of a bound that a score for a weight of 1 stays below; never 0, which says that the term does not occur.
  @inline(__always)
  static func code(_ score: Float) -> UInt16 {
    UInt16(min(((score + roundingMargin) * unit).rounded(.up), unit))
  }

  /// Bytes that the bounds take in memory.
  var memory: Int { 18 * (occupiedCount + 1) + (codes == nil ? 0 : 14 * rangeCount) }

  /// A score that at least `count` postings reach, or 0 where too few are known.
  func floor(of count: Int) -> Float {
    for (place, known) in RangeBounds.floorCounts.enumerated() where count <= known { return floors[place] }
    return 0
  }

  /// The greatest codes of the eighths of a range.
  private struct EighthCodes {
    private var codes = SIMD8<UInt16>()

    @inline(__always)
    mutating func raise(_ eighth: Int, to code: UInt16) { codes[eighth] = max(codes[eighth], code) }

    /// The greatest code of all, and what part of it each eighth reaches, rounded up; begins anew.
    mutating func take() -> (UInt16, UInt64) {
      let greatest = UInt32(codes.max())
      var parts: UInt64 = 0
      for eighth in 0..<8 {
        let part = (UInt32(codes[eighth]) * 255 + greatest - 1) / greatest
        parts |= UInt64(part) << UInt64(8 * eighth)
      }
      codes = SIMD8()
      return (UInt16(greatest), parts)
    }
  }

  /// Counts scores below 1 by level, to tell what the best ones reach at least.
  private struct ScoreLevels {
    private static let count = 1024
    private var counts = [Int](repeating: 0, count: ScoreLevels.count)

    mutating func add(_ score: Float) {
      counts[min(Int(score * Float(ScoreLevels.count)), ScoreLevels.count - 1)] += 1
    }

    var floors: [Float] {
      var floors = [Float](repeating: 0, count: floorCounts.count)
      var (sum, place) = (0, 0)
      for level in counts.indices.reversed() {
        sum += counts[level]
        while place < floors.count && sum >= floorCounts[place] {
          floors[place] = Float(level) / Float(ScoreLevels.count)
          place += 1
        }
      }
      return floors
    }
  }
}
