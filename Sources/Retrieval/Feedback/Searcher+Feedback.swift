extension Searcher {
  /// Searches for plain words, and again for them with what the best passages of the first search have in common.
  ///
  /// - Parameter words: the scored words of the plan.
  func rankWithFeedback(
    _ query: QueryNode, _ plan: QueryPlan, _ words: TermBag, _ compiler: QueryCompiler, limit: Int, countsAll: Bool
  ) throws(RetrievalError) -> Ranking {
    let first = try rankOnce(query, plan, compiler, limit: QueryExpansion.passages, countsAll: false)
    let expansion: QueryExpansion
    do {
      expansion = try QueryExpansion(words, by: first.hits, compiler, PassageTerms(reader, analyzer))
    } catch { throw .index(error) }
    var ranking = try rankOnce(
      query, plan.replacingScoredWords(by: expansion.words), compiler, limit: limit, countsAll: countsAll,
      rerankedBy: plan, depth: QueryExpansion.rerankingDepth)
    ranking.plan = plan
    ranking.addedTerms = expansion.added
    return ranking
  }

  /// Refuses feedback in an index that stores no texts to learn from.
  func requireTextsForFeedback() throws(RetrievalError) {
    guard !usesFeedback || reader.segments.allSatisfy({ $0.texts != nil }) else {
      throw .feedbackWithoutTexts(folder: reader.folder.path)
    }
  }
}
