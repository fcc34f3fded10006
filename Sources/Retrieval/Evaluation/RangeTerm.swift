import ByteStorage
import IndexFormat

/// A term of a query while ranges of passages of a segment are looked at: its bounds and its postings, reached without any
/// counting of references. What the pointers lead to is kept alive by `RangeTerms`.
struct RangeTerm {
  var blocks: PostingsBlocks
  var weight: Float
  /// A passage that holds it matches.
  var isDriver: Bool
  let occupiedCount: Int
  /// What a code is multiplied by, in 65,536ths, to make a bound; `RangeTerms` sets it.
  var scale: UInt16 = 0
  /// By range, padded; nil for a sparse term.
  let codes: UnsafePointer<UInt16>?
  /// What the eighths reach by range, padded; nil for a sparse term. See `RangeBounds.peaks`.
  let peaks: UnsafePointer<UInt64>?
  /// By range, or of the occupied ranges of a sparse term.
  let entries: UnsafePointer<RangeEntry>
  /// The ranges in which the term occurs, for a sparse term.
  let occupied: UnsafePointer<UInt32>?

  init(_ blocks: PostingsBlocks, _ bounds: RangeBounds, weight: Float, isDriver: Bool) {
    self.blocks = blocks
    self.weight = weight
    self.isDriver = isDriver
    occupiedCount = bounds.occupiedCount
    codes = bounds.codes
    peaks = bounds.peaks
    entries = bounds.entries
    occupied = bounds.occupied
  }

  /// True where only the occupied ranges are kept.
  var isSparse: Bool { occupied != nil }

  /// The greatest score of weight 1 in a range, as a code; 0 where the term does not occur.
  @inline(__always)
  func code(_ range: Int) -> UInt16 { codes.map { $0[range] } ?? entry(range).code }

  /// The greatest score in a range in units of the query's bounds, rounded up; 0 where the term does not occur.
  @inline(__always)
  func bound(_ range: Int) -> UInt16 {
    let code = code(range)
    return code == 0 ? 0 : UInt16(truncatingIfNeeded: (UInt32(code) * UInt32(scale)) >> 16 + 1)
  }

  /// What is known of a range; nothing where the term does not occur.
  @inline(__always)
  func entry(_ range: Int) -> RangeEntry {
    guard let occupied else { return entries[range] }
    let place = occupied.firstIndex(in: 0..<occupiedCount, reaching: UInt32(range))
    return place < occupiedCount && occupied[place] == range ? entries[place] : RangeEntry()
  }

  /// Decodes the block of posting `first`, with its frequencies where asked for, and tells which of its postings belong to
  /// `first..<end`; nil where it is damaged.
  @inline(__always)
  mutating func load(_ first: Int, _ end: Int, frequencies: Bool) -> Range<Int>? {
    let block = first / IntegerBlock.size
    guard blocks.load(block), !frequencies || blocks.decodeFrequencies() else { return nil }
    let start = block * IntegerBlock.size
    return (first - start)..<min(end - start, blocks.count)
  }
}

extension RangeTerm {
  /// The place of a passage among those of a stretch of the decoded block, or nil.
  @inline(__always)
  func place(of passage: UInt32, in stretch: Range<Int>) -> Int? {
    let place = firstPlace(reaching: passage, in: stretch)
    return place < stretch.upperBound && blocks.documents[place] == passage ? place : nil
  }

  /// The place of the first passage of a stretch of the decoded block that is not before `passage`.
  @inline(__always)
  func firstPlace(reaching passage: UInt32, in stretch: Range<Int>) -> Int {
    UnsafePointer(blocks.documents).firstIndex(in: stretch, reaching: passage)
  }
}

extension RangeTerm {
  /// The part of a stretch of the decoded block that lies in a window of the range that begins at `base`.
  @inline(__always)
  func narrow(_ stretch: Range<Int>, to window: Range<Int>, _ base: UInt32) -> Range<Int> {
    var (lower, upper) = (stretch.lowerBound, stretch.upperBound)
    if window.lowerBound > 0 { lower = firstPlace(reaching: base + UInt32(window.lowerBound), in: stretch) }
    if window.upperBound < RangeBounds.rangeSize {
      upper = firstPlace(reaching: base + UInt32(window.upperBound), in: lower..<upper)
    }
    return lower..<upper
  }

  /// The passages of a range from its first live eighth to its last; `live` has a bit for each, at least one.
  @inline(__always)
  static func window(_ live: UInt32) -> Range<Int> {
    let first = live.trailingZeroBitCount
    let end = UInt32.bitWidth - live.leadingZeroBitCount
    return first * RangeBounds.eighthSize..<end * RangeBounds.eighthSize
  }
}
