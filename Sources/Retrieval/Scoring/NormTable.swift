/// `BM25.inverseNorm` of every length that occurs often, computed once for a similarity, and the formula that they go into.
final class NormTable: Sendable {
  let similarity: BM25
  let averageLength: Float
  /// ρ of the formula.
  let gainedPart: Float
  private nonisolated(unsafe) let values: UnsafeMutablePointer<Float>

  /// Passages are rarely longer; a longer one's norm is computed when it is asked for.
  private static let tableSize = 2048

  init(_ similarity: BM25, averageLength: Float) {
    self.similarity = similarity
    self.averageLength = averageLength
    gainedPart = similarity.gainedPart
    values = .allocate(capacity: NormTable.tableSize)
    for length in 0..<NormTable.tableSize {
      (values + length).initialize(
        to: similarity.inverseNorm(length: UInt32(length), averageLength: averageLength))
    }
  }

  deinit { values.deallocate() }

  @inline(__always)
  func inverseNorm(_ length: UInt32) -> Float {
    Int(length) < NormTable.tableSize
      ? values[Int(length)] : similarity.inverseNorm(length: length, averageLength: averageLength)
  }

  /// The score of one term: `w − w · ρ / (1 + f · inverseNorm)`.
  @inline(__always)
  func score(weight: Float, frequency: UInt32, inverseNorm: Float) -> Float {
    weight - weight * gainedPart / (1 + Float(frequency) * inverseNorm)
  }
}
