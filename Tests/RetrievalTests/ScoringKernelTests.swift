import ByteStorage
import TestSupport
import Testing

/// The loops in C do what the obvious loops do.
@Suite struct ScoringKernelTests {
  @Test func collectFindsWhatReachesTheBar() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let count = 16 * Int.random(in: 1...64, using: &generator)
      let sums = (0..<count).map { _ in generator.chance(0.9) ? 0 : Float.random(in: 0...1, using: &generator) }
      let bar = Float.random(in: 0.01...1, using: &generator)
      let found = [UInt32](unsafeUninitializedCapacity: count) { output, initialized in
        initialized = ScoringKernels.collect(sums, count: count, reaching: bar, into: output.baseAddress!)
      }
      #expect(found == sums.indices.filter { sums[$0] >= bar }.map { UInt32($0) })
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
