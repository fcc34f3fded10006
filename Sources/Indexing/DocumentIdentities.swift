import ByteStorage

/// The ids that are taken: 128 bits of the hash of each instead of the text, in an open-addressing hash table.
struct DocumentIdentities: ~Copyable {
  private struct Identity: BitwiseCopyable {
    /// Both zero for an empty slot.
    var low: UInt64
    var high: UInt64
  }

  private var slots: UnsafeMutablePointer<Identity>
  private var slotCount = 1 << 10
  private var count = 0

  init() { slots = DocumentIdentities.emptySlots(slotCount) }

  deinit { slots.deallocate() }

  /// Takes an id; false where it is taken already.
  mutating func insert(_ id: String) -> Bool {
    var id = id
    let (low, high) = id.withUTF8 { Checksum.halves(of: UnsafeRawBufferPointer($0)) }
    let slot = slot(of: Identity(low: low, high: high))
    guard isEmpty(slots[slot]) else { return false }
    slots[slot] = Identity(low: low, high: high)
    count += 1
    if 2 * count > slotCount { grow() }
    return true
  }

  /// Where an identity is, or the empty slot where it belongs.
  private func slot(of identity: Identity) -> Int {
    var slot = Int(truncatingIfNeeded: identity.low) & (slotCount - 1)
    while !isEmpty(slots[slot]), slots[slot].low != identity.low || slots[slot].high != identity.high {
      slot = (slot + 1) & (slotCount - 1)
    }
    return slot
  }

  private func isEmpty(_ identity: Identity) -> Bool { identity.low | identity.high == 0 }

  private mutating func grow() {
    let old = slots
    let oldCount = slotCount
    slotCount *= 2
    slots = DocumentIdentities.emptySlots(slotCount)
    for index in 0..<oldCount where !isEmpty(old[index]) { slots[slot(of: old[index])] = old[index] }
    old.deallocate()
  }

  private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Identity> {
    let slots = LargePages.allocate(count, of: Identity.self)
    slots.initialize(repeating: Identity(low: 0, high: 0), count: count)
    return slots
  }
}
