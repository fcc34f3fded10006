import IndexFormat
import Synchronization

/// Keeps what searches have in common: the norms of the last similarity, the places of terms and what has been found out about
/// their postings.
///
/// Terms are kept in two halves, those asked for since the last change and those before. When the first is full, it becomes the
/// second, and what was there and has not been asked for since is forgotten.
final class ScoringCache: Sendable {
  private let state = Mutex(State())
  /// Bytes that are kept at most, roughly.
  private let mostMemory: Int
  /// How often the halves have changed. Who remembers terms of an earlier generation keeps memory from being freed.
  private let changes = Atomic<Int>(0)

  private struct State {
    var terms: [[UInt8]: KnownTerm] = [:]
    var earlierTerms: [[UInt8]: KnownTerm] = [:]
    /// Bytes of the first half, roughly.
    var memory = 0
    var norms: (table: NormTable, bySegment: [SegmentNorms])?
  }

  /// - Parameter mostMemory: bytes that are kept at most, roughly.
  init(mostMemory: Int) { self.mostMemory = mostMemory }

  /// The norms for a similarity, in general and for each segment.
  func norms(_ similarity: BM25, averageLength: Float, _ segments: [Segment]) -> (NormTable, [SegmentNorms]) {
    if let norms = state.withLock({ $0.norms }), norms.table.similarity == similarity { return norms }
    let table = NormTable(similarity, averageLength: averageLength)
    let bySegment = segments.map { SegmentNorms($0, table) }
    state.withLock { $0.norms = (table, bySegment) }
    return (table, bySegment)
  }

  /// The generation of the terms in the first half.
  var generation: Int { changes.load(ordering: .relaxed) }

  /// What is known of a term, which may be that no segment holds it.
  func term(_ key: [UInt8], _ segments: [Segment]) throws(IndexError) -> KnownTerm {
    let known = state.withLock { state -> KnownTerm? in
      if let known = state.terms[key] { return known }
      guard let known = state.earlierTerms.removeValue(forKey: key) else { return nil }
      state.terms[key] = known
      grow(&state, by: known.memory)
      return known
    }
    if let known { return known }
    let term = try KnownTerm(key, segments)
    state.withLock {
      $0.terms[key] = term
      grow(&$0, by: term.memory)
    }
    return term
  }

  /// Reckons with bytes that terms have been given since.
  func note(added: Int) {
    if added > 0 { state.withLock { grow(&$0, by: added) } }
  }

  private func grow(_ state: inout State, by bytes: Int) {
    state.memory += bytes
    guard state.memory > mostMemory / 2 else { return }
    changes.wrappingAdd(1, ordering: .relaxed)
    state.earlierTerms = state.terms
    state.terms.removeAll()
    state.memory = 0
  }
}
