#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How good a ranking is, from 0 to 1.
///
/// The definitions are those of trec_eval (https://github.com/usnistgov/trec_eval), and for the reciprocal rank with a
/// cutoff, which it lacks, those of ir-measures (https://github.com/terrierteam/ir_measures). A document is relevant where its grade
/// is 1 or more; documents without a judgement are not.
package enum Measure: Hashable, Sendable {
  /// Discounted cumulative gain over that of the best order of the judged documents, both of the first `cutoff`; the gain
  /// is the grade, negative ones count nothing, the discount is log2(rank + 1) (Järvelin and Kekäläinen, 2002).
  case normalizedDiscountedCumulativeGain(cutoff: Int)
  /// The mean of the precisions at the ranks of all relevant documents, 0 for one that was not found.
  case averagePrecision
  /// 1 over the rank of the first relevant document, 0 where none is among the first `cutoff`.
  case reciprocalRank(cutoff: Int)
  /// How many of the first `cutoff` are relevant, over `cutoff`, also where fewer were found.
  case precision(cutoff: Int)
  /// How many of the relevant documents are among the first `cutoff`.
  case recall(cutoff: Int)

  /// The measures of the tables.
  package static let standard: [Measure] = [
    .normalizedDiscountedCumulativeGain(cutoff: 10), .normalizedDiscountedCumulativeGain(cutoff: 20), .averagePrecision,
    .reciprocalRank(cutoff: 10), .precision(cutoff: 5), .precision(cutoff: 10), .recall(cutoff: 10),
    .recall(cutoff: 100), .recall(cutoff: 1000),
  ]

  /// The measure of a name like `nDCG@10`, in any case; nil where there is none. Cutoffs are from 1 to 1,000,000.
  package init?(named name: String) {
    let parts = name.lowercased().split(separator: "@", omittingEmptySubsequences: false)
    if parts.count == 1, ["map", "ap"].contains(parts[0]) {
      self = .averagePrecision
      return
    }
    guard parts.count == 2, let cutoff = Int(parts[1]), (1...1_000_000).contains(cutoff) else { return nil }
    switch parts[0] {
    case "ndcg": self = .normalizedDiscountedCumulativeGain(cutoff: cutoff)
    case "mrr", "rr": self = .reciprocalRank(cutoff: cutoff)
    case "p": self = .precision(cutoff: cutoff)
    case "r": self = .recall(cutoff: cutoff)
    default: return nil
    }
  }

  /// How documents with the same score are ranked for this measure.
  package var tieOrder: TieOrder {
    switch self {
    case .normalizedDiscountedCumulativeGain, .averagePrecision, .precision, .recall: .trecEval
    case .reciprocalRank: .irMeasures
    }
  }

  /// The value for one topic.
  ///
  /// - Parameters:
  ///   - ranking: the grades of the documents found, best first; 0 where there is no judgement.
  ///   - judged: all grades of the topic.
  package func value(ranking: [Int], judged: some Collection<Int>) -> Double {
    let relevant = judged.count { $0 >= 1 }
    guard relevant > 0 else { return 0 }
    switch self {
    case .normalizedDiscountedCumulativeGain(let cutoff):
      let ideal = judged.filter { $0 > 0 }.sorted(by: >)
      return Measure.gain(ranking.prefix(cutoff)) / Measure.gain(ideal.prefix(cutoff))
    case .averagePrecision:
      var found = 0
      var sum = 0.0
      for (index, grade) in ranking.enumerated() where grade >= 1 {
        found += 1
        sum += Double(found) / Double(index + 1)
      }
      return sum / Double(relevant)
    case .reciprocalRank(let cutoff):
      guard let index = ranking.prefix(cutoff).firstIndex(where: { $0 >= 1 }) else { return 0 }
      return 1 / Double(index + 1)
    case .precision(let cutoff): return Double(ranking.prefix(cutoff).count { $0 >= 1 }) / Double(cutoff)
    case .recall(let cutoff): return Double(ranking.prefix(cutoff).count { $0 >= 1 }) / Double(relevant)
    }
  }

  private static func gain(_ grades: ArraySlice<Int>) -> Double {
    var sum = 0.0
    for (index, grade) in grades.enumerated() where grade > 0 { sum += Double(grade) / log2(Double(index + 2)) }
    return sum
  }
}

extension Measure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .normalizedDiscountedCumulativeGain(let cutoff): "nDCG@\(cutoff)"
    case .averagePrecision: "MAP"
    case .reciprocalRank(let cutoff): "MRR@\(cutoff)"
    case .precision(let cutoff): "P@\(cutoff)"
    case .recall(let cutoff): "R@\(cutoff)"
    }
  }
}
