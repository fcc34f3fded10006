import ByteStorage
import IndexFormat

/// All positions of a term, decoded once: they are then where a phrase looks for them.
final class DecodedPositions: Sendable {
  /// Positions as they are kept: passages are seldom longer.
  typealias Position = UInt16

  /// A term with more occurrences is decoded anew by every search.
  private static let mostOccurrences = 1 << 23
  /// A term with more occurrences than this is decoded when it is asked for a second time: a program that searches once does
  /// not wait for it.
  private static let mostAtOnce = 1 << 14

  /// Through bare pointers, valid as long as the positions are kept alive.
  nonisolated(unsafe) let view: View
  /// Bytes that the positions take in memory.
  let memory: Int

  struct View {
    /// By posting, where its positions begin, and after the last where they end.
    let starts: UnsafePointer<UInt32>
    let positions: UnsafePointer<Position>

    /// The positions of a posting, ascending.
    @inline(__always)
    func positions(of posting: Int) -> UnsafeBufferPointer<Position> {
      UnsafeBufferPointer(
        start: positions + Int(starts[posting]), count: Int(starts[posting &+ 1] &- starts[posting]))
    }
  }

  /// True where the positions of a term are worth to be kept when they have been asked for so many times before.
  static func areKept(_ list: PostingsList, asked: Int) -> Bool {
    list.term.totalFrequency <= UInt64(asked == 0 ? mostAtOnce : mostOccurrences)
  }

  /// Nil where a position is too great to be kept.
  ///
  /// - Parameter list: positional.
  init?(_ list: PostingsList, _ segment: Segment) throws(IndexError) {
    let postings = segment.cursor(over: list)
    let cursor = try segment.positions(beside: postings)
    var starts: [UInt32] = [0]
    var positions: [Position] = []
    starts.reserveCapacity(Int(list.term.documentFrequency) + 1)
    positions.reserveCapacity(Int(list.term.totalFrequency))
    for block in 0..<list.blockCount {
      try postings.load(block)
      for index in 0..<postings.count {
        for position in try cursor.positions(ofPosting: index) {
          guard position <= UInt32(Position.max) else { return nil }
          positions.append(Position(truncatingIfNeeded: position))
        }
        starts.append(UInt32(truncatingIfNeeded: positions.count))
      }
    }
    memory = MemoryLayout<UInt32>.stride * starts.count + MemoryLayout<Position>.stride * positions.count
    positions += Array(repeating: 0, count: MaskKernels.positionsAtATime)
    view = View(starts: DecodedPositions.copy(starts), positions: DecodedPositions.copy(positions))
  }

  deinit {
    view.starts.deallocate()
    view.positions.deallocate()
  }

  private static func copy<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafePointer<Value> {
    let copy = UnsafeMutableBufferPointer<Value>.allocate(capacity: max(values.count, 1))
    guard let base = copy.baseAddress else { preconditionFailure("room for one value or more has an address") }
    _ = copy.update(fromContentsOf: values)
    return UnsafePointer(base)
  }
}
