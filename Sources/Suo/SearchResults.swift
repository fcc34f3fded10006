import IndexFormat
import Retrieval

/// The hits of a search, best first.
public struct SearchResults: Sendable, Hashable {
  /// The hits; of equal scores the earlier document and passage comes first.
  public let hits: [SearchHit]
  /// How many passages match in all.
  public let total: TotalHits
  /// What feedback added to the words of the query, that of the greatest share first; nil where there was no feedback:
  /// where it was not asked for, or the query is not plain words.
  public let addedTerms: [AddedTerm]?

  /// Further passages of a document that are shown below its best one.
  private static let mostOthers = 4

  init(_ query: Query, _ options: SearchOptions, _ searcher: Searcher) throws(RetrievalError) {
    let ranking: Ranking
    var groups: [[ScoredPassage]]
    if options.groupsByDocument {
      (groups, ranking) = try searcher.searchDocuments(query.node, limit: options.limit, language: options.language)
    } else {
      ranking = try searcher.search(query.node, limit: options.limit, language: options.language)
      groups = ranking.hits.map { [$0] }
    }
    let reader = searcher.makeHitReader(ranking)
    var hits: [SearchHit] = []
    for (index, group) in groups.enumerated() {
      func hit(_ scored: ScoredPassage) throws(RetrievalError) -> SearchHit {
        var found: SearchHit
        do throws(IndexError) { found = try reader.hit(scored, rank: index + 1) } catch { throw .index(error) }
        if options.explains { found.explanation = try searcher.explain(scored, ranking) }
        return found
      }
      var best = try hit(group[0])
      for other in group.dropFirst().prefix(SearchResults.mostOthers) { best.others.append(try hit(other)) }
      hits.append(best)
    }
    self.hits = hits
    total = ranking.total
    addedTerms = ranking.addedTerms
  }
}
