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
      for all in [false, true] {
        var bounds = [UInt16](repeating: 7, count: count)
        ScoringKernels.startBounds(&bounds, lists[0], weight: weights[0], count: count)
        for list in 1..<3 {
          ScoringKernels.addBounds(&bounds, lists[list], weight: weights[list], count: count, all: all)
        }
        let expected = (0..<count).map { index in
          all && (0..<3).contains { lists[$0][index] == 0 }
            ? 0 : UInt16((0..<3).reduce(UInt32(0)) { $0 + part($1, index) })
        }
        #expect(bounds == expected)
        let bar = UInt16.random(in: 1...40_000, using: &generator)
        let found = [UInt32](unsafeUninitializedCapacity: count) { output, initialized in
          initialized = ScoringKernels.collect(bounds, count: count, reaching: bar, into: output.baseAddress!)
        }
        #expect(found == expected.indices.filter { expected[$0] >= bar }.map { UInt32($0) })
      }
      var least = lists[0]
      ScoringKernels.takeLeast(&least, lists[1], count: count)
      #expect(least == zip(lists[0], lists[1]).map { min($0, $1) })
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
}
