import ArgumentParser

/// What counts in the reranking beside likeness.
struct EvidenceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How much the best hits gain where words of the query stand near each other (default: 0).", valueName: "number"))
  var proximity: Float?

  @Option(
    help: ArgumentHelp(
      "How much the best hits gain by holding many words of the query (default: 0).", valueName: "number"))
  var coverage: Float?

  func validate() throws {
    for (name, weight) in [("proximity", proximity), ("coverage", coverage)] {
      guard weight.map({ $0.isFinite && $0 >= 0 }) ?? true else {
        throw ValidationError("--\(name): expected a number from 0")
      }
    }
  }

  /// False where everything is left as it is usually.
  var isGiven: Bool { proximity != nil || coverage != nil }

  /// Complains where hits are not reranked, so that the weights would count nowhere.
  func requireReranking(_ reranks: Bool, advice: String) throws {
    guard reranks || !isGiven else {
      throw ValidationError("--proximity and --coverage are parts of the reranking; \(advice)")
    }
  }
}
