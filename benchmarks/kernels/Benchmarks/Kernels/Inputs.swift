/// Numbers that are the same in every run (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Memory for what a kernel reads or writes, at a fixed place, so that no call pays for an array's checks.
final class Room<Element> {
  let values: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    values = .allocate(capacity: count)
    values.initialize(from: elements, count: count)
  }

  convenience init(repeating element: Element, count: Int) { self.init(Array(repeating: element, count: count)) }

  deinit {
    values.deinitialize(count: count)
    values.deallocate()
  }
}

/// `count` of the passages of a range of 128 that begins at `base`, ascending, and room to read eight at a time.
func passages(_ count: Int, from base: UInt32, using generator: inout SplitMix64) -> Room<UInt32> {
  let chosen = (0..<UInt32(128)).shuffled(using: &generator).prefix(count).sorted()
  return Room(chosen.map { base + $0 } + Array(repeating: 0, count: 8))
}
