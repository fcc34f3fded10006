import IndexFormat
package import Retrieval
import Synchronization

/// An opened index. Any number of threads may search it at the same time, also while a writer replaces it on the disk:
/// an opened index stays what it was.
///
///     let index = try Index(at: "notes.index")
///     for hit in try index.search("氯胺酮 depression").hits { print(hit.score, hit.path, hit.line) }
public final class Index: Sendable {
  package let reader: IndexReader
  /// False for an index of terms without positions, as imports make them.
  let keepsPositions: Bool
  /// Searchers that no thread uses at the moment; making one opens ICU's services.
  private let idle = Mutex<[LentSearcher]>([])

  /// A searcher serves one thread at a time, and the pool sees to it.
  private struct LentSearcher: @unchecked Sendable { let searcher: Searcher }

  /// Opens the index in a folder.
  ///
  /// - Parameter analyzer: the analyzer that it must have been built with, or nil for whichever it was.
  /// - Throws: `SuoError` that says what is wrong and what to do.
  public init(at path: String, analyzer: AnalyzerChoice? = nil) throws(SuoError) {
    do throws(IndexError) {
      let reader = try IndexReader(folder: path, analyzer: analyzer?.description)
      var keepsPositions = true
      for segment in reader.segments where segment.terms.count > 0 {
        if try segment.file.section(.positions).view.count == 0 { keepsPositions = false }
      }
      (self.reader, self.keepsPositions) = (reader, keepsPositions)
    } catch { throw SuoError(error) }
  }

  /// The analyzer that the index was built with.
  public var analyzer: AnalyzerChoice { AnalyzerChoice(reader.analyzer) }

  /// How often the words of title and headings count in every passage below them; 0 where they count in the text alone.
  public var headingWeight: Int { reader.manifest.headingWeight }

  /// The names of the fields that queries can restrict.
  public var fieldNames: [String] { reader.fieldNames }

  /// Searches with a query in the query language.
  ///
  /// - Throws: `SuoError.invalidQuery` for a malformed one.
  public func search(_ query: String, options: SearchOptions = SearchOptions()) throws(SuoError) -> SearchResults {
    try search(Query(query), options: options)
  }

  /// Searches.
  public func search(_ query: Query, options: SearchOptions = SearchOptions()) throws(SuoError) -> SearchResults {
    try requirePositions(for: query.node)
    do throws(RetrievalError) {
      return try withSearcher(options) { searcher throws(RetrievalError) in
        try SearchResults(query, options, searcher)
      }
    } catch { throw SuoError(error) }
  }

  /// Lends a searcher to `body`.
  package func withSearcher<Result>(
    _ options: SearchOptions, _ body: (Searcher) throws(RetrievalError) -> Result
  ) throws(RetrievalError) -> Result {
    let lent = idle.withLock { $0.popLast() }
    let searcher: Searcher
    if let lent { searcher = lent.searcher } else { searcher = try Searcher(reader) }
    searcher.similarity = BM25(
      options.model, k1: options.k1, b: options.b, lengths: options.lengths)
    searcher.weighsTerms = options.weighsTerms
    // Who asks for the scores of another system wants them as they are.
    searcher.reranks = options.reranks && options.model == .bm25
    searcher.evidence = EvidenceWeights(proximity: options.proximity, coverage: options.coverage)
    searcher.expandsAbbreviations = options.expandsAbbreviations
    searcher.usesFeedback = options.usesFeedback
    defer {
      let returned = LentSearcher(searcher: searcher)
      idle.withLock { $0.append(returned) }
    }
    return try body(searcher)
  }
}
