import CKernels

/// Ranges of 128 passages in an index of 141,490.
private let ranges = 1_106

/// What is done with sets of passages, two words of bits for each range, and with positions in them.
func addMaskBenchmarks() {
  var generator = SplitMix64(state: 5)
  // A quarter of the words of English intersections occur in 9,700 passages or more, a tenth in 25,000 or more.
  let sets = [10_000, 25_000, 25_000, 25_000].map { set(ofPassages: $0, using: &generator) }
  let pointers = Room<UnsafePointer<UInt64>?>(sets.map { UnsafePointer($0.values) })
  let found = Room<UInt32>(repeating: 0, count: ranges + 1)
  let masks = Room<UInt64>(repeating: 0, count: 2 * ranges + 2)
  for terms in [2, 4] {
    let name = "common masks of 1,106 ranges, \(terms) words in 10,000 to 25,000 passages"
    measure(name) { _ in
      withExtendedLifetime(sets) {
        _ = suo_common_masks(pointers.values, UInt32(terms), UInt32(ranges), found.values, masks.values)
      }
    }
    measure("\(name), portable") { _ in
      withExtendedLifetime(sets) {
        _ = suo_common_masks_portable(pointers.values, UInt32(terms), UInt32(ranges), found.values, masks.values)
      }
    }
  }
  let others = set(ofPassages: 2_000, using: &generator)
  let name = "count any of 2 words in 10,000 and 25,000 passages, and 2,000 others"
  measure(name) { _ in
    withExtendedLifetime(sets) { _ = suo_count_any(pointers.values, 2, others.values, UInt32(2 * ranges)) }
  }
  measure("\(name), portable") { _ in
    withExtendedLifetime(sets) { _ = suo_count_any_portable(pointers.values, 2, others.values, UInt32(2 * ranges)) }
  }
  addRankBenchmarks(using: &generator)
  for count in [1...4, 10...30] { addPairBenchmarks(count, using: &generator) }

  let bytes = Room<UInt8>(repeating: 1, count: 1 << 18)
  measure("fetch 36 bytes") { iteration in suo_fetch(bytes.values + (iteration & 1_023) * 192, 36) }
}

/// A set of so many passages, on the average.
private func set(ofPassages count: Int, using generator: inout SplitMix64) -> Room<UInt64> {
  Room(
    (0..<2 * ranges).map { _ in
      (0..<64).reduce(UInt64(0)) { word, bit in
        .random(in: 0..<128 * ranges, using: &generator) < count ? word | 1 << UInt64(bit) : word
      }
    })
}

/// So many ranges or passages, that the processor cannot learn by heart what differs between them.
private let manyCases = 16_384

/// In ranges, 9 passages that hold a word, as of one in 10,000 passages, and one to four of them that hold the others, too.
private func addRankBenchmarks(using generator: inout SplitMix64) {
  var words: [UInt64] = []
  for _ in 0..<manyCases {
    let places = (0..<128).shuffled(using: &generator).prefix(9)
    for members in [places, places.prefix(.random(in: 1...4, using: &generator))] {
      for half in 0..<2 {
        words.append(members.reduce(0) { $1 / 64 == half ? $0 | 1 << UInt64($1 % 64) : $0 })
      }
    }
  }
  let sets = Room(words)
  let ranks = Room<UInt32>(repeating: 0, count: 128)
  measure("ranks of 1 to 4 among 9 passages") { iteration in
    let mask = sets.values + 4 * (iteration & (manyCases - 1))
    suo_ranks(mask, mask + 2, 1_000, ranks.values)
  }
  measure("ranks of 1 to 4 among 9 passages, portable") { iteration in
    let mask = sets.values + 4 * (iteration & (manyCases - 1))
    suo_ranks_portable(mask, mask + 2, 1_000, ranks.values)
  }
}

/// In passages of 120 words, one to three positions of a word, and so many of another one: words of English phrases occur
/// twice in a passage, and the most frequent ones often.
private func addPairBenchmarks(_ others: ClosedRange<Int>, using generator: inout SplitMix64) {
  var starts: [UInt32] = []
  var positions: [UInt16] = []
  for _ in 0..<manyCases {
    for count in [Int.random(in: 1...3, using: &generator), Int.random(in: others, using: &generator)] {
      starts.append(UInt32(positions.count))
      positions += (0..<UInt16(120)).shuffled(using: &generator).prefix(count).sorted()
    }
  }
  starts.append(UInt32(positions.count))
  let list = Room(positions + Array(repeating: 0, count: 16))
  let places = Room(starts)
  let name = "pairs of 1 to 3 positions with \(others.lowerBound) to \(others.upperBound)"
  measure(name) { iteration in
    let passage = places.values + 2 * (iteration & (manyCases - 1))
    _ = suo_pairs(
      list.values + Int(passage[0]), passage[1] - passage[0], list.values + Int(passage[1]), passage[2] - passage[1], 1)
  }
  measure("\(name), portable") { iteration in
    let passage = places.values + 2 * (iteration & (manyCases - 1))
    _ = suo_pairs_portable(
      list.values + Int(passage[0]), passage[1] - passage[0], list.values + Int(passage[1]), passage[2] - passage[1], 1)
  }
}
