/// A term with what evaluators need of it for one similarity, without locks; it serves one thread.
final class CompiledTerm {
  let known: KnownTerm
  /// Its inverse document frequency times the scale of the similarity.
  let weight: Float
  /// By segment, where they have been asked for.
  @exclusivity(unchecked) var bounds: [RangeBounds?]

  init(_ known: KnownTerm, weight: Float) {
    self.known = known
    self.weight = weight
    bounds = Array(repeating: nil, count: known.lists.count)
  }
}

/// Terms by their keys. Queries ask for a handful of them, and a dictionary would take longer to hash a key than this takes to
/// find the term.
struct CompiledTerms {
  /// Where a term may stand, by its fingerprint or behind that place; at most half of the places are taken.
  private var places: [(fingerprint: Fingerprint, term: CompiledTerm?)] = []
  private var count = 0

  private static let leastPlaces = 64

  /// A key in two words: all of a short one, so that to compare a term's needs no look at the term.
  struct Fingerprint: Equatable, BitwiseCopyable {
    fileprivate var low: UInt64 = 0
    fileprivate var high: UInt64 = 0

    /// Longest key that is kept whole: the last byte of the words says how long it is.
    private static let mostBytes = 15

    @inline(__always)
    init(_ key: [UInt8]) {
      guard key.count > Fingerprint.mostBytes else {
        for (index, byte) in key.enumerated() {
          if index < 8 {
            low |= UInt64(byte) << UInt64(8 * index)
          } else {
            high |= UInt64(byte) << UInt64(8 * index - 64)
          }
        }
        high |= UInt64(key.count) << 56
        return
      }
      // FNV-1a (Fowler, Noll, Vo).
      low = 0xCBF2_9CE4_8422_2325
      for byte in key { low = (low ^ UInt64(byte)) &* 0x100_0000_01B3 }
      high = .max
    }

    @inline(__always)
    var isWhole: Bool { high != .max }

    @inline(__always)
    var place: Int {
      let mixed = (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
      return Int(truncatingIfNeeded: mixed >> 32)
    }
  }

  /// The term with a key, or nil where it is not there.
  func find(_ key: [UInt8], _ fingerprint: Fingerprint) -> CompiledTerm? {
    guard count > 0 else { return nil }
    var place = fingerprint.place & (places.count - 1)
    while let term = places[place].term {
      if places[place].fingerprint == fingerprint && (fingerprint.isWhole || term.known.key == key) { return term }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// Inserts a term that is not there.
  mutating func insert(_ term: CompiledTerm, _ fingerprint: Fingerprint) {
    if 2 * count >= places.count {
      let old = places
      let empty = (fingerprint: Fingerprint([]), term: CompiledTerm?.none)
      places = Array(repeating: empty, count: max(2 * old.count, CompiledTerms.leastPlaces))
      for case let (fingerprint, term?) in old { put(term, fingerprint) }
    }
    put(term, fingerprint)
    count += 1
  }

  mutating func removeAll() {
    places = []
    count = 0
  }

  private mutating func put(_ term: CompiledTerm, _ fingerprint: Fingerprint) {
    var place = fingerprint.place & (places.count - 1)
    while places[place].term != nil { place = (place + 1) & (places.count - 1) }
    places[place] = (fingerprint, term)
  }
}
