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

  @Test func scoreIsTheFormula() {
    var generator = SeededGenerator(seed: 6)
    for count in 0...130 {
      let frequencies = (0..<count).map { _ in UInt32.random(in: 1...1000, using: &generator) }
      let norms = (0..<count).map { _ in Float.random(in: 0.01...4, using: &generator) }
      let weight = Float.random(in: 0...20, using: &generator)
      let scores = [Float](unsafeUninitializedCapacity: max(count, 1)) { output, initialized in
        ScoringKernels.score(
          frequencies: frequencies, norms: norms, count: count, weight: weight, into: output.baseAddress!)
        initialized = count
      }
      #expect(scores == (0..<count).map { weight - weight / (1 + Float(frequencies[$0]) * norms[$0]) })
    }
  }
}
