import IndexFormat

/// The terms of a query in one segment, and what keeps them alive.
final class WindowTerms {
  /// The terms in the order of the query.
  let terms: UnsafeMutableBufferPointer<WindowTerm>
  let windowCount: Int
  private let owners: [(PostingsCursor, ScoreBounds)]

  /// - Parameter found: cursor, scoring and bounds of each term, in the order of the query.
  init(_ found: [(PostingsCursor, TermScoring, ScoreBounds)], _ segment: Segment) {
    owners = found.map { ($0.0, $0.2) }
    windowCount = (segment.lengths.count + ScoreBounds.windowSize - 1) / ScoreBounds.windowSize
    terms = .allocate(capacity: found.count)
    for (index, (cursor, scoring, bounds)) in found.enumerated() {
      terms.initializeElement(at: index, to: WindowTerm(cursor, scoring, bounds))
    }
  }

  deinit {
    terms.deinitialize()
    terms.deallocate()
  }

  /// The windows of greatest promise, best first: scored before all others, they let the threshold rise early.
  static func leaders(_ promise: [Float]) -> [Int] {
    var leaders: [Int] = []
    for window in promise.indices where promise[window] > 0 {
      if leaders.count == leadingWindows, promise[leaders[leaders.count - 1]] >= promise[window] { continue }
      var place = leaders.count
      while place > 0 && promise[leaders[place - 1]] < promise[window] { place -= 1 }
      leaders.insert(window, at: place)
      if leaders.count > leadingWindows { leaders.removeLast() }
    }
    return leaders
  }

  /// Beyond so many windows the threshold hardly rises any more.
  private static let leadingWindows = 6
  /// Sums in single precision may be off by this part; what they exclude is excluded for certain.
  static let slack: Float = 1e-5
}
