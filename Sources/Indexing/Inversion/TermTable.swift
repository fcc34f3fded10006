import ByteStorage
import TextAnalysis

/// Numbers the distinct terms of a batch in the order in which they first appear: an open-addressing hash table over a
/// common store of key bytes.
///
/// Slots are small, so that many stay in a near cache, and what is known of frequent terms lies together, because they appear
/// early. Keys of up to 16 bytes, which nearly all are, are hashed and compared without a branch on their length.
struct TermTable: ~Copyable {
  /// The first 16 bytes of a key, zeros behind a shorter one, and the hash of the whole key.
  private struct Head: BitwiseCopyable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var hash: UInt64 = 0
  }

  private struct Slot: BitwiseCopyable {
    /// The lower half of the hash, by which a larger table is filled as well.
    var mark: UInt32 = 0
    /// Term number plus 1, or 0 for an empty slot.
    var entry: UInt32 = 0
  }

  /// What is known of a term, in few bytes, so that many terms stay in a near cache.
  private struct Term: BitwiseCopyable {
    /// The first 16 bytes of the key, zeros behind a shorter one.
    var low: UInt64
    var high: UInt64
    /// Where the key is in `keys`.
    var start: UInt32
    private var lengthAndRole: UInt32

    init(_ head: Head, start: Int, length: Int, isPositional: Bool) {
      (low, high) = (head.low, head.high)
      self.start = UInt32(start)
      lengthAndRole = UInt32(length) << 1 | (isPositional ? 1 : 0)
    }

    var length: UInt32 { lengthAndRole >> 1 }
    var isPositional: Bool { lengthAndRole & 1 == 1 }
  }

  private var terms = PlainBuffer<Term>(capacity: 1 << 12)
  private var keys = PlainBuffer<UInt8>(capacity: 1 << 15)
  private var slots: UnsafeMutablePointer<Slot>
  private var slotCount = 1 << 14

  /// Keys that are hashed before the first of them is looked for, so that their slots are fetched side by side.
  private static let groupSize = 16
  private let group = UnsafeMutablePointer<Head>.allocate(capacity: TermTable.groupSize)

  init() {
    slots = LargePages.allocate(slotCount)
    slots.initialize(repeating: Slot(), count: slotCount)
  }

  deinit {
    slots.deallocate()
    group.deallocate()
  }

  var count: Int { terms.count }

  /// Forgets all terms and keeps the memory.
  mutating func removeAll() {
    terms.count = 0
    keys.count = 0
    slots.update(repeating: Slot(), count: slotCount)
  }

  /// The number of a term, a new one where it has none.
  mutating func number(of key: UnsafeBufferPointer<UInt8>, isPositional: Bool) -> UInt32 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: key.count + TokenView.slack) { padded in
      padded.initialize(repeating: 0)
      for index in 0..<key.count { padded[index] = key[index] }
      let start = UnsafePointer(padded.baseAddress!)
      return find(start, key.count, TermTable.head(start, key.count), isPositional)
    }
  }

  /// Writes the number of each token's term to `output`.
  ///
  /// - Parameter keys: the bytes of all keys, behind which `TokenView.slack` more may be read.
  mutating func number(
    _ tokens: UnsafeBufferPointer<Token>, keys: UnsafePointer<UInt8>, into output: UnsafeMutablePointer<UInt32>
  ) {
    let positionalRole = TokenRoles.positional.rawValue
    var first = 0
    while first < tokens.count {
      let count = min(TermTable.groupSize, tokens.count - first)
      let mask = slotCount &- 1
      for index in 0..<count {
        let token = tokens[first + index]
        let head = TermTable.head(keys + Int(token.keyStart), Int(token.keyLength))
        group[index] = head
        Prefetch.bytes(slots + (Int(TermTable.mark(head.hash)) & mask), count: 1)
      }
      for index in 0..<count {
        let token = tokens[first + index]
        output[first + index] = find(
          keys + Int(token.keyStart), Int(token.keyLength), group[index], token.roles.rawValue & positionalRole != 0)
      }
      first += count
    }
  }

  /// The key of a term.
  func key(_ term: UInt32) -> UnsafeBufferPointer<UInt8> {
    let known = terms.base + Int(term)
    return UnsafeBufferPointer(start: keys.base + Int(known.pointee.start), count: Int(known.pointee.length))
  }

  /// Whether the positions of a term are kept.
  func isPositional(_ term: UInt32) -> Bool { terms.base[Int(term)].isPositional }

  /// All terms, sorted by the bytes of their keys.
  func sorted() -> [TermOrder] {
    var order = [TermOrder](unsafeUninitializedCapacity: count) { order, initialized in
      for term in 0..<UInt32(count) {
        let known = terms.base + Int(term)
        order[Int(term)] = TermOrder(
          prefix: known.pointee.low.byteSwapped, term: term,
          length: UInt16(clamping: known.pointee.length), isPositional: known.pointee.isPositional)
      }
      initialized = count
    }
    TermOrder.sort(&order) { TermOrder.precedes(key($0), key($1)) }
    return order
  }

  @inline(__always)
  private mutating func find(
    _ key: UnsafePointer<UInt8>, _ length: Int, _ head: Head, _ isPositional: Bool
  ) -> UInt32 {
    let mask = slotCount &- 1
    let mark = TermTable.mark(head.hash)
    var slot = Int(mark) & mask
    while true {
      let entry = slots[slot].entry
      if entry == 0 { return add(key, length, head, isPositional, at: slot) }
      if slots[slot].mark == mark {
        let known = terms.base + Int(entry &- 1)
        let difference =
          (known.pointee.low ^ head.low) | (known.pointee.high ^ head.high)
          | UInt64(known.pointee.length ^ UInt32(truncatingIfNeeded: length))
        if difference == 0, length <= 16 || equals(entry - 1, key, length) { return entry &- 1 }
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(never)
  private mutating func add(
    _ key: UnsafePointer<UInt8>, _ length: Int, _ head: Head, _ isPositional: Bool, at slot: Int
  ) -> UInt32 {
    let term = UInt32(count)
    slots[slot] = Slot(mark: TermTable.mark(head.hash), entry: term + 1)
    terms.append(Term(head, start: keys.count, length: length, isPositional: isPositional))
    keys.append(UnsafeBufferPointer(start: key, count: length))
    if 2 * count > slotCount { grow() }
    return term
  }

  /// Whether a term has this key, of which the length and the first 16 bytes are known to be the same.
  private func equals(_ term: UInt32, _ key: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let known = keys.base + Int(terms.base[Int(term)].start)
    var index = 16
    while index + 8 <= length {
      guard TermTable.load(known + index) == TermTable.load(key + index) else { return false }
      index += 8
    }
    // The last 8 bytes, some of them for the second time.
    return TermTable.load(known + (length - 8)) == TermTable.load(key + (length - 8))
  }

  private mutating func grow() {
    let old = slots
    let oldCount = slotCount
    slotCount *= 2
    slots = LargePages.allocate(slotCount)
    slots.initialize(repeating: Slot(), count: slotCount)
    let mask = slotCount - 1
    for index in 0..<oldCount where old[index].entry != 0 {
      var slot = Int(old[index].mark) & mask
      while slots[slot].entry != 0 { slot = (slot + 1) & mask }
      slots[slot] = old[index]
    }
    old.deallocate()
  }

  @inline(__always)
  private static func mark(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) }

  @inline(__always)
  private static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  /// Multiplies to 128 bits and folds them, 16 bytes at first and then eight at a time, the last ones perhaps twice. It is
  /// the same in every process, but no order depends on it.
  @inline(__always)
  private static func head(_ key: UnsafePointer<UInt8>, _ length: Int) -> Head {
    // Bytes behind the key are left out. A key of 8 bytes or fewer has no second word.
    let first = UInt64(truncatingIfNeeded: 8 &* min(length, 8))
    let second = UInt64(truncatingIfNeeded: 8 &* min(max(length &- 8, 0), 8))
    let low = load(key) & mask(first)
    let high = load(key + 8) & mask(second)
    var hash = fold(low ^ 0x9E37_79B9_7F4A_7C15 &+ first &+ second, high ^ 0xD6E8_FEB8_6659_FD93)
    if length > 16 { hash = fold(hash ^ hashOfRest(key, length), 0xC4CE_B9FE_1A85_EC53) }
    return Head(low: low, high: high, hash: hash)
  }

  /// So many of the lower bits, at most 64.
  @inline(__always)
  private static func mask(_ bits: UInt64) -> UInt64 { bits == 0 ? 0 : .max &>> (64 &- bits) }

  @inline(never)
  private static func hashOfRest(_ key: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    var hash: UInt64 = 0
    var index = 16
    while index + 8 < length {
      hash = fold(hash ^ load(key + index), 0xFF51_AFD7_ED55_8CCD)
      index += 8
    }
    return hash ^ load(key + (length - 8))
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
