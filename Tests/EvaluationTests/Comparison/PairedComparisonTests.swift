import Testing

@testable import Evaluation

@Suite struct PairedComparisonTests {
  @Test func allSignsOfFewTopics() {
    let comparison = PairedComparison(first: [0, 0, 0, 0, 0.5], second: [1, 1, 1, 1, 0.5])
    #expect(comparison.probability == 2.0 / 16)
    #expect(comparison.meanDifference == 0.8)
    #expect(comparison.isExact)
    #expect([comparison.wins, comparison.ties, comparison.losses] == [4, 1, 0])
  }

  @Test func equalRuns() {
    let comparison = PairedComparison(first: [0.3, 0.7], second: [0.3, 0.7])
    #expect(comparison.probability == 1)
    #expect(comparison.meanDifference == 0)
    #expect([comparison.wins, comparison.ties, comparison.losses] == [0, 2, 0])
  }

  @Test func differencesOfRoundingAreTies() {
    let comparison = PairedComparison(first: [0.1 + 0.2, 0.5], second: [0.3, 0.75])
    #expect([comparison.wins, comparison.ties, comparison.losses] == [1, 1, 0])
    #expect(comparison.probability == 1, "one topic can differ in either direction")
  }

  /// 17 of 24 topics won by the same difference: the two tails of the binomial distribution hold 0.0639.
  @Test func randomSignsOfManyTopics() {
    let second = (0..<24).map { $0 < 17 ? 0.1 : -0.1 }
    let comparison = PairedComparison(first: Array(repeating: 0, count: 24), second: second)
    #expect(!comparison.isExact)
    #expect(abs(comparison.probability - 0.0639) < 0.01)
    #expect(comparison == PairedComparison(first: Array(repeating: 0, count: 24), second: second))
  }

  @Test func neverQuiteImpossible() {
    let ones = Array(repeating: 1.0, count: 200)
    let comparison = PairedComparison(first: Array(repeating: 0, count: 200), second: ones)
    #expect(comparison.probability == 1.0 / 10_001)
  }

  @Test(arguments: 1...40) func exactProbabilityCountsEverySign(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let count = Int.random(in: 1...10, using: &generator)
    // Eighths are added without rounding, so that equal sums are equal.
    let first = (0..<count).map { _ in Double(Int.random(in: 0...8, using: &generator)) / 8 }
    let second = (0..<count).map { _ in Double(Int.random(in: 0...8, using: &generator)) / 8 }
    let differences = zip(first, second).map { $1 - $0 }
    let observed = differences.reduce(0, +).magnitude
    var reached = 0
    for signs in 0..<(1 << count) {
      var sum = 0.0
      for (index, difference) in differences.enumerated() { sum += signs >> index & 1 == 0 ? difference : -difference }
      if sum.magnitude >= observed { reached += 1 }
    }
    let comparison = PairedComparison(first: first, second: second)
    #expect(comparison.probability == Double(reached) / Double(1 << count))
    let mirrored = PairedComparison(first: second, second: first)
    #expect(mirrored.probability == comparison.probability)
    #expect(mirrored.wins == comparison.losses && mirrored.meanDifference == -comparison.meanDifference)
  }
}
