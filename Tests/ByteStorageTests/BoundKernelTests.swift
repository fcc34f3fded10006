import ByteStorage
import CKernels
import TestSupport
import Testing

/// The loops in C over bounds of ranges do what the obvious loops do.
@Suite struct BoundKernelTests {
  @Test func boundsAreAddedUpRoundedUp() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let count = 32 * Int.random(in: 1...40, using: &generator)
      let lists = (0..<3).map { _ in
        (0..<count).map { _ in generator.chance(0.5) ? 0 : UInt16.random(in: 0...UInt16.max, using: &generator) }
      }
      let weights = (0..<3).map { _ in UInt16.random(in: 0...20_000, using: &generator) }
      func part(_ list: Int, _ index: Int) -> UInt32 {
        let code = UInt32(lists[list][index])
        return code == 0 ? 0 : code * UInt32(weights[list]) / 65_536 + 1
      }
      var bounds = [UInt16](repeating: 7, count: count)
      ScoringKernels.startBounds(&bounds, lists[0], weight: weights[0], count: count)
      for list in 1..<3 { ScoringKernels.addBounds(&bounds, lists[list], weight: weights[list], count: count) }
      var portable = [UInt16](repeating: 7, count: count)
      suo_bounds_start_portable(&portable, lists[0], weights[0], UInt32(count))
      for list in 1..<3 { suo_bounds_add_portable(&portable, lists[list], weights[list], UInt32(count)) }
      let expected = (0..<count).map { index in UInt16((0..<3).reduce(UInt32(0)) { $0 + part($1, index) }) }
      #expect(bounds == expected && portable == expected)
      let bar = UInt16.random(in: 1...40_000, using: &generator)
      let found = [UInt32](unsafeUninitializedCapacity: count) { output, initialized in
        initialized = ScoringKernels.collect(bounds, count: count, reaching: bar, into: output.baseAddress!)
      }
      #expect(found == expected.indices.filter { expected[$0] >= bar }.map { UInt32($0) })
      let foundPortably = [UInt32](unsafeUninitializedCapacity: count) { output, initialized in
        initialized = Int(suo_bounds_collect_portable(bounds, UInt32(count), bar, output.baseAddress))
      }
      #expect(foundPortably == found)
      var greatest = [UInt16](repeating: 0, count: count / 32)
      ScoringKernels.greatest(bounds, count: count, into: &greatest)
      #expect(greatest == stride(from: 0, to: count, by: 32).map { expected[$0..<$0 + 32].max() })
      var greatestPortably = [UInt16](repeating: 0, count: count / 32)
      suo_bounds_greatest_portable(bounds, UInt32(count), &greatestPortably)
      #expect(greatestPortably == greatest)
    }
  }

  @Test func termsOfARangeAreFound() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<100 {
      let rangeCount = 32 * Int.random(in: 1...4, using: &generator)
      let termCount = Int.random(in: 1...9, using: &generator)
      var bounds = [UInt16](repeating: 0, count: rangeCount)
      var heads = [UInt32](repeating: 0, count: rangeCount)
      let links = UnsafeMutablePointer<RangeLink>.allocate(capacity: 1 + termCount * rangeCount)
      defer { links.deallocate() }
      var firsts: [UInt32] = []
      var frequent: [UInt32] = []
      // By term, what is known of each range.
      var known: [[RangeEntry]] = []
      var kept: [UnsafeMutablePointer<RangeEntry>] = []
      defer { kept.forEach { $0.deallocate() } }
      let scales = (0..<termCount).map { _ in UInt16.random(in: 1...7000, using: &generator) }
      for term in 0..<termCount {
        let isFrequent = generator.chance(0.4)
        let all = (0..<rangeCount).map { _ in
          var entry = RangeEntry()
          guard generator.chance(isFrequent ? 0.7 : 0.1) else { return entry }
          entry.eighths = UInt64.random(in: 1 ... .max, using: &generator)
          entry.firstPosting = .random(in: 0 ... .max, using: &generator)
          entry.count = .random(in: 1...128, using: &generator)
          entry.code = .random(in: 1 ... .max, using: &generator)
          return entry
        }
        let occupied = (0..<rangeCount).filter { all[$0].code > 0 }.map { UInt32($0) }
        let entries = isFrequent ? all : occupied.map { all[Int($0)] }
        kept.append(.allocate(capacity: entries.count + 1))
        kept[term].initialize(from: entries, count: entries.count)
        known.append(all)
        firsts.append(firsts.isEmpty ? 1 : firsts[term - 1] + UInt32(rangeCount))
        if isFrequent {
          frequent.append(UInt32(term))
        } else {
          ScoringKernels.addFew(
            &bounds, occupied, kept[term], count: occupied.count, weight: scales[term], term: term,
            first: firsts[term], heads: &heads, links: links)
        }
      }
      func bound(_ term: Int, _ range: Int) -> UInt16 {
        let code = UInt32(known[term][range].code)
        return code == 0 ? 0 : UInt16((code * UInt32(scales[term])) >> 16 + 1)
      }
      let rare = (0..<termCount).filter { !frequent.contains(UInt32($0)) }
      #expect(bounds == (0..<rangeCount).map { range in rare.reduce(0) { $0 + bound($1, range) } })
      for range in 0..<rangeCount {
        var (greatest, parts) = ([UInt16](repeating: 0, count: termCount), [UInt64](repeating: 0, count: termCount))
        var terms = [UInt32](repeating: 0, count: termCount)
        var postings = [UInt64](repeating: 0, count: termCount)
        let count = ScoringKernels.terms(
          frequent: frequent, count: frequent.count, kept.map { UnsafePointer($0) }, scales: scales, firsts: firsts,
          heads: heads, links: links, inRange: range, next: 0, bounds: &greatest, parts: &parts, terms: &terms,
          postings: &postings)
        #expect(terms.prefix(count).sorted() == (0..<termCount).filter { known[$0][range].code > 0 }.map { UInt32($0) })
        for place in 0..<count {
          let term = Int(terms[place])
          let entry = known[term][range]
          #expect(greatest[place] == bound(term, range))
          #expect(parts[place] == entry.eighths)
          #expect(UInt32(truncatingIfNeeded: postings[term]) == entry.firstPosting)
          #expect(UInt16(truncatingIfNeeded: postings[term] >> 32) == entry.count)
        }
      }
    }
  }

  @Test func eighthsAreThoseThatReachTheBar() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<500 {
      let count = Int.random(in: 1...6, using: &generator)
      let parts = (0..<count).map { _ in
        (0..<8).map { _ in generator.chance(0.4) ? 0 : UInt8.random(in: 1...255, using: &generator) }
      }
      let bounds = (0..<count).map { _ in UInt16.random(in: 1...20_000, using: &generator) }
      let packed = parts.map { $0.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) } }
      func bound(_ term: Int, _ eighth: Int) -> Int {
        let part = Int(parts[term][eighth])
        return part == 0 ? 0 : part * Int(bounds[term]) / 256 + Int(bounds[term]) / 256 + 1
      }
      let least = UInt16.random(in: 0...30_000, using: &generator)
      func bits(_ reaches: (Int) -> Bool) -> UInt32 { (0..<8).reduce(0) { $0 | (reaches($1) ? 1 << UInt32($1) : 0) } }
      let terms = 0..<count
      func sum(_ eighth: Int) -> Int { min(terms.reduce(0) { $0 + bound($1, eighth) }, 65_535) }
      #expect(
        ScoringKernels.eighths(packed, bounds, count: count, reaching: least, .sum) == bits { sum($0) >= Int(least) })
      #expect(
        ScoringKernels.eighths(packed, bounds, count: count, reaching: least, .sumOfAll)
          == bits { eighth in terms.allSatisfy { parts[$0][eighth] > 0 } && sum(eighth) >= Int(least) })
      #expect(
        ScoringKernels.eighths(packed, bounds, count: count, reaching: least, .leastOfAll)
          == bits { eighth in terms.allSatisfy { parts[$0][eighth] > 0 && bound($0, eighth) >= Int(least) } })
    }
  }

  @Test func liveTermsHaveTheirGreatestPart() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<500 {
      let count = Int.random(in: 1...13, using: &generator)
      let parts = (0..<count).map { _ in generator.next() & generator.next() & generator.next() }
      let bounds = (0..<count).map { _ in UInt16.random(in: 1 ... .max, using: &generator) }
      let terms = (0..<UInt32(40)).shuffled(using: &generator).prefix(count).map { $0 }
      let live = UInt32.random(in: 0...255, using: &generator)
      let eighths = (0..<8).filter { live >> UInt32($0) & 1 == 1 }
      let expected = (0..<count).compactMap { term -> UInt64? in
        let greatest = eighths.map { parts[term] >> UInt64(8 * $0) & 255 }.max() ?? 0
        return greatest == 0 ? nil : (greatest * UInt64(bounds[term])) << 32 | UInt64(terms[term])
      }
      let found = [UInt64](unsafeUninitializedCapacity: count) { output, initialized in
        initialized = ScoringKernels.liveTerms(
          bounds, parts, terms, count: count, live: live, into: output.baseAddress!)
      }
      #expect(found == expected)
    }
  }
}
