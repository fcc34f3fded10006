import IndexFormat

/// Rows of as many numbers as a latent vector has, in memory of their own.
final class FloatRows {
  let base: UnsafeMutablePointer<Float>
  let count: Int

  /// `count` rows of zeros.
  init(_ count: Int) {
    self.count = count
    base = .allocate(capacity: count * LatentLayout.width)
    base.initialize(repeating: 0, count: count * LatentLayout.width)
  }

  deinit { base.deallocate() }

  /// A row, which must exist.
  subscript(row: Int) -> UnsafeMutablePointer<Float> {
    precondition(row >= 0 && row < count)
    return base + row * LatentLayout.width
  }

  /// Makes the numbers of the first `count` rows zero.
  func clear(_ count: Int) { base.update(repeating: 0, count: min(count, self.count) * LatentLayout.width) }
}
