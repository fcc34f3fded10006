/// A passage with its score. Better hits come first: by score, and of equal scores the earlier passage.
package struct ScoredPassage: Sendable, Hashable, BitwiseCopyable {
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
/// Few hits are kept sorted, so that the threshold rises with every one. Many are collected in a buffer half as large again
/// as is needed; when it is full, the better part is selected and the rest forgotten. That costs a few steps a hit whatever
/// the limit is, where a heap takes as many as the limit has bits.
package struct TopHits: ~Copyable {
  /// How many hits are kept.
  let limit: Int
  /// The score that a hit must reach to be taken; −∞ while there is room.
  package private(set) var threshold: Float
  /// Hits that score no more than the threshold must be of an earlier passage than this.
  private(set) var firstTooLate = Int.max
  /// The hits as keys that sort as the hits are ranked: `count` of them, with room for `room`.
  private var keys: UnsafeMutablePointer<UInt64>
  private var count = 0
  private var room: Int
  /// Keys at which the better part is selected.
  private let capacity: Int

  /// Up to so many hits are kept sorted.
  private static let greatestSorted = 32

  package init(limit: Int) {
    self.limit = limit
    threshold = limit > 0 ? -.infinity : .infinity
    // A limit may be as large as an integer can be: it then means all.
    capacity = limit <= TopHits.greatestSorted ? limit + 1 : limit + min(limit / 2, Int.max - limit)
    room = min(capacity, 1 << 12)
    keys = .allocate(capacity: max(room, 1))
  }

  deinit { keys.deallocate() }

  /// Offers a hit, whose passage is below 2³².
  @inline(__always)
  package mutating func offer(_ hit: ScoredPassage) {
    guard limit > 0, accepts(hit.passage, score: hit.score) else { return }
    let key = TopHits.key(of: hit)
    if limit <= TopHits.greatestSorted {
      insert(key)
    } else {
      append(key)
    }
  }

  /// True where a hit of this score would be among the hits so far.
  @inline(__always)
  func accepts(_ passage: Int, score: Float) -> Bool {
    score > threshold || score == threshold && passage < firstTooLate
  }

  /// Inserts a key into the sorted ones, of which the last may fall out.
  private mutating func insert(_ key: UInt64) {
    var place = count
    while place > 0 && keys[place - 1] > key {
      keys[place] = keys[place - 1]
      place -= 1
    }
    keys[place] = key
    if count < limit { count += 1 }
    if count == limit { raise() }
  }

  private mutating func append(_ key: UInt64) {
    if count == room {
      let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: min(2 * room, capacity))
      larger.update(from: keys, count: count)
      keys.deallocate()
      (keys, room) = (larger, min(2 * room, capacity))
    }
    keys[count] = key
    count += 1
    if count == capacity { select() }
  }

  /// The hits, best first.
  package consuming func ranked() -> [ScoredPassage] {
    if limit > TopHits.greatestSorted { TopHits.sort(UnsafeMutableBufferPointer(start: keys, count: count)) }
    return (0..<min(limit, count)).map { TopHits.hit(of: keys[$0]) }
  }

  /// The score, turned round so that greater ones are lesser numbers, above the passage.
  @inline(__always)
  private static func key(of hit: ScoredPassage) -> UInt64 {
    let bits = hit.score.bitPattern
    // Floats sort as their bits do, but negative ones the other way round and before all others.
    let ascending = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
    return UInt64(~ascending) << 32 | UInt64(UInt32(hit.passage))
  }

  private static func hit(of key: UInt64) -> ScoredPassage {
    let ascending = ~UInt32(truncatingIfNeeded: key >> 32)
    let bits = ascending >> 31 == 1 ? ascending & ~(1 << 31) : ~ascending
    return ScoredPassage(passage: Int(UInt32(truncatingIfNeeded: key)), score: Float(bitPattern: bits))
  }

  /// Fewer keys are sorted by comparing them.
  private static let leastForRadixSort = 128

  /// Sorts keys ascending: by their upper halves, byte by byte from the lowest, passing over bytes that all keys share, and then
  /// those that have the upper half in common, which are few.
  private static func sort(_ keys: UnsafeMutableBufferPointer<UInt64>) {
    guard keys.count >= leastForRadixSort, let first = keys.baseAddress else {
      var keys = keys
      keys.sort()
      return
    }
    let count = keys.count
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { spare in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * 256) { places in
        guard var target = spare.baseAddress else { return }
        places.initialize(repeating: 0)
        for index in 0..<count {
          let half = Int(truncatingIfNeeded: first[index] >> 32)
          places[half & 255] &+= 1
          places[256 | half >> 8 & 255] &+= 1
          places[512 | half >> 16 & 255] &+= 1
          places[768 | half >> 24 & 255] &+= 1
        }
        var source = first
        for byte in 0..<4 {
          let shift = UInt64(32 + 8 * byte)
          if places[256 * byte | Int(truncatingIfNeeded: first[0] >> shift & 255)] == count { continue }
          var next: UInt32 = 0
          for index in 256 * byte..<256 * byte + 256 { (places[index], next) = (next, next &+ places[index]) }
          for index in 0..<count {
            let key = source[index]
            let place = 256 * byte | Int(truncatingIfNeeded: key >> shift & 255)
            target[Int(places[place])] = key
            places[place] &+= 1
          }
          swap(&source, &target)
        }
        if source != first { first.update(from: source, count: count) }
      }
    }
    sortTies(keys)
  }

  /// Sorts the stretches of keys that have the upper half in common.
  private static func sortTies(_ keys: UnsafeMutableBufferPointer<UInt64>) {
    var start = 0
    for index in 1...keys.count where index == keys.count || keys[index] >> 32 != keys[start] >> 32 {
      if index - start > 1 { keys[start..<index].sort() }
      start = index
    }
  }

  /// Takes the threshold from the last of the hits that are kept.
  private mutating func raise() {
    let last = TopHits.hit(of: keys[limit - 1])
    (threshold, firstTooLate) = (last.score, last.passage)
  }

  /// Keeps the best `limit` hits (quickselect; Hoare, 1961).
  private mutating func select() {
    var low = 0
    var high = count - 1
    while low < high {
      // The median of three as the pivot makes ascending and descending offers harmless.
      let middle = (low + high) / 2
      if keys[middle] < keys[low] { exchange(middle, low) }
      if keys[high] < keys[low] { exchange(high, low) }
      if keys[high] < keys[middle] { exchange(high, middle) }
      let pivot = keys[middle]
      var left = low
      var right = high
      while left <= right {
        while keys[left] < pivot { left += 1 }
        while pivot < keys[right] { right -= 1 }
        if left <= right {
          exchange(left, right)
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
    raise()
    count = limit
  }

  private func exchange(_ first: Int, _ second: Int) {
    let key = keys[first]
    keys[first] = keys[second]
    keys[second] = key
  }
}
