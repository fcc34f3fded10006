import ArgumentParser
import Suo

/// By which formula a command scores.
struct ScoringArguments: ParsableArguments {
  @Option(
    name: .customLong("like"),
    help: ArgumentHelp("Score as another system does (default: bm25).", valueName: "system"))
  var model: ScoringModel?

  @Option(
    help: ArgumentHelp(
      "How soon further occurrences of a word stop to count (default: 1.2, or the system's).", valueName: "number"))
  var k1: Float?

  @Option(
    help: ArgumentHelp(
      "How much longer passages are held back, 0 to 1 (default: 0.75, or the system's).", valueName: "number"))
  var b: Float?

  @Option(
    help: ArgumentHelp(
      "The lengths of passages, exact or as Lucene keeps them (default: the system's).", valueName: "kind"))
  var lengths: LengthPrecision?

  func validate() throws {
    if let k1 {
      guard k1.isFinite, k1 >= 0 else { throw ValidationError("--k1: expected a number from 0") }
    }
    if let b {
      guard b >= 0, b <= 1 else { throw ValidationError("--b: expected a number from 0 to 1") }
    }
  }

  /// False where everything is left as it is usually.
  var isGiven: Bool { model != nil || k1 != nil || b != nil || lengths != nil }

  /// What a search is asked for. Scores like those of another system are for terms that weigh as there, all alike, and for
  /// the words of the query alone.
  ///
  /// - Parameter expandsAbbreviations: nil to do so where terms are weighed.
  func options(
    limit: Int = 10, language: Language? = nil, weighsTerms: Bool, reranks: Bool, evidence: EvidenceArguments? = nil,
    expandsAbbreviations: Bool? = nil, usesFeedback: Bool = false, groupsByDocument: Bool = false,
    explains: Bool = false
  ) -> SearchOptions {
    SearchOptions(
      limit: limit, language: language, model: model ?? .bm25, k1: k1, b: b, lengths: lengths,
      weighsTerms: weighsTerms && model == nil, reranks: reranks && model == nil,
      proximity: evidence?.proximity ?? 0, coverage: evidence?.coverage ?? 0,
      expandsAbbreviations: expandsAbbreviations ?? (weighsTerms && model == nil),
      usesFeedback: usesFeedback, groupsByDocument: groupsByDocument, explains: explains)
  }
}
