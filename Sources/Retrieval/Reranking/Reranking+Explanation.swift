import SearchModel

extension Reranking.Parts {
  /// What is added to the parts of the words.
  var explanations: [Explanation] {
    guard shift == 0 else {
      return [Explanation(value: shift, description: "not reranked: kept below the hits that are")]
    }
    func part(_ value: Float, _ description: String, _ weight: Float, _ what: String = "likeness") -> Explanation {
      Explanation(
        value: value, description: description,
        numbers: [
          FormulaNumber("weight", Double(weight.description) ?? Double(weight)),
          FormulaNumber("sum_of_weights", Double(sumOfWeights.description) ?? Double(sumOfWeights)),
          FormulaNumber(what, Double(value / (weight * sumOfWeights))),
        ])
    }
    var explanations: [Explanation] = []
    if let gain = evidence {
      let weights = gain.weights
      if weights.proximity > 0 {
        let text =
          "proximity: S · \(weights.proximity) · the words within \(WordWindow.length) units beyond the heaviest one"
        explanations.append(part(gain.proximity, text, weights.proximity, "share"))
      }
      if weights.coverage > 0 {
        let text = "coverage: S · \(weights.coverage) · the words that the passage holds"
        explanations.append(part(gain.coverage, text, weights.coverage, "share"))
      }
    }
    if let latent {
      let text = "latent: S · 0.6 · u · D, how like query and passage are"
      explanations.append(part(latent, text, Reranking.latentWeight))
    }
    if let feedback {
      let text = "feedback: S · 0.15 · m · D, how like the passage is to the best ones"
      explanations.append(part(feedback, text, Reranking.feedbackWeight))
    }
    return explanations
  }
}
