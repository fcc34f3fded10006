/// A term with what evaluators need of it for one similarity, without locks; it serves one thread.
final class CompiledTerm {
  let known: KnownTerm
  /// Its inverse document frequency times the scale of the similarity.
  let weight: Float
  /// By segment, where they have been asked for.
  @exclusivity(unchecked) var bounds: [RangeBounds?]
  fileprivate let hash: UInt64

  init(_ known: KnownTerm, weight: Float, hash: UInt64) {
    self.known = known
    self.weight = weight
    self.hash = hash
    bounds = Array(repeating: nil, count: known.lists.count)
  }
}

/// Terms by their keys. Queries ask for a handful of them, and a dictionary would take longer to hash a key than this takes to
/// find the term.
struct CompiledTerms {
  /// Where a term may stand, by the lower bits of its hash or behind that place; at most half of the places are taken.
  private var places: [CompiledTerm?] = []
  private var count = 0

  private static let leastPlaces = 64

  /// FNV-1a (Fowler, Noll, Vo), mixed once more so that the lower bits depend on all.
  @inline(__always)
  static func hash(of key: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }

  /// The term with a key, or nil where it is not there.
  func find(_ key: [UInt8], _ hash: UInt64) -> CompiledTerm? {
    guard count > 0 else { return nil }
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while let term = places[place] {
      if term.hash == hash && term.known.key == key { return term }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// Inserts a term that is not there.
  mutating func insert(_ term: CompiledTerm) {
    if 2 * count >= places.count {
      let old = places
      places = Array(repeating: nil, count: max(2 * old.count, CompiledTerms.leastPlaces))
      for case let term? in old { put(term) }
    }
    put(term)
    count += 1
  }

  mutating func removeAll() {
    places = []
    count = 0
  }

  private mutating func put(_ term: CompiledTerm) {
    var place = Int(truncatingIfNeeded: term.hash) & (places.count - 1)
    while places[place] != nil { place = (place + 1) & (places.count - 1) }
    places[place] = term
  }
}
