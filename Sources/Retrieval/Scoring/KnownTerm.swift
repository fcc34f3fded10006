import IndexFormat
import Synchronization

/// What searches remember of a term: where its postings lie in each segment, how many passages of the whole index hold it,
/// and its bounds once they have been asked for.
final class KnownTerm: Sendable {
  let key: [UInt8]
  /// By segment; nil where the segment does not hold the term.
  let lists: [PostingsList?]
  /// Passages of the whole index that hold the term.
  let documentFrequency: Int
  private let bounds: Mutex<Bounds>

  private struct Bounds {
    var similarity: BM25?
    var bySegment: [RangeBounds?]
  }

  init(_ key: [UInt8], _ segments: [Segment]) throws(IndexError) {
    self.key = key
    var lists: [PostingsList?] = []
    for segment in segments {
      let info = try segment.terms.find(key[...])
      lists.append(try info.map { info throws(IndexError) in try segment.list(of: info) })
    }
    self.lists = lists
    documentFrequency = lists.reduce(0) { $0 + Int($1?.term.documentFrequency ?? 0) }
    bounds = Mutex(Bounds(bySegment: Array(repeating: nil, count: segments.count)))
  }

  /// The bounds in segment `index`, which holds the term.
  ///
  /// - Returns: also how many bytes have been taken to keep them, 0 where they were known.
  func bounds(
    _ index: Int, _ list: PostingsList, _ segment: Segment, _ norms: SegmentNorms, _ similarity: BM25
  ) throws(IndexError) -> (RangeBounds, added: Int) {
    let known = bounds.withLock { $0.similarity == similarity ? $0.bySegment[index] : nil }
    if let known { return (known, 0) }
    let computed = try RangeBounds(list, segment, norms)
    bounds.withLock {
      if $0.similarity != similarity {
        $0 = Bounds(similarity: similarity, bySegment: Array(repeating: nil, count: $0.bySegment.count))
      }
      $0.bySegment[index] = computed
    }
    return (computed, computed.memory)
  }

  /// Bytes that the term and what is known of it take, roughly.
  var memory: Int { KnownTerm.ownMemory + bounds.withLock { $0.bySegment.reduce(0) { $0 + ($1?.allMemory ?? 0) } } }

  /// What a term without bounds takes.
  private static let ownMemory = 512
}
