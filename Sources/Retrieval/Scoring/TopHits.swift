/// A passage with its score. Better hits come first: by score, and of equal scores the earlier passage.
package struct ScoredPassage: Sendable, Hashable {
  /// Ordinal of the passage over all segments.
  package var passage: Int
  package var score: Float

  package init(passage: Int, score: Float) {
    self.passage = passage
    self.score = score
  }

  /// True where this hit is ranked before `other`.
  package func precedes(_ other: ScoredPassage) -> Bool {
    score != other.score ? score > other.score : passage < other.passage
  }
}

/// The best `limit` hits of all that are offered.
///
/// Hits are collected in a buffer half as large again as is needed; when it is full, the better part is selected and the
/// rest forgotten. That costs a few steps a hit whatever the limit is, where a heap takes as many as the limit has bits.
package struct TopHits: Sendable {
  /// How many hits are kept.
  let limit: Int
  /// The score that a hit must reach to be taken; −∞ while there is room.
  package private(set) var threshold: Float
  private var buffer: [ScoredPassage] = []
  private let capacity: Int

  /// Room beyond the limit for small limits; more would let the threshold rise later.
  private static let leastRoom = 8

  package init(limit: Int) {
    self.limit = limit
    threshold = limit > 0 ? -.infinity : .infinity
    // A limit may be as large as an integer can be: it then means all.
    capacity = limit + min(max(limit / 2, TopHits.leastRoom), Int.max - limit)
    buffer.reserveCapacity(min(capacity, 1 << 16))
  }

  package mutating func offer(_ hit: ScoredPassage) {
    guard hit.score >= threshold, limit > 0 else { return }
    buffer.append(hit)
    if buffer.count == capacity { select() }
  }

  /// The hits, best first.
  package consuming func ranked() -> [ScoredPassage] {
    buffer.sort { $0.precedes($1) }
    return Array(buffer.prefix(limit))
  }

  /// Keeps the best `limit` hits (quickselect; Hoare, 1961).
  private mutating func select() {
    buffer.withUnsafeMutableBufferPointer { hits in
      var low = 0
      var high = hits.count - 1
      while low < high {
        // The median of three as the pivot makes ascending and descending offers harmless.
        let middle = (low + high) / 2
        if hits[middle].precedes(hits[low]) { hits.swapAt(middle, low) }
        if hits[high].precedes(hits[low]) { hits.swapAt(high, low) }
        if hits[high].precedes(hits[middle]) { hits.swapAt(high, middle) }
        let pivot = hits[middle]
        var left = low
        var right = high
        while left <= right {
          while hits[left].precedes(pivot) { left += 1 }
          while pivot.precedes(hits[right]) { right -= 1 }
          if left <= right {
            hits.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if limit - 1 <= right {
          high = right
        } else if limit - 1 >= left {
          low = left
        } else {
          break
        }
      }
    }
    threshold = buffer[limit - 1].score
    buffer.removeLast(buffer.count - limit)
  }
}
