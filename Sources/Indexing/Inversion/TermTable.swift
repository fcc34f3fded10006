/// Numbers the distinct terms of a batch in the order in which they first appear: an open-addressing hash table over a
/// common store of key bytes.
struct TermTable {
  /// Where the key of each term begins in `keys`; one entry more than there are terms.
  private(set) var starts: [UInt32] = [0]
  private(set) var keys: [UInt8] = []
  /// True for terms whose positions are kept.
  private(set) var isPositional: [Bool] = []
  private var hashes: [UInt32] = []
  /// Term number plus 1, or 0 for an empty slot.
  private var slots = [UInt32](repeating: 0, count: 1 << 15)

  var count: Int { isPositional.count }

  /// Forgets all terms and keeps the memory.
  mutating func removeAll() {
    starts.removeLast(starts.count - 1)
    keys.removeAll(keepingCapacity: true)
    isPositional.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = 0 }
  }

  /// The number of a term, a new one where it has none.
  mutating func number(of key: UnsafeBufferPointer<UInt8>, isPositional positional: Bool) -> UInt32 {
    let hash = TermTable.hash(key)
    let mask = UInt32(slots.count - 1)
    var slot = hash & mask
    while true {
      let entry = slots[Int(slot)]
      if entry == 0 { break }
      let term = Int(entry - 1)
      if hashes[term] == hash && equals(term, key) { return entry - 1 }
      slot = (slot + 1) & mask
    }
    let term = UInt32(count)
    slots[Int(slot)] = term + 1
    hashes.append(hash)
    keys.append(contentsOf: key)
    starts.append(UInt32(keys.count))
    isPositional.append(positional)
    if 3 * count > 2 * slots.count { grow() }
    return term
  }

  /// The key of a term.
  func key(_ term: UInt32) -> ArraySlice<UInt8> { keys[Int(starts[Int(term)])..<Int(starts[Int(term) + 1])] }

  /// The numbers of all terms, sorted by the bytes of their keys.
  func sorted() -> [UInt32] {
    var order = (0..<UInt32(count)).map { (prefix: prefix(of: $0), term: $0) }
    order.sort { left, right in
      left.prefix != right.prefix
        ? left.prefix < right.prefix : key(left.term).lexicographicallyPrecedes(key(right.term))
    }
    return order.map(\.term)
  }

  /// The first 8 bytes of a key as a number that sorts as they do.
  private func prefix(of term: UInt32) -> UInt64 {
    let key = key(term)
    let prefix = key.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return key.count >= 8 ? prefix : prefix << UInt64(8 * (8 - key.count))
  }

  private func equals(_ term: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = Int(starts[term])
    guard Int(starts[term + 1]) - start == key.count else { return false }
    return keys.withUnsafeBufferPointer { keys in
      for index in 0..<key.count where keys[start + index] != key[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: 2 * slots.count)
    let mask = UInt32(slots.count - 1)
    for term in 0..<count {
      var slot = hashes[term] & mask
      while slots[Int(slot)] != 0 { slot = (slot + 1) & mask }
      slots[Int(slot)] = UInt32(term) + 1
    }
  }

  /// Multiply and mix, eight bytes at a time. It is the same in every process, but no order depends on it.
  private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash = UInt64(key.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    let bytes = UnsafeRawBufferPointer(key)
    while index + 8 <= bytes.count {
      hash = (hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      index += 8
    }
    var rest: UInt64 = 0
    while index < bytes.count {
      rest = rest << 8 | UInt64(bytes[index])
      index += 1
    }
    hash = (hash ^ rest) &* 0xC4CE_B9FE_1A85_EC53
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
