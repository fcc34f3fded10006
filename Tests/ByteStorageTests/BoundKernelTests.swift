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
        ScoringKernels.eighths(packed, bounds, count: count, reaching: least, .sumOfAll)
          == bits { eighth in terms.allSatisfy { parts[$0][eighth] > 0 } && sum(eighth) >= Int(least) })
      #expect(
        ScoringKernels.eighths(packed, bounds, count: count, reaching: least, .leastOfAll)
          == bits { eighth in terms.allSatisfy { parts[$0][eighth] > 0 && bound($0, eighth) >= Int(least) } })
    }
  }

  @Test func scoresOfEighthsAreRoundedUp() {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<2_000 {
      var scores = (0..<8).map { _ in generator.chance(0.4) ? -1 : Float.random(in: 0...1, using: &generator) }
      scores[Int.random(in: 0..<8, using: &generator)] = generator.pick([0, 1e-7, 0.25, 0.5, 0.999_999, 1])
      let margin = Float.ulpOfOne * 4
      let codes = scores.map { score -> Int in
        score < 0 ? 0 : min(Int(((score + margin) * 65_535).rounded(.up)), 65_535)
      }
      let greatest = codes.max()!
      let found = ScoringKernels.codes(ofEighths: scores, margin: margin)
      #expect(Int(found.code) == greatest)
      for eighth in 0..<8 {
        let shift = UInt64(8 * eighth)
        #expect(Int(found.parts >> shift & 255) == (codes[eighth] * 255 + greatest - 1) / greatest, "\(scores)")
        #expect(Int(found.peaks >> shift & 255) == (codes[eighth] + 256) / 257, "\(scores)")
      }
    }
  }
}
