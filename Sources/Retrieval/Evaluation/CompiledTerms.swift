/// Terms by their keys. Queries ask for a handful of them, and a dictionary would take longer to hash a key than this takes to
/// find the term.
struct CompiledTerms {
  /// Where a term may stand, by its fingerprint or behind that place; at most half of the places are taken.
  private var places: [Place] = []
  /// Keeps the terms alive.
  private var terms: [CompiledTerm] = []

  private struct Place: BitwiseCopyable {
    var fingerprint = Fingerprint([])
    var term: Unmanaged<CompiledTerm>?
  }

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

  /// The term with a key, or nil where it is not there; valid until the terms are removed. To count references to it would
  /// take longer than to find it.
  func find(_ key: [UInt8], _ fingerprint: Fingerprint) -> Unmanaged<CompiledTerm>? {
    guard !terms.isEmpty else { return nil }
    var place = fingerprint.place & (places.count - 1)
    while let term = places[place].term {
      if places[place].fingerprint == fingerprint
        && (fingerprint.isWhole || term._withUnsafeGuaranteedRef({ $0.known.key == key }))
      {
        return term
      }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// Inserts a term that is not there.
  mutating func insert(_ term: CompiledTerm, _ fingerprint: Fingerprint) -> Unmanaged<CompiledTerm> {
    if 2 * terms.count >= places.count {
      let old = places
      places = Array(repeating: Place(), count: max(2 * old.count, CompiledTerms.leastPlaces))
      for place in old where place.term != nil { put(place) }
    }
    terms.append(term)
    let unmanaged = Unmanaged.passUnretained(term)
    put(Place(fingerprint: fingerprint, term: unmanaged))
    return unmanaged
  }

  mutating func removeAll() {
    places = []
    terms = []
  }

  private mutating func put(_ new: Place) {
    var place = new.fingerprint.place & (places.count - 1)
    while places[place].term != nil { place = (place + 1) & (places.count - 1) }
    places[place] = new
  }
}
