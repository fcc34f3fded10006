import IndexFormat

/// `BM25.inverseNorm` of every passage of a segment: by the passage's length where lengths are short, which they nearly
/// always are, and by the passage itself otherwise.
final class SegmentNorms: Sendable {
  /// Bytes of a length that is an index of `values`, or 0 where the passage is.
  let bytesPerLength: Int
  /// The lengths of the passages, little-endian.
  nonisolated(unsafe) let lengths: UnsafeRawPointer
  nonisolated(unsafe) let values: UnsafePointer<Float>
  /// `BM25.gainedPart`.
  let gainedPart: Float
  /// What the lengths lie in.
  private let segment: Segment

  init(_ segment: Segment, _ norms: NormTable) {
    self.segment = segment
    gainedPart = norms.gainedPart
    let table = segment.lengths
    bytesPerLength = table.bytesPerLength <= 2 ? table.bytesPerLength : 0
    lengths = table.bytes
    let count = bytesPerLength == 0 ? table.count : 1 << (8 * bytesPerLength)
    let values = UnsafeMutablePointer<Float>.allocate(capacity: max(count, 1))
    for index in 0..<count {
      let length = bytesPerLength == 0 ? table[UInt32(index)] : UInt32(index)
      (values + index).initialize(to: norms.inverseNorm(length))
    }
    self.values = UnsafePointer(values)
  }

  deinit { values.deallocate() }
}
