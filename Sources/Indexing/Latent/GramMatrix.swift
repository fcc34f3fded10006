import ByteStorage
import IndexFormat

/// The products of all pairs of columns of a matrix that is seen row by row, and the change of its columns that makes them
/// orthonormal.
final class GramMatrix {
  private static let width = LatentLayout.width
  /// A column of which the ones before it leave no more than this part of its square is taken for their combination: what
  /// is left is rounding.
  private static let leastRest = 1e-6
  /// Rows that are added in single precision before their sum is carried over.
  private static let rowsInSingle = 64

  private var sums = [Double](repeating: 0, count: width * width)
  private let pending = FloatRows(width)
  private var pendingCount = 0

  /// Adds a row of the matrix, or the same row of two whose products are asked for.
  func add(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>) {
    LatentKernels.addProducts(left, right, to: pending.base)
    pendingCount += 1
    if pendingCount == GramMatrix.rowsInSingle { carryOver() }
  }

  /// The upper triangular matrix by which the rows are multiplied to make the columns orthonormal (the inverse of Cholesky's
  /// factor). A column that depends on those before it becomes zero.
  func orthonormalization() -> FloatRows {
    carryOver()
    let width = GramMatrix.width
    var factor = [Double](repeating: 0, count: width * width)
    var inverse = [Double](repeating: 0, count: width * width)
    for column in 0..<width {
      var rest = sums[column * width + column]
      let whole = rest
      for row in 0..<column { rest -= factor[row * width + column] * factor[row * width + column] }
      guard rest > GramMatrix.leastRest * whole, rest.isFinite else { continue }
      let diagonal = rest.squareRoot()
      factor[column * width + column] = diagonal
      for other in column + 1..<max(width, column + 1) {
        var product = sums[column * width + other]
        for row in 0..<column { product -= factor[row * width + column] * factor[row * width + other] }
        factor[column * width + other] = product / diagonal
      }
      inverse[column * width + column] = 1 / diagonal
      for row in (0..<column).reversed() where factor[row * width + row] > 0 {
        var product = 0.0
        for middle in row + 1...column {
          product += factor[row * width + middle] * inverse[middle * width + column]
        }
        inverse[row * width + column] = -product / factor[row * width + row]
      }
    }
    let result = FloatRows(width)
    for index in inverse.indices { result.base[index] = Float(inverse[index]) }
    return result
  }

  private func carryOver() {
    for index in sums.indices { sums[index] += Double(pending.base[index]) }
    pending.clear(pending.count)
    pendingCount = 0
  }
}
