/// Which of two documents with the same score comes first. The evaluation programs differ, and so do measures of theirs.
package enum TieOrder: Sendable {
  /// As trec_eval has it: scores are the same where they are so as 32-bit numbers, and the greater id comes first.
  case trecEval
  /// As ir-measures has it for the reciprocal rank with a cutoff, which trec_eval lacks: scores are compared as 64-bit
  /// numbers, and the lesser id comes first.
  case irMeasures

  /// Whether the first result stands before the second.
  func precedes(_ first: RankedRun.Result, _ second: RankedRun.Result) -> Bool {
    switch self {
    case .trecEval:
      let scores = (Float(first.score), Float(second.score))
      return scores.0 == scores.1 ? second.document < first.document : scores.0 > scores.1
    case .irMeasures:
      return first.score == second.score ? first.document < second.document : first.score > second.score
    }
  }
}
