/// Whether two runs differ by more than chance, topic by topic: Fisher's randomisation test, two-sided.
///
/// Were the runs equally good, the difference of each topic could as well have the other sign. `probability` is the share of
/// all such signs under which the sum of differences is at least as far from zero as it is (Smucker, Allan and Carterette,
/// "A comparison of statistical significance tests for information retrieval evaluation", 2007).
package struct PairedComparison: Sendable, Equatable {
  /// The mean of second minus first.
  package let meanDifference: Double
  /// On how many topics the second run is better.
  package let wins: Int
  package let ties: Int
  /// On how many topics the second run is worse.
  package let losses: Int
  /// The p-value, above 0 up to 1.
  package let probability: Double
  /// Whether all signs were tried, which is done for up to 20 topics that differ.
  package let isExact: Bool

  /// How many random signs are tried where all are too many. The one that was observed counts as another, so that the
  /// p-value is never 0 (Phipson and Smyth, "Permutation p-values should never be zero", 2010).
  package static let permutations = 10_000
  /// Up to so many topics that differ, all signs are tried: 2^20 of them, half of which say the same.
  private static let mostExactTopics = 20
  /// Differences below this come from rounding.
  private static let rounding = 1e-12

  /// Compares values of the same topics in the same order.
  ///
  /// - Parameters:
  ///   - first: the values of the run that is compared with; at least one.
  ///   - second: as many values of the other run.
  ///   - seed: of the random signs; the same seed gives the same result.
  package init(first: [Double], second: [Double], seed: UInt64 = 1) {
    precondition(first.count == second.count && !first.isEmpty, "two values for each of at least one topic")
    let all = zip(first, second).map { $1 - $0 }
    let differences = all.filter { $0.magnitude > PairedComparison.rounding }
    meanDifference = all.reduce(0, +) / Double(all.count)
    wins = differences.count { $0 > 0 }
    losses = differences.count - wins
    ties = all.count - differences.count
    isExact = differences.count <= PairedComparison.mostExactTopics
    let limit =
      differences.reduce(0, +).magnitude - PairedComparison.rounding * Double(differences.count)
    if isExact {
      probability = PairedComparison.exact(differences, limit)
    } else {
      probability = PairedComparison.sampled(differences, limit, seed)
    }
  }

  private static func exact(_ differences: [Double], _ limit: Double) -> Double {
    guard let first = differences.first else { return 1 }
    // All signs turned around give the same distance from zero, so the first may keep its own.
    var sums = [first]
    for difference in differences.dropFirst() {
      sums = sums.map { $0 + difference } + sums.map { $0 - difference }
    }
    return Double(sums.count { $0.magnitude >= limit }) / Double(sums.count)
  }

  private static func sampled(_ differences: [Double], _ limit: Double, _ seed: UInt64) -> Double {
    var generator = SplitMix64(seed: seed)
    var reached = 1
    for _ in 0..<permutations {
      var sum = 0.0
      var signs: UInt64 = 0
      for (index, difference) in differences.enumerated() {
        if index % 64 == 0 { signs = generator.next() }
        sum += signs & 1 == 0 ? difference : -difference
        signs >>= 1
      }
      if sum.magnitude >= limit { reached += 1 }
    }
    return Double(reached) / Double(permutations + 1)
  }
}
