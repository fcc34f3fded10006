extension QueryPlan {
  /// The plan with other words in the place of `scoredWords`: what must and must not be there beside them stays as it is.
  func replacingScoredWords(by words: TermBag) -> QueryPlan {
    switch self {
    case .bag: return .bag(words)
    case .boolean(let required, let optional, let prohibited):
      return .boolean(
        required: required.map { if case .bag = $0 { .bag(words) } else { $0 } }, optional: optional,
        prohibited: prohibited)
    case .phrase, .prefix, .unscored, .nothing: return self
    }
  }
}
