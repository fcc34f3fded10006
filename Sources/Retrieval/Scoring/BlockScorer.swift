import ByteStorage
import IndexFormat

/// Scores stretches of decoded blocks into room of its own, which the next stretch takes over.
final class BlockScorer {
  private let segment: Segment
  private let norms: NormTable
  private let lengths: UnsafeMutablePointer<UInt32>
  private let inverseNorms: UnsafeMutablePointer<Float>
  private let scores: UnsafeMutablePointer<Float>

  init(_ segment: Segment, _ norms: NormTable) {
    self.segment = segment
    self.norms = norms
    lengths = .allocate(capacity: IntegerBlock.size)
    inverseNorms = .allocate(capacity: IntegerBlock.size)
    scores = .allocate(capacity: IntegerBlock.size)
  }

  deinit {
    lengths.deallocate()
    inverseNorms.deallocate()
    scores.deallocate()
  }

  /// The scores of up to 128 postings of a term, valid until the next call.
  func score(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, count: Int, weight: Float
  ) -> UnsafePointer<Float> {
    segment.lengths.gather(documents, count: count, into: lengths)
    norms.gather(lengths, count: count, into: inverseNorms)
    ScoringKernels.score(
      frequencies: frequencies, norms: inverseNorms, count: count, weight: weight, into: scores)
    return UnsafePointer(scores)
  }
}
