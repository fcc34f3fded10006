import Retrieval

/// What is measured of a query, by the names of the search-benchmark-game.
enum BenchTask: String, CaseIterable {
  case top10 = "TOP_10"
  case top100 = "TOP_100"
  case top1000 = "TOP_1000"
  case top10Count = "TOP_10_COUNT"
  case top100Count = "TOP_100_COUNT"
  case top1000Count = "TOP_1000_COUNT"
  case count = "COUNT"

  /// How many hits are ranked.
  private var limit: Int {
    switch self {
    case .top10, .top10Count: 10
    case .top100, .top100Count: 100
    case .top1000, .top1000Count: 1000
    case .count: 0
    }
  }

  /// Evaluates a query.
  ///
  /// - Returns: the number of matches for the tasks that count, else the number of hits.
  func run(_ query: QueryNode, _ searcher: Searcher) throws(RetrievalError) -> Int {
    switch self {
    case .count: try searcher.count(query)
    case .top10, .top100, .top1000: try searcher.search(query, limit: limit, countsAll: false).hits.count
    case .top10Count, .top100Count, .top1000Count: try searcher.search(query, limit: limit).total.value
    }
  }
}
