import ByteStorage
import IndexFormat
import Synchronization

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
  static let roundingMargin: Float = 4 * .ulpOfOne

  /// Ranges of the segment.
  let rangeCount: Int
  /// Ranges in which the term occurs.
  let occupiedCount: Int
  /// The scores that so many postings reach at least as `floorCounts` says.
  private let floors: [Float]
  private static let floorCounts = [1, 10, 20, 50, 100, 200, 500, 1000]

  /// Codes by range, padded; nil for a sparse term.
  nonisolated(unsafe) let codes: UnsafePointer<UInt16>?
  /// By range, padded, a byte for each eighth: the greatest score of weight 1 there in 255ths, rounded up, or 0 where the term does
  /// not occur; nil for a sparse term.
  nonisolated(unsafe) let peaks: UnsafePointer<UInt64>?
  /// By range, or of the occupied ranges of a sparse term.
  nonisolated(unsafe) let entries: UnsafePointer<RangeEntry>
  /// The occupied ranges of a sparse term, else nil.
  nonisolated(unsafe) let occupied: UnsafePointer<UInt32>?

  /// What only some queries ask for: those all of whose postings are scored, those whose terms must all occur, and phrases.
  private let knownPostings = AtomicLazyReference<DecodedPostings>()
  private let postingsAsked = Atomic(0)
  private let knownMasks = AtomicLazyReference<RangeMasks>()
  private let masksAsked = Atomic(0)
  private let knownPositions = AtomicLazyReference<DecodedPositions>()
  private let positionsAsked = Atomic(0)

  /// How many places arrays over all ranges of a segment have.
  static func paddedCount(_ rangeCount: Int) -> Int { (rangeCount + padding - 1) / padding * padding }

  init(_ list: PostingsList, _ segment: Segment, _ norms: SegmentNorms) throws(IndexError) {
    let frequency = Int(list.term.documentFrequency)
    let rangeCount = (segment.lengths.count + RangeBounds.rangeSize - 1) / RangeBounds.rangeSize
    let most = min(frequency, rangeCount)
    let ranges = UnsafeMutablePointer<UInt32>.allocate(capacity: most + 1)
    let entries = UnsafeMutablePointer<RangeEntry>.allocate(capacity: most + 1)
    let peaks = UnsafeMutablePointer<UInt64>.allocate(capacity: most + 1)
    defer { peaks.deallocate() }
    var occupied = 0
    var entry = RangeEntry()
    let memory = ScratchMemory()
    // What follows keeps bare pointers into it.
    defer { withExtendedLifetime(memory) {} }
    let parts = EighthScores(memory)
    let levels = ScoreLevels(memory)
    do throws(IndexError) {
      let scorer = PostingsScorer(norms)
      try segment.forEachPosting(of: list) { document, frequency throws(IndexError) in
        let score = scorer.score(document, frequency: frequency, weight: 1)
        levels.add(score)
        let range = document / UInt32(RangeBounds.rangeSize)
        if entry.count == 0 || ranges[occupied] != range {
          if entry.count > 0 {
            (entry.code, entry.eighths, peaks[occupied]) = parts.take()
            entries[occupied] = entry
            entry.firstPosting += UInt32(entry.count)
            entry.count = 0
            // Passages ascend over all blocks, so there are no more ranges than `most`.
            occupied += 1
          }
          ranges[occupied] = range
        }
        entry.count += 1
        parts.raise(Int(document) % RangeBounds.rangeSize / RangeBounds.eighthSize, to: score)
      }
      if entry.count > 0 {
        (entry.code, entry.eighths, peaks[occupied]) = parts.take()
        entries[occupied] = entry
        occupied += 1
      }
    } catch {
      ranges.deallocate()
      entries.deallocate()
      throw error
    }
    self.rangeCount = rangeCount
    occupiedCount = occupied
    floors = levels.floors
    guard occupied * RangeBounds.sparseness >= rangeCount else {
      (codes, self.peaks) = (nil, nil)
      (self.entries, self.occupied) = (UnsafePointer(entries), UnsafePointer(ranges))
      return
    }
    let padded = RangeBounds.paddedCount(rangeCount)
    let allCodes = UnsafeMutablePointer<UInt16>.allocate(capacity: padded)
    allCodes.initialize(repeating: 0, count: padded)
    let allEntries = UnsafeMutablePointer<RangeEntry>.allocate(capacity: rangeCount)
    allEntries.initialize(repeating: RangeEntry(), count: rangeCount)
    let allPeaks = UnsafeMutablePointer<UInt64>.allocate(capacity: padded)
    allPeaks.initialize(repeating: 0, count: padded)
    for place in 0..<occupied {
      allCodes[Int(ranges[place])] = entries[place].code
      allPeaks[Int(ranges[place])] = peaks[place]
      allEntries[Int(ranges[place])] = entries[place]
    }
    ranges.deallocate()
    entries.deallocate()
    (codes, self.peaks) = (UnsafePointer(allCodes), UnsafePointer(allPeaks))
    (self.entries, self.occupied) = (UnsafePointer(allEntries), nil)
  }

  deinit {
    codes?.deallocate()
    peaks?.deallocate()
    entries.deallocate()
    occupied?.deallocate()
  }

  /// Bytes that the bounds take in memory.
  var memory: Int { codes == nil ? 20 * (occupiedCount + 1) : 26 * rangeCount }

  /// The same with what else has been asked for.
  var allMemory: Int {
    memory + (knownPostings.load()?.memory ?? 0) + (knownMasks.load()?.memory ?? 0)
      + (knownPositions.load()?.memory ?? 0)
  }

  /// The postings of the same list with the norms that the bounds were made with; nil where they are not kept, or not before
  /// they are asked for again: a program that searches once does not wait for it.
  ///
  /// - Returns: also how many bytes have been taken to keep them, 0 where they were known.
  func postings(
    _ list: PostingsList, _ segment: Segment, _ norms: SegmentNorms
  ) throws(IndexError) -> (DecodedPostings.View?, added: Int) {
    if let known = knownPostings.load() { return (known.view, 0) }
    guard list.term.documentFrequency <= DecodedPostings.mostPostings,
      postingsAsked.add(1, ordering: .relaxed).oldValue > 0
    else { return (nil, 0) }
    let postings = knownPostings.storeIfNil(try DecodedPostings(list, segment, norms))
    return (postings.view, postings.memory)
  }

  /// Which passages of the ranges hold the term; of the same list as the bounds.
  ///
  /// - Returns: also how many bytes have been taken to keep them, 0 where they were known.
  func masks(_ list: PostingsList, _ segment: Segment) throws(IndexError) -> (RangeMasks.View, added: Int) {
    if let known = knownMasks.load() { return (known.view, 0) }
    let masks = knownMasks.storeIfNil(try RangeMasks(list, self, segment))
    return (masks.view, masks.memory)
  }

  /// The same for who can do without: nil before they are asked for again.
  ///
  /// - Parameter isAsked: true for one of those who look at them in a search.
  func masksIfKept(
    _ list: PostingsList, _ segment: Segment, isAsked: Bool
  ) throws(IndexError) -> (RangeMasks.View?, added: Int) {
    if let known = knownMasks.load() { return (known.view, 0) }
    guard isAsked, masksAsked.add(1, ordering: .relaxed).oldValue > 0 else { return (nil, 0) }
    let (view, added) = try masks(list, segment)
    return (view, added)
  }

  /// The positions of the same list, nil where they are not kept or not yet.
  ///
  /// - Returns: also how many bytes have been taken to keep them, 0 where they were known.
  func positions(_ list: PostingsList, _ segment: Segment) throws(IndexError) -> (DecodedPositions.View?, added: Int) {
    if let known = knownPositions.load() { return (known.view, 0) }
    let asked = positionsAsked.add(1, ordering: .relaxed).oldValue
    guard DecodedPositions.areKept(list, asked: asked), let decoded = try DecodedPositions(list, segment) else {
      return (nil, 0)
    }
    let positions = knownPositions.storeIfNil(decoded)
    return (positions.view, positions.memory)
  }

  /// A score that at least `count` postings reach, or 0 where too few are known.
  func floor(of count: Int) -> Float {
    for (place, known) in RangeBounds.floorCounts.enumerated() where count <= known { return floors[place] }
    return 0
  }

  /// The greatest scores of the eighths of a range.
  private struct EighthScores {
    private let scores: UnsafeMutablePointer<Float>
    /// Below every score.
    private static let none: Float = -1

    init(_ memory: ScratchMemory) {
      scores = memory.allocate(Float.self, 8)
      scores.update(repeating: EighthScores.none, count: 8)
    }

    @inline(__always)
    func raise(_ eighth: Int, to score: Float) { scores[eighth] = max(scores[eighth], score) }

    /// The code of the greatest score of all, what part of it each eighth reaches, and what part of 1; begins anew.
    @inline(__always)
    func take() -> (UInt16, UInt64, UInt64) {
      let codes = ScoringKernels.codes(ofEighths: scores, margin: RangeBounds.roundingMargin)
      scores.update(repeating: EighthScores.none, count: 8)
      return codes
    }
  }

  /// Counts scores below 1 by level, to tell what the best ones reach at least.
  private struct ScoreLevels {
    private static let count = 1024
    private let counts: UnsafeMutablePointer<Int>

    init(_ memory: ScratchMemory) { counts = memory.allocateZeros(Int.self, ScoreLevels.count) }

    @inline(__always)
    func add(_ score: Float) {
      counts[min(max(Int(score * Float(ScoreLevels.count)), 0), ScoreLevels.count - 1)] += 1
    }

    var floors: [Float] {
      var floors = [Float](repeating: 0, count: floorCounts.count)
      var (sum, place) = (0, 0)
      for level in (0..<ScoreLevels.count).reversed() {
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
