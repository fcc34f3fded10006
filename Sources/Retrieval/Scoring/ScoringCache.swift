import IndexFormat
import Synchronization

/// Keeps what searches have in common: the norms of the last similarity, the places of terms and their bounds.
final class ScoringCache: Sendable {
  private let state = Mutex(State())
  /// How often the cache has begun anew. Who remembers terms of an earlier generation keeps memory from being freed.
  private let begun = Atomic<Int>(0)

  private struct State {
    var terms: [[UInt8]: KnownTerm] = [:]
    /// Bytes of all that is kept, roughly.
    var memory = 0
    var norms: (table: NormTable, bySegment: [SegmentNorms])?
  }

  /// A full cache begins anew.
  private static let mostMemory = 128 << 20
  /// What a term without bounds takes.
  private static let bytesPerTerm = 512

  /// The norms for a similarity, in general and for each segment.
  func norms(_ similarity: BM25, averageLength: Float, _ segments: [Segment]) -> (NormTable, [SegmentNorms]) {
    if let norms = state.withLock({ $0.norms }), norms.table.similarity == similarity { return norms }
    let table = NormTable(similarity, averageLength: averageLength)
    let bySegment = segments.map { SegmentNorms($0, table) }
    state.withLock { $0.norms = (table, bySegment) }
    return (table, bySegment)
  }

  /// The generation of the terms that are kept.
  var generation: Int { begun.load(ordering: .relaxed) }

  /// What is known of a term, which may be that no segment holds it.
  func term(_ key: [UInt8], _ segments: [Segment]) throws(IndexError) -> KnownTerm {
    if let known = state.withLock({ $0.terms[key] }) { return known }
    let term = try KnownTerm(key, segments)
    state.withLock {
      $0.terms[key] = term
      grow(&$0, by: ScoringCache.bytesPerTerm)
    }
    return term
  }

  /// Reckons with bytes that terms have been given since.
  func note(added: Int) {
    if added > 0 { state.withLock { grow(&$0, by: added) } }
  }

  private func grow(_ state: inout State, by bytes: Int) {
    state.memory += bytes
    guard state.memory > ScoringCache.mostMemory else { return }
    begun.wrappingAdd(1, ordering: .relaxed)
    state.terms.removeAll()
    state.memory = 0
  }
}
