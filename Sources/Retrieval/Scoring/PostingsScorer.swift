import ByteStorage
import IndexFormat

/// Scores stretches of decoded blocks: a value without references, so that the loops around it count none. Whoever uses it
/// keeps the norms alive.
struct PostingsScorer {
  private let bytesPerLength: Int
  private let lengths: UnsafeRawPointer
  private let values: UnsafePointer<Float>
  private let gainedPart: Float

  init(_ norms: SegmentNorms) {
    bytesPerLength = norms.bytesPerLength
    lengths = norms.lengths
    values = norms.values
    gainedPart = norms.gainedPart
  }

  /// Adds the scores of up to 128 postings, whose passages must exist, to the sums of a range of passages.
  @inline(__always)
  func accumulate(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, count: Int, weight: Float, base: UInt32,
    to sums: UnsafeMutablePointer<Double>
  ) {
    ScoringKernels.accumulate(
      documents, frequencies, count: count, lengths: lengths, bytesPerLength: bytesPerLength, norms: values,
      weight: weight, gained: weight * gainedPart, base: base, to: sums)
  }

  /// Adds the scores of up to 128 postings, whose passages must exist, to those sums of a window of passages that are marked, and
  /// marks the others; returns how many are marked then, as `places` lists them.
  @inline(__always)
  func accumulate(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, count: Int, weight: Float, base: UInt32,
    to sums: UnsafeMutablePointer<Double>, marks: UnsafeMutablePointer<UInt64>, places: UnsafeMutablePointer<UInt32>,
    marked: Int
  ) -> Int {
    ScoringKernels.accumulate(
      documents, frequencies, count: count, lengths: lengths, bytesPerLength: bytesPerLength, norms: values,
      weight: weight, gained: weight * gainedPart, base: base, to: sums, marks: marks, places: places, marked: marked)
  }

  /// The same for decoded postings.
  @inline(__always)
  func accumulate(
    _ postings: DecodedPostings.View, _ stretch: Range<Int>, weight: Float, base: UInt32,
    to sums: UnsafeMutablePointer<Double>, marks: UnsafeMutablePointer<UInt64>, places: UnsafeMutablePointer<UInt32>,
    marked: Int
  ) -> Int {
    ScoringKernels.accumulate(
      postings.documents + stretch.lowerBound, saturations: postings.saturations + stretch.lowerBound,
      count: stretch.count, weight: weight, gained: weight * gainedPart, base: base, to: sums, marks: marks,
      places: places, marked: marked)
  }

  /// Where kernels find the norms of so many passages.
  func norms(passageCount: Int) -> NormSource {
    NormSource(values, lengths: lengths, bytesPerLength: bytesPerLength, passageCount: passageCount)
  }

  /// The set of passages that hold a term, which must not be sparse; without `masks` one that is not kept.
  func set(_ masks: RangeMasks.View?, weight: Float) -> TermSet {
    TermSet(
      held: masks.map { PassageMask.words($0.masks) }, frequencies: masks?.frequencies, weight: weight,
      gained: weight * gainedPart)
  }

  /// The score of one posting, whose passage must exist.
  @inline(__always)
  func score(_ document: UInt32, frequency: UInt32, weight: Float) -> Float {
    score(norm: norm(document), frequency: frequency, weight: weight)
  }

  /// What frequencies in a passage, which must exist, are multiplied by.
  @inline(__always)
  func norm(_ document: UInt32) -> Float {
    switch bytesPerLength {
    case 1: values[Int(lengths.load(fromByteOffset: Int(document), as: UInt8.self))]
    case 2: values[Int(UInt16(littleEndian: lengths.load(fromByteOffset: 2 * Int(document), as: UInt16.self)))]
    default: values[Int(document)]
    }
  }

  @inline(__always)
  func score(norm: Float, frequency: UInt32, weight: Float) -> Float {
    score(saturation: Float(frequency) * norm, weight: weight)
  }

  /// The score of a posting whose frequency has been multiplied by the norm of its passage.
  @inline(__always)
  func score(saturation: Float, weight: Float) -> Float { weight - weight * gainedPart / (1 + saturation) }
}
