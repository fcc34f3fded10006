import ByteStorage
import CKernels
import TestSupport
import Testing

/// The loops in C that look for ranges, passages and terms by their bounds do what the obvious loops do, for every processor.
@Suite struct BoundedTermsTests {
  @Test(arguments: Seeds.first(60))
  func liveRangesAreKept(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let terms = RandomTerms(&generator)
    defer { terms.deallocate() }
    for _ in 0..<8 {
      let ranges = (0..<UInt32(RandomTerms.rangeCount)).filter { _ in generator.chance(0.7) }
      let least = terms.someBound(&generator)
      let bar = max(least - terms.count, 0)
      var expected: [UInt32: UInt8] = [:]
      for range in ranges {
        let live = (0..<8).reduce(UInt8(0)) { $0 | (terms.sum(Int(range), $1) >= bar ? 1 << UInt8($1) : 0) }
        if live != 0 { expected[range] = live }
      }
      var kept = ranges
      var live = [UInt8](repeating: 0, count: ranges.count)
      let count = terms.view.keepLive(&kept, count: ranges.count, reaching: UInt16(least), terms.sets, into: &live)
      #expect(Array(kept.prefix(count)) == expected.keys.sorted())
      #expect(Array(live.prefix(count)) == expected.sorted { $0.key < $1.key }.map(\.value))
    }
  }

  @Test(arguments: Seeds.first(60))
  func passagesAreKeptWhoseOwnTermsReach(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let terms = RandomTerms(&generator)
    defer { terms.deallocate() }
    for range in 0..<RandomTerms.rangeCount {
      let least = terms.someBound(&generator)
      let alive = (0..<2).map { _ in generator.next() | generator.next() }
      var expected: [UInt64] = [0, 0]
      for passage in 0..<128 where alive[passage / 64] >> UInt64(passage % 64) & 1 == 1 {
        let sum = (0..<terms.count).filter { terms.mayHold($0, range, passage) }
          .reduce(0) { $0 + terms.parts($1, range, passage / 16, of: least) }
        if least <= 254 || sum >= 254 { expected[passage / 64] |= 1 << UInt64(passage % 64) }
      }
      for kernel in [suo_keep_reaching, suo_keep_reaching_avx2, suo_keep_reaching_portable] {
        var kept = alive
        terms.withC { kernel($0, $1, UInt32(range), UInt16(least), &kept) }
        #expect(kept == expected, "range \(range), least \(least)")
      }
      var kept = alive
      terms.view.keepReaching(UInt16(least), inRange: range, terms.sets, alive: &kept)
      #expect(kept == expected)
      // Whoever has terms whose bounds add up to what is wanted has to be among them.
      for passage in 0..<128 where alive[passage / 64] >> UInt64(passage % 64) & 1 == 1 {
        let sum = (0..<terms.count).filter { terms.mayHold($0, range, passage) }
          .reduce(0.0) { $0 + terms.exact($1, range, passage / 16) }
        if sum >= Double(least) { #expect(kept[passage / 64] >> UInt64(passage % 64) & 1 == 1) }
      }
    }
  }

  @Test(arguments: Seeds.first(60))
  func termsOfLiveEighthsAreActive(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let terms = RandomTerms(&generator)
    defer { terms.deallocate() }
    for range in 0..<RandomTerms.rangeCount {
      let live = UInt32.random(in: 0...255, using: &generator)
      let eighths = (0..<8).filter { live >> UInt32($0) & 1 == 1 }
      var expected: [Int: Int] = [:]
      for term in 0..<terms.count {
        guard eighths.contains(where: { terms.occurs(term, range, $0) }) else { continue }
        expected[term] = eighths.map { terms.most(term, range, $0) }.max()
      }
      var active = [UInt64](repeating: 0, count: terms.count + 1)
      var postings = [UInt64](repeating: 0, count: terms.count + 1)
      let count = terms.view.activeTerms(inRange: range, live: live, into: &active, postings: &postings)
      let found = active.prefix(count).map { (Int($0 & 0xFFFF_FFFF), Int($0 >> 32)) }
      #expect(Dictionary(found) { first, _ in first } == expected && found.count == expected.count)
      for term in expected.keys {
        let entry = terms.known[term][range]
        #expect(UInt32(truncatingIfNeeded: postings[term]) == entry.firstPosting)
        #expect(UInt16(truncatingIfNeeded: postings[term] >> 32) == entry.count)
      }
    }
  }
}

/// Random terms of a query, some of them in all ranges and with a set, with what the kernels are told of them.
private final class RandomTerms {
  static let rangeCount = 32
  let count: Int
  let known: [[RangeEntry]]
  let view: UnsafePointer<BoundedTerms>
  let sets: UnsafePointer<TermSet>
  private let isFrequent: [Bool]
  private let scales: [UInt16]
  /// By term and range, what the eighths reach in 255ths, for frequent terms.
  private let peaks: [[UInt64]]
  private let held: [[UInt64]]
  private let hasSet: [Bool]
  private var memory: [UnsafeMutableRawPointer] = []

  init(_ generator: inout SeededGenerator) {
    let rangeCount = RandomTerms.rangeCount
    let count = Int.random(in: 1...9, using: &generator)
    let isFrequent = (0..<count).map { _ in generator.chance(0.7) }
    let hasSet = isFrequent.map { $0 && generator.chance(0.8) }
    let scales = (0..<count).map { _ in UInt16.random(in: 1...7_000, using: &generator) }
    let known = isFrequent.map { isFrequent -> [RangeEntry] in
      (0..<rangeCount).map { _ -> RangeEntry in
        var entry = RangeEntry()
        guard generator.chance(isFrequent ? 0.8 : 0.1) else { return entry }
        entry.eighths = (generator.next() & generator.next()) | 1
        entry.firstPosting = .random(in: 0 ... .max, using: &generator)
        entry.count = .random(in: 1...128, using: &generator)
        entry.code = .random(in: 1 ... .max, using: &generator)
        return entry
      }
    }
    let peaks = known.map { entries in
      entries.map { entry -> UInt64 in
        (0..<8).reduce(UInt64(0)) { all, eighth in
          let part = (entry.eighths >> UInt64(8 * eighth)) & 255
          return all | ((part * UInt64(entry.code) + 65_534) / 65_535) << UInt64(8 * eighth)
        }
      }
    }
    let held = (0..<count).map { _ in (0..<2 * rangeCount).map { _ in generator.next() } }
    var memory: [UnsafeMutableRawPointer] = []
    func keep<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
      let kept = UnsafeMutablePointer<Value>.allocate(capacity: values.count + 1)
      kept.initialize(from: values, count: values.count)
      memory.append(UnsafeMutableRawPointer(kept))
      return kept
    }
    let frequent = (0..<count).filter { isFrequent[$0] }
    let heads = keep([UInt32](repeating: 0, count: rangeCount))
    let links = UnsafeMutablePointer<RangeLink>.allocate(capacity: 1 + count * rangeCount)
    memory.append(UnsafeMutableRawPointer(links))
    let bounds = keep([UInt16](repeating: 0, count: rangeCount))
    var firsts: [UInt32] = []
    var entries: [UnsafePointer<RangeEntry>?] = []
    for term in 0..<count {
      let occupied = (0..<rangeCount).filter { known[term][$0].code > 0 }
      let all = keep(isFrequent[term] ? known[term] : occupied.map { known[term][$0] })
      entries.append(UnsafePointer(all))
      firsts.append(UInt32(1 + term * rangeCount))
      guard !isFrequent[term] else { continue }
      ScoringKernels.addFew(
        bounds, keep(occupied.map { UInt32($0) }), all, count: occupied.count, weight: scales[term], term: term,
        first: firsts[term], heads: heads, links: links)
    }
    view = UnsafePointer(
      keep([
        BoundedTerms(
          peaks: keep(frequent.map { UnsafePointer(keep(peaks[$0])) }), frequent: keep(frequent.map { UInt32($0) }),
          frequentScales: keep(frequent.map { scales[$0] }), entries: keep(entries), scales: keep(scales),
          firsts: keep(firsts), heads: heads, links: links, frequentCount: frequent.count, count: count)
      ]))
    sets = UnsafePointer(
      keep(
        (0..<count).map { term in
          TermSet(
            held: hasSet[term] ? UnsafePointer(keep(held[term])) : nil, frequencies: nil, weight: 1, gained: 1)
        }))
    (self.count, self.isFrequent, self.hasSet, self.scales) = (count, isFrequent, hasSet, scales)
    (self.known, self.peaks, self.held, self.memory) = (known, peaks, held, memory)
  }

  func deallocate() { memory.forEach { $0.deallocate() } }

  func withC<Result>(_ body: (UnsafePointer<suo_bounded_terms>, UnsafePointer<suo_set>) -> Result) -> Result {
    view.withMemoryRebound(to: suo_bounded_terms.self, capacity: 1) { terms in
      sets.withMemoryRebound(to: suo_set.self, capacity: count) { sets in body(terms, sets) }
    }
  }

  /// A bound that some ranges reach and others do not, sometimes one that is too small to be told apart.
  func someBound(_ generator: inout SeededGenerator) -> Int {
    if generator.chance(0.1) { return Int.random(in: 1...260, using: &generator) }
    let most = scales.reduce(0) { $0 + Int($1) }
    return max(Int.random(in: most / 8...max(most * 3 / 4, 1), using: &generator), 1)
  }

  private func byte(_ word: UInt64, _ eighth: Int) -> Int { Int((word >> UInt64(8 * eighth)) & 255) }

  func occurs(_ term: Int, _ range: Int, _ eighth: Int) -> Bool { byte(known[term][range].eighths, eighth) > 0 }

  func mayHold(_ term: Int, _ range: Int, _ passage: Int) -> Bool {
    guard occurs(term, range, passage / 16) else { return false }
    return !hasSet[term] || (held[term][2 * range + passage / 64] >> UInt64(passage % 64)) & 1 == 1
  }

  private func bound(_ term: Int, _ range: Int) -> Int {
    Int(known[term][range].code) * Int(scales[term]) / 65_536 + 1
  }

  /// What a rare term can add in an eighth.
  private func rareBound(_ term: Int, _ range: Int, _ eighth: Int) -> Int {
    let bound = bound(term, range)
    return byte(known[term][range].eighths, eighth) * bound / 256 + bound / 256 + 1
  }

  /// The sum that an eighth of a range is judged by.
  func sum(_ range: Int, _ eighth: Int) -> Int {
    (0..<count).reduce(0) { sum, term in
      guard occurs(term, range, eighth) else { return sum }
      let peak = byte(peaks[term][range], eighth) * 257 * Int(scales[term]) / 65_536
      return sum + (isFrequent[term] ? peak : rareBound(term, range, eighth))
    }
  }

  /// What a term can add in an eighth, with the order of terms in mind.
  func most(_ term: Int, _ range: Int, _ eighth: Int) -> Int {
    if isFrequent[term] { return byte(peaks[term][range], eighth) * 257 * Int(scales[term]) / 65_536 + 1 }
    return byte(known[term][range].eighths, eighth) * bound(term, range) / 255 + 1
  }

  /// What a term can add to a passage of an eighth, in 254ths of a bound, rounded up.
  func parts(_ term: Int, _ range: Int, _ eighth: Int, of least: Int) -> Int {
    if least <= 254 { return 0 }
    let scale = (254 * 65_536 + least - 1) / least
    if isFrequent[term] {
      let own = Int(scales[term]) * scale / 65_536 + 1
      return byte(peaks[term][range], eighth) * 257 * own / 65_536 + 1
    }
    return rareBound(term, range, eighth) * scale / 65_536 + 1
  }

  /// The same in units, without rounding.
  func exact(_ term: Int, _ range: Int, _ eighth: Int) -> Double {
    let code = Double(byte(known[term][range].eighths, eighth)) / 255 * Double(known[term][range].code)
    return code * Double(scales[term]) / 65_536
  }
}
