import IndexFormat

/// The greatest part of a term's weight that it can score in each window of passages, from the impacts of its blocks.
///
/// A window is `windowSize` passages. For a window in which the term cannot occur the bound is 0.
final class ScoreBounds: @unchecked Sendable {
  /// Passages in a window: one is scored within the first-level cache, and a block of a frequent term rarely spans two.
  static let windowSize = 1024

  /// `f / (f + k1 · (1 − b + b · l / l̄))` at its greatest in each window, rounded up.
  let greatest: UnsafePointer<Float>
  /// The first block that may hold passages of the window or of a later one.
  let firstBlock: UnsafePointer<UInt32>

  /// Rounding of the formula in single precision stays below this part of its value.
  private static let roundingMargin: Float = 1 + 4 * .ulpOfOne

  init(_ cursor: PostingsCursor, lengths: LengthTable, norms: NormTable) throws(IndexError) {
    let windows = (lengths.count + ScoreBounds.windowSize - 1) / ScoreBounds.windowSize
    let greatest = UnsafeMutablePointer<Float>.allocate(capacity: windows)
    let firstBlock = UnsafeMutablePointer<UInt32>.allocate(capacity: windows)
    greatest.initialize(repeating: 0, count: windows)
    firstBlock.initialize(repeating: 0, count: windows)
    self.greatest = UnsafePointer(greatest)
    self.firstBlock = UnsafePointer(firstBlock)
    let list = cursor.list
    if list.hasDirectory {
      var bounds = [Float](repeating: 0, count: list.blockCount)
      try list.forEachImpact { block, impact in
        bounds[block] = max(bounds[block], ScoreBounds.part(impact.frequency, impact.length, norms))
      }
      var next = 0
      for block in 0..<list.blockCount {
        let last = Int(list.lastDocument(ofBlock: block)) / ScoreBounds.windowSize
        guard last < windows else { throw list.damaged("block \(block) ends beyond the last passage") }
        let first = block == 0 ? 0 : (Int(list.lastDocument(ofBlock: block - 1)) + 1) / ScoreBounds.windowSize
        if first <= last {
          for window in first...last { greatest[window] = max(greatest[window], bounds[block]) }
        }
        while next <= last {
          firstBlock[next] = UInt32(block)
          next += 1
        }
      }
      while next < windows {
        firstBlock[next] = UInt32(list.blockCount)
        next += 1
      }
    } else {
      try cursor.load(0)
      let frequencies = try cursor.frequencies()
      for index in 0..<cursor.count {
        let passage = cursor.documents[index]
        let window = Int(passage) / ScoreBounds.windowSize
        greatest[window] = max(greatest[window], ScoreBounds.part(frequencies[index], lengths[passage], norms))
      }
    }
  }

  deinit {
    greatest.deallocate()
    firstBlock.deallocate()
  }

  private static func part(_ frequency: UInt32, _ length: UInt32, _ norms: NormTable) -> Float {
    BM25.score(weight: 1, frequency: frequency, inverseNorm: norms.inverseNorm(length)) * roundingMargin
  }
}
