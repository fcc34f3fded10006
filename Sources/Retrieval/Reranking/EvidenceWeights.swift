/// How much the scores of the best hits gain by evidence beyond the frequencies of words.
package struct EvidenceWeights: Sendable, Hashable, BitwiseCopyable {
  /// By query words that stand near each other; 0 for nothing.
  package var proximity: Float
  /// By how many of the query's words a passage holds; 0 for nothing.
  package var coverage: Float

  package init(proximity: Float = 0, coverage: Float = 0) {
    self.proximity = proximity
    self.coverage = coverage
  }

  /// True where nothing is added.
  var isEmpty: Bool { proximity == 0 && coverage == 0 }
}
