import IndexFormat

/// `BM25.inverseNorm` of every length that occurs often, computed once for a search.
final class NormTable: Sendable {
  let similarity: BM25
  let averageLength: Float
  private let values: [Float]

  /// Passages are rarely longer; a longer one's norm is computed when it is asked for.
  private static let tableSize = 2048

  init(_ similarity: BM25, averageLength: Float) {
    self.similarity = similarity
    self.averageLength = averageLength
    values = (0..<UInt32(NormTable.tableSize)).map {
      similarity.inverseNorm(length: $0, averageLength: averageLength)
    }
  }

  @inline(__always)
  func inverseNorm(_ length: UInt32) -> Float {
    Int(length) < NormTable.tableSize
      ? values[Int(length)] : similarity.inverseNorm(length: length, averageLength: averageLength)
  }
}
