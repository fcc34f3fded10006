import IndexFormat
import Synchronization

/// Keeps the bounds of frequent terms from search to search; those of rare terms are cheaper to compute than to keep.
final class BoundsCache: Sendable {
  private let known = Mutex<[Key: ScoreBounds]>([:])

  private struct Key: Hashable {
    var term: [UInt8]
    var segment: ObjectIdentifier
    var similarity: BM25
  }

  /// Terms that are kept at most; a full cache begins anew.
  private static let capacity = 4096
  /// Passages that a term must occur in to be kept.
  private static let leastFrequency = 512

  func bounds(
    _ term: [UInt8], _ cursor: PostingsCursor, _ segment: Segment, _ norms: NormTable
  ) throws(IndexError) -> ScoreBounds {
    guard Int(cursor.list.term.documentFrequency) >= BoundsCache.leastFrequency else {
      return try ScoreBounds(cursor, lengths: segment.lengths, norms: norms)
    }
    let key = Key(term: term, segment: ObjectIdentifier(segment), similarity: norms.similarity)
    if let bounds = known.withLock({ $0[key] }) { return bounds }
    let bounds = try ScoreBounds(cursor, lengths: segment.lengths, norms: norms)
    known.withLock {
      if $0.count >= BoundsCache.capacity { $0.removeAll() }
      $0[key] = bounds
    }
    return bounds
  }
}
