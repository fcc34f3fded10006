import IndexFormat
import Synchronization

/// Keeps what searches have in common: the norms of the last similarity, and the bounds of frequent terms. Those of rare
/// terms are cheaper to compute than to keep.
final class ScoringCache: Sendable {
  private let known = Mutex<[Key: ScoreBounds]>([:])
  private let lastNorms = Mutex<NormTable?>(nil)

  private struct Key: Hashable {
    var term: [UInt8]
    var segment: ObjectIdentifier
    var similarity: BM25
  }

  /// Terms that are kept at most; a full cache begins anew.
  private static let capacity = 4096
  /// Passages that a term must occur in to be kept.
  private static let leastFrequency = 512

  /// The norms for a similarity.
  func norms(_ similarity: BM25, averageLength: Float) -> NormTable {
    if let norms = lastNorms.withLock({ $0 }), norms.similarity == similarity { return norms }
    let norms = NormTable(similarity, averageLength: averageLength)
    lastNorms.withLock { $0 = norms }
    return norms
  }

  /// The bounds of a term in a segment.
  func bounds(
    _ term: [UInt8], _ cursor: PostingsCursor, _ segment: Segment, _ norms: NormTable
  ) throws(IndexError) -> ScoreBounds {
    guard Int(cursor.list.term.documentFrequency) >= ScoringCache.leastFrequency else {
      return try ScoreBounds(cursor, lengths: segment.lengths, norms: norms)
    }
    let key = Key(term: term, segment: ObjectIdentifier(segment), similarity: norms.similarity)
    if let bounds = known.withLock({ $0[key] }) { return bounds }
    let bounds = try ScoreBounds(cursor, lengths: segment.lengths, norms: norms)
    known.withLock {
      if $0.count >= ScoringCache.capacity { $0.removeAll() }
      $0[key] = bounds
    }
    return bounds
  }
}
