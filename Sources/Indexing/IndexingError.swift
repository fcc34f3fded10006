package import IndexFormat
package import TextAnalysis

/// Why an index could not be built. What was indexed before is untouched.
package enum IndexingError: Error, Sendable {
  /// The analyzer could not be made.
  case analyzer(AnalyzerError)
  /// A file of the index could not be written, or the input is larger than an index can hold.
  case index(IndexError)
}

extension IndexingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .analyzer(let error): "\(error)"
    case .index(let error): error.description
    }
  }
}
