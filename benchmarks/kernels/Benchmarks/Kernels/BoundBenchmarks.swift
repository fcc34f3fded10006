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
  measure("bounds of 1,120 ranges, first term, portable") { _ in
    suo_bounds_start_portable(bounds.values, codes[0].values, 65_535, count)
  }
  measure("bounds of 1,120 ranges, a further term") { iteration in
    // Sums that begin anew after every twelfth term stay below 65,536.
    let term = iteration % terms
    if term == 0 { bounds.values.update(repeating: 0, count: ranges) }
    suo_bounds_add(bounds.values, codes[term].values, 65_535, count)
  }
  measure("bounds of 1,120 ranges, a further term, portable") { iteration in
    let term = iteration % terms
    if term == 0 { bounds.values.update(repeating: 0, count: ranges) }
    suo_bounds_add_portable(bounds.values, codes[term].values, 65_535, count)
  }
  let sums = Room<UInt16>((0..<ranges).map { _ in .random(in: 0...10_000, using: &generator) })
  measure("collect of 1,120 ranges one in 25") { _ in _ = suo_bounds_collect(sums.values, count, 9_600, found.values) }

  measure("collect of 1,120 ranges one in 25, portable") { _ in
    _ = suo_bounds_collect_portable(sums.values, count, 9_600, found.values)
  }
  measure("greatest of every 32 of 1,120 ranges") { _ in suo_bounds_greatest(sums.values, count, bounds.values) }
  measure("greatest of every 32 of 1,120 ranges, portable") { _ in
    suo_bounds_greatest_portable(sums.values, count, bounds.values)
  }

  let parts = Room<UInt64>((0..<terms).map { _ in generator.next() & generator.next() })
  let greatest = Room<UInt16>((0..<terms).map { _ in .random(in: 1...4_096, using: &generator) })
  for count in [4, 12] {
    measure("eighths of \(count) terms, sum of all") { _ in
      _ = suo_eighths_all(parts.values, greatest.values, UInt32(count), 4_000)
    }
    measure("eighths of \(count) terms, least of all") { _ in
      _ = suo_eighths_least(parts.values, greatest.values, UInt32(count), 4_000)
    }
  }
  addRangeBenchmarks(codes, using: &generator)
  addFetchBenchmarks()
}

/// Asking for the blocks of five terms of 64 blocks in each of 64 ranges.
private func addFetchBenchmarks() {
  let (terms, blocks) = (5, 64)
  let bytes = Room<UInt8>(repeating: 0, count: terms * blocks * 192)
  let ends = Room<UInt32>((0..<blocks).map { UInt32(192 * ($0 + 1)) })
  let allEnds = Room<UnsafeRawPointer?>((0..<terms).map { _ in UnsafeRawPointer(ends.values) })
  let payloads = Room<UnsafeRawPointer?>((0..<terms).map { UnsafeRawPointer(bytes.values + $0 * blocks * 192) })
  let active = Room<UInt64>((0..<UInt64(terms)).map { 1_000 << 32 | $0 })
  let postings = Room<UInt64>((0..<terms * blocks).map { UInt64($0 / terms) * 128 + 60 })
  let none = Room<suo_set>(repeating: suo_set(), count: terms)
  measure("fetch the blocks of 5 terms") { iteration in
    withExtendedLifetime((bytes, ends)) {
      suo_fetch_postings(
        active.values, UInt32(terms), postings.values + terms * (iteration & 63), UInt32(iteration & 63), none.values,
        allEnds.values, payloads.values)
    }
  }
}

/// What only pointers lead to: one reference, so that keeping it alive takes no time.
private final class Kept {
  private let all: [Any]
  init(_ all: [Any]) { self.all = all }
}

/// Looking for ranges, passages and terms by their bounds: every fourth term is rare, and has entries for those ranges alone where it
/// occurs.
private func addRangeBenchmarks(_ codes: [Room<UInt16>], using generator: inout SplitMix64) {
  for count in [4, 12] {
    var entries: [Room<suo_range_entry>] = []
    var peaks: [Room<UInt64>] = []
    var frequent: [UInt32] = []
    let firsts = Room<UInt32>((0..<UInt32(count)).map { 1 + $0 * UInt32(ranges) })
    let heads = Room<UInt32>(repeating: 0, count: ranges)
    let links = Room<suo_range_link>(repeating: suo_range_link(next: 0, term: 0), count: 1 + count * ranges)
    let scales = Room<UInt16>(repeating: UInt16(65_000 / count), count: count)
    let sums = Room<UInt16>(repeating: 0, count: ranges)
    let held = Room<UInt64>((0..<2 * ranges).map { _ in generator.next() & generator.next() & generator.next() })
    for term in 0..<count {
      let isRare = term % 4 == 3
      let occupied = (0..<ranges).filter { codes[term].values[$0] > 0 && (!isRare || $0 % 8 == 0) }
      entries.append(
        Room(
          (isRare ? occupied : Array(0..<ranges)).map { range in
            suo_range_entry(
              eighths: generator.next(), first: UInt32(range * 20), count: 20, code: codes[term].values[range])
          }))
      guard isRare else {
        frequent.append(UInt32(term))
        peaks.append(
          Room((0..<ranges).map { codes[term].values[$0] == 0 ? 0 : generator.next() & 0x7F7F_7F7F_7F7F_7F7F }))
        continue
      }
      let present = Room<UInt32>(occupied.map { UInt32($0) })
      withExtendedLifetime((present, sums)) {
        suo_bounds_add_few(
          sums.values, present.values, entries[term].values, UInt32(present.count), 65_535, UInt32(term),
          firsts.values[term], heads.values, links.values)
      }
    }
    let entryPointers = Room<UnsafeRawPointer?>(entries.map { UnsafeRawPointer($0.values) })
    let peakPointers = Room<UnsafePointer<UInt64>?>(peaks.map { UnsafePointer($0.values) })
    let everywhere = Room<UInt32>(frequent)
    let sets = Room<suo_set>(
      repeating: suo_set(held: held.values, frequencies: nil, weight: 1, gained: 1), count: count)
    let terms = Room<suo_bounded_terms>([
      suo_bounded_terms(
        peaks: peakPointers.values, frequent: everywhere.values, frequent_scales: scales.values,
        entries: entryPointers.values, scales: scales.values, firsts: firsts.values, heads: heads.values,
        links: links.values, count: UInt32(frequent.count), all: UInt32(count))
    ])
    let visited = Room<UInt32>(repeating: 0, count: 32)
    let live = Room<UInt8>(repeating: 0, count: 32)
    let active = Room<UInt64>(repeating: 0, count: count)
    let postings = Room<UInt64>(repeating: 0, count: count)
    let alive = Room<UInt64>(repeating: 0, count: 2)
    let least: UInt16 = 9_000
    let kept = Kept([entries, peaks, entryPointers, everywhere, peakPointers, scales, firsts, heads, links, held])
    func time(_ name: String, _ body: @escaping (Int) -> Void) {
      measure(name) { iteration in withExtendedLifetime(kept) { body(iteration) } }
    }
    time("live ones of 32 ranges, \(count) terms") { iteration in
      for place in 0..<32 { visited.values[place] = UInt32((32 * iteration + place) & 1_023) }
      _ = suo_live_ranges(terms.values, sets.values, visited.values, 32, least, live.values)
    }
    for (version, kernel) in [
      ("", suo_keep_reaching), (", AVX2", suo_keep_reaching_avx2), (", portable", suo_keep_reaching_portable),
    ] {
      time("candidates of a range, \(count) terms\(version)") { iteration in
        (alive.values[0], alive.values[1]) = (.max, .max)
        kernel(terms.values, sets.values, UInt32(iteration & 1_023), least, alive.values)
      }
    }
    time("terms of a range, of \(count)") { iteration in
      _ = suo_active_terms(terms.values, UInt32(iteration & 1_023), 0x3C, active.values, postings.values)
    }
  }
}
