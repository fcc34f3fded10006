import SearchModel
import Testing

@testable import Retrieval

/// Expects of the fast ways through an index what stepping through all of its postings finds.
struct StepwiseComparison {
  let searcher: Searcher
  private let stepwise: Searcher

  init(_ reader: IndexReader, similarity: BM25 = BM25()) throws {
    searcher = try Searcher(reader, similarity: similarity)
    stepwise = try Searcher(reader, similarity: similarity)
    stepwise.isStepwise = true
  }

  /// Compares the hits of a query, and their number, with all matches counted and without.
  func expectTheSame(
    _ query: QueryNode, limit: Int, _ context: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try stepwise.search(query, limit: limit)
    let all = try searcher.search(query, limit: limit)
    #expect(all.hits == expected.hits, "\(context), limit \(limit): \(query)", sourceLocation: sourceLocation)
    #expect(all.total == expected.total, "\(context), limit \(limit): \(query)", sourceLocation: sourceLocation)
    let pruned = try searcher.search(query, limit: limit, countsAll: false)
    #expect(pruned.hits == expected.hits, "\(context), limit \(limit): \(query)", sourceLocation: sourceLocation)
    #expect(pruned.total.value <= expected.total.value, "\(context), limit \(limit)", sourceLocation: sourceLocation)
  }
}
