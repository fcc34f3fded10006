import CKernels

// Constants, so that the remainders below cost nothing.
private let ranges = 1_120
private let terms = 12

/// What decides which ranges of 128 passages are looked into: bounds of 1,120 ranges, as 143,360 passages have.
func addBoundBenchmarks() {
  var generator = SplitMix64(state: 3)
  // A term occurs in every third range; its bounds use up to 4,096 of 65,536, so that twelve add up to less.
  let codes = (0..<terms).map { _ in
    Room<UInt16>((0..<ranges).map { _ in generator.next() % 3 == 0 ? .random(in: 1...4_096, using: &generator) : 0 })
  }
  let bounds = Room<UInt16>(repeating: 0, count: ranges)
  let found = Room<UInt32>(repeating: 0, count: ranges)
  let count = UInt32(ranges)
  measure("bounds of 1,120 ranges, first term") { _ in suo_bounds_start(bounds.values, codes[0].values, 65_535, count) }
  measure("bounds of 1,120 ranges, a further term") { iteration in
    // Sums that begin anew after every twelfth term stay below 65,536.
    let term = iteration % terms
    if term == 0 { bounds.values.update(repeating: 0, count: ranges) }
    suo_bounds_add(bounds.values, codes[term].values, 65_535, count)
  }
  measure("bounds of 1,120 ranges, a term that must occur") { iteration in
    let term = iteration % terms
    if term == 0 { bounds.values.update(repeating: 1, count: ranges) }
    suo_bounds_add_both(bounds.values, codes[term].values, 65_535, count)
  }
  let sums = Room<UInt16>((0..<ranges).map { _ in .random(in: 0...10_000, using: &generator) })
  measure("collect of 1,120 ranges one in 25") { _ in _ = suo_bounds_collect(sums.values, count, 9_600, found.values) }

  let parts = Room<UInt64>((0..<terms).map { _ in generator.next() & generator.next() })
  let greatest = Room<UInt16>((0..<terms).map { _ in .random(in: 1...4_096, using: &generator) })
  for count in [4, 12] {
    measure("eighths of \(count) terms, sum") { _ in
      _ = suo_eighths_sum(parts.values, greatest.values, UInt32(count), 4_000)
    }
    measure("eighths of \(count) terms, sum of all") { _ in
      _ = suo_eighths_all(parts.values, greatest.values, UInt32(count), 4_000)
    }
    measure("eighths of \(count) terms, least of all") { _ in
      _ = suo_eighths_least(parts.values, greatest.values, UInt32(count), 4_000)
    }
  }
  addRangeBenchmarks(codes, using: &generator)
}

/// Taking the terms of a range: every other term is rare, and has entries for those ranges alone where it occurs.
private func addRangeBenchmarks(_ codes: [Room<UInt16>], using generator: inout SplitMix64) {
  var entries: [Room<suo_range_entry>] = []
  var orders: [Room<UInt32>?] = []
  for (term, codes) in codes.enumerated() {
    let isRare = term % 2 == 1
    var kept: [suo_range_entry] = []
    let order = Room<UInt32>(repeating: 0, count: ranges)
    for range in 0..<ranges where !isRare || codes.values[range] > 0 {
      order.values[range] = UInt32(kept.count)
      kept.append(
        suo_range_entry(eighths: generator.next(), first: UInt32(range * 20), count: 20, code: codes.values[range]))
    }
    entries.append(Room(kept))
    orders.append(isRare ? order : nil)
  }
  let codePointers = Room<UnsafePointer<UInt16>?>(codes.map { UnsafePointer($0.values) })
  let entryPointers = Room<UnsafeRawPointer?>(entries.map { UnsafeRawPointer($0.values) })
  let places = Room<UnsafePointer<UInt32>?>(orders.map { order in order.map { UnsafePointer($0.values) } })
  let scales = Room<UInt16>(repeating: 65_535, count: codes.count)
  let bounds = Room<UInt16>(repeating: 0, count: codes.count)
  let parts = Room<UInt64>(repeating: 0, count: codes.count)
  let found = Room<UInt32>(repeating: 0, count: codes.count)
  let postings = Room<UInt64>(repeating: 0, count: codes.count)
  // Ranges are visited in no order, as those of the greatest bounds are.
  let visited = Room<UInt32>((0..<UInt32(ranges)).shuffled(using: &generator))
  for count in [4, 12] {
    measure("terms of a range, of \(count)") { iteration in
      let range = visited.values[iteration & 1_023]
      let next = visited.values[(iteration + 1) & 1_023]
      withExtendedLifetime((codes, entries, orders)) {
        _ = suo_range_terms(
          codePointers.values, entryPointers.values, places.values, scales.values, UInt32(count), range, next,
          bounds.values, parts.values, found.values, postings.values)
      }
    }
  }
}
