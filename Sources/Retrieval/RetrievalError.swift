package import IndexFormat
package import TextAnalysis

/// Why a search could not be made.
package enum RetrievalError: Error, Sendable {
  /// The index could not be opened or is damaged.
  case index(IndexError)
  /// The index's analyzer could not be made.
  case analyzer(AnalyzerError)
  /// The query's text is malformed.
  case syntax(QuerySyntaxError)
  /// The query names a field that no document has.
  case unknownField(name: String, known: [String])
  /// A prefix begins more words than can be searched at once.
  case prefixTooShort(prefix: String, limit: Int)
  /// Feedback is asked for, and the index stores no texts to learn from.
  case feedbackWithoutTexts(folder: String)
}

extension RetrievalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .index(let error): error.description
    case .analyzer(let error): "\(error)"
    case .syntax(let error): "query: \(error)"
    case .unknownField(let name, let known):
      "no document has a field `\(name)`; there are: \(known.joined(separator: ", ")); "
        + "quote the word to search for it as it stands"
    case .prefixTooShort(let prefix, let limit):
      "`\(prefix)*` begins more than \(limit) words; type more letters"
    case .feedbackWithoutTexts(let folder):
      "\(folder): feedback learns from the texts of the best passages, and this index stores none; "
        + "search without feedback, or index the sources again without --no-store"
    }
  }
}
