import ByteStorage
import TestSupport
import Testing

/// The loops in C do what the obvious loops do.
@Suite struct ScoringKernelTests {
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
      let expected = (0..<count).map { index in UInt16((0..<3).reduce(UInt32(0)) { $0 + part($1, index) }) }
      #expect(bounds == expected)
      let bar = UInt16.random(in: 1...40_000, using: &generator)
      let found = [UInt32](unsafeUninitializedCapacity: count) { output, initialized in
        initialized = ScoringKernels.collect(bounds, count: count, reaching: bar, into: output.baseAddress!)
      }
      #expect(found == expected.indices.filter { expected[$0] >= bar }.map { UInt32($0) })
      var greatest = [UInt16](repeating: 0, count: count / 32)
      ScoringKernels.greatest(bounds, count: count, into: &greatest)
      #expect(greatest == stride(from: 0, to: count, by: 32).map { expected[$0..<$0 + 32].max() })
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

  @Test func marksAreCountedAndTakenAway() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<100 {
      let count = 64 * Int.random(in: 1...300, using: &generator)
      let base = UInt32.random(in: 0...1_000_000, using: &generator)
      let documents = (0..<Int.random(in: 0...count, using: &generator)).map { _ in
        base + UInt32.random(in: 0..<UInt32(count), using: &generator)
      }
      var marks = [UInt8](repeating: 0, count: count)
      ScoringKernels.mark(documents, count: documents.count, base: base, in: &marks)
      #expect(ScoringKernels.takeMarks(&marks, count: count) == Set(documents).count)
      #expect(!marks.contains(1))
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

  @Test func sumsAreAddedToAndFound() {
    var generator = SeededGenerator(seed: 10)
    for _ in 0..<200 {
      let count = Int.random(in: 1...128, using: &generator)
      let base = 128 * UInt32.random(in: 0...4, using: &generator)
      let documents = (0..<128).shuffled(using: &generator).prefix(count).sorted().map { base + UInt32($0) }
      let frequencies = documents.map { _ in UInt32.random(in: 1...9, using: &generator) }
      let weight = Float.random(in: 0...10, using: &generator)
      let gained = weight * Float.random(in: 0.5...1, using: &generator)
      let norms = (0..<65_536).map { 1 / (1 + Float($0) / 100) }
      for width in [0, 1, 2] {
        let lengths = (0..<700).map { _ in Int.random(in: 0...(width == 1 ? 255 : 60_000), using: &generator) }
        let bytes = lengths.flatMap { length in (0..<max(width, 1)).map { UInt8(length >> (8 * $0) & 255) } }
        var sums = [Double](repeating: -0.0, count: 128)
        bytes.withUnsafeBytes { bytes in
          // What lies behind the postings is read, and must not count.
          let behind = [UInt32](repeating: .random(in: 0 ... .max, using: &generator), count: 8)
          ScoringKernels.accumulate(
            documents + behind, frequencies + behind, count: count, lengths: bytes.baseAddress!, bytesPerLength: width,
            norms: norms,
            weight: weight, gained: gained, base: base, to: &sums)
        }
        var expected = [Double](repeating: -0.0, count: 128)
        for (document, frequency) in zip(documents, frequencies) {
          let norm = norms[width == 0 ? Int(document) : lengths[Int(document)]]
          expected[Int(document - base)] += Double(weight - gained / (1 + Float(frequency) * norm))
        }
        #expect(sums == expected)
        let window = 8 * Int.random(in: 0...7, using: &generator)..<8 * Int.random(in: 8...16, using: &generator)
        for least in [-Double.infinity, 0, Double.random(in: 0.01...5, using: &generator)] {
          let (low, high) = ScoringKernels.reaching(sums, in: window, least)
          for place in 0..<128 {
            let isFound = (place < 64 ? low >> UInt64(place) : high >> UInt64(place - 64)) & 1 == 1
            let wasAdded = documents.contains(base + UInt32(place))
            #expect(isFound == (window.contains(place) && (least > 0 ? sums[place] >= least : wasAdded)))
          }
        }
      }
    }
  }

  @Test func markedSumsAreAddedToAndTaken() {
    var generator = SeededGenerator(seed: 12)
    let size = ScoringKernels.windowSize
    var marks = [UInt64](repeating: 0, count: size / 64)
    // What is left from the window before means nothing.
    var sums = [Double](repeating: 77, count: size)
    for round in 0..<9 {
      let width = round % 3
      let base = UInt32(size * Int.random(in: 0...2, using: &generator))
      let end = Int(base) + size
      let norms = (0..<(width == 0 ? end : 65_536)).map { 1 / (1 + Float($0 % 1000) / 100) }
      let lengths = (0..<end).map { _ in Int.random(in: 0...(width == 1 ? 255 : 60_000), using: &generator) }
      let bytes = lengths.flatMap { length in (0..<max(width, 1)).map { UInt8(length >> (8 * $0) & 255) } }
      var places = [UInt32](repeating: 0, count: size + 1)
      var expected: [Int: Double] = [:]
      var marked = 0
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let most = Int.random(in: 1...128, using: &generator)
        let chosen = (0..<most).map { _ in Int.random(in: 0..<300, using: &generator) }
        let documents = Set(chosen).sorted().map { base + UInt32($0 * (size / 300)) }
        let frequencies = documents.map { _ in UInt32.random(in: 1...9, using: &generator) }
        let weight = Float.random(in: 0...10, using: &generator)
        let gained = weight * Float.random(in: 0.5...1, using: &generator)
        // What lies behind the postings is read, and must not count.
        let behind = (0..<8).map { _ in UInt32.random(in: 0 ... .max, using: &generator) }
        let saturations = zip(documents, frequencies).map { document, frequency in
          Float(frequency) * norms[width == 0 ? Int(document) : lengths[Int(document)]]
        }
        marked = bytes.withUnsafeBytes { bytes in
          if generator.chance(0.5) {
            return ScoringKernels.accumulate(
              documents + behind, saturations: saturations + behind.map(Float.init(bitPattern:)),
              count: documents.count,
              weight: weight, gained: gained, base: base, to: &sums, marks: &marks, places: &places, marked: marked)
          }
          return ScoringKernels.accumulate(
            documents + behind, frequencies + behind, count: documents.count, lengths: bytes.baseAddress!,
            bytesPerLength: width, norms: norms, weight: weight, gained: gained, base: base, to: &sums, marks: &marks,
            places: &places, marked: marked)
        }
        for (document, frequency) in zip(documents, frequencies) {
          let norm = norms[width == 0 ? Int(document) : lengths[Int(document)]]
          expected[Int(document - base), default: -0.0] += Double(weight - gained / (1 + Float(frequency) * norm))
        }
      }
      #expect(places.prefix(marked).sorted() == expected.keys.sorted().map { UInt32($0) })
      #expect(places.prefix(marked).allSatisfy { sums[Int($0)] == expected[Int($0)] })
      let order = Array(places.prefix(marked))
      let least = Float.random(in: 0...8, using: &generator)
      let kept = ScoringKernels.takeMarked(&places, count: marked, sums, &marks, reaching: least)
      #expect(Array(places.prefix(kept)) == order.filter { Float(sums[Int($0)]) >= least })
      #expect(marks.allSatisfy { $0 == 0 })
    }
  }
}
