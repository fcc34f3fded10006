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

/// The best `limit` hits of all that are offered: a binary heap with the worst on top.
package struct TopHits: Sendable {
  /// How many hits are kept.
  let limit: Int
  private var heap: [ScoredPassage] = []

  package init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 1 << 16))
  }

  /// The score that a later passage must exceed to be taken; −∞ while there is room.
  package var threshold: Float { heap.count < limit ? -.infinity : (heap.first?.score ?? .infinity) }

  package mutating func offer(_ hit: ScoredPassage) {
    if heap.count < limit {
      heap.append(hit)
      var child = heap.count - 1
      while child > 0 && heap[(child - 1) / 2].precedes(heap[child]) {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    } else if limit > 0 && hit.precedes(heap[0]) {
      heap[0] = hit
      var parent = 0
      while 2 * parent + 1 < heap.count {
        var child = 2 * parent + 1
        if child + 1 < heap.count && heap[child].precedes(heap[child + 1]) { child += 1 }
        guard heap[parent].precedes(heap[child]) else { break }
        heap.swapAt(parent, child)
        parent = child
      }
    }
  }

  /// The hits, best first.
  package consuming func ranked() -> [ScoredPassage] { heap.sorted { $0.precedes($1) } }
}
