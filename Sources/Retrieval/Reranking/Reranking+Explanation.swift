import SearchModel

extension Reranking.Parts {
  /// What is added to the parts of the words.
  var explanations: [Explanation] {
    guard shift == 0 else {
      return [Explanation(value: shift, description: "not reranked: kept below the hits that are")]
    }
    func part(_ value: Float, _ description: String, _ weight: Float) -> Explanation {
      Explanation(
        value: value, description: description,
        numbers: [
          FormulaNumber("weight", Double(weight.description) ?? Double(weight)),
          FormulaNumber("sum_of_weights", Double(sumOfWeights.description) ?? Double(sumOfWeights)),
          FormulaNumber("likeness", Double(value / (weight * sumOfWeights))),
        ])
    }
    return [
      part(latent, "latent: S · 0.6 · u · D, how like query and passage are", Reranking.latentWeight),
      part(feedback, "feedback: S · 0.15 · m · D, how like the passage is to the best ones", Reranking.feedbackWeight),
    ]
  }
}
