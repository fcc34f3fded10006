/// Finds the stretch of a passage that holds most of a query, and what it holds beyond a single word.
enum WordWindow {
  /// How many units a stretch has.
  static let length: UInt32 = 15

  /// A unit at which a term of the query stands.
  struct Occurrence {
    var position: UInt32
    /// The term's number.
    var term: Int
  }

  /// The greatest weight of different terms that begin within `length` units, less that of the heaviest term of all
  /// occurrences: a word that stands alone is near nothing.
  ///
  /// - Parameter occurrences: in any order; they are sorted.
  static func gain(_ occurrences: inout [Occurrence], weights: [Double]) -> Double {
    occurrences.sort { $0.position < $1.position }
    var counts = [Int](repeating: 0, count: weights.count)
    var (best, held, heaviest) = (0.0, 0.0, 0.0)
    var left = 0
    for occurrence in occurrences {
      while occurrence.position - occurrences[left].position >= length {
        counts[occurrences[left].term] -= 1
        if counts[occurrences[left].term] == 0 { held -= weights[occurrences[left].term] }
        left += 1
      }
      counts[occurrence.term] += 1
      if counts[occurrence.term] == 1 { held += weights[occurrence.term] }
      heaviest = max(heaviest, weights[occurrence.term])
      best = max(best, held)
    }
    return max(best - heaviest, 0)
  }
}
