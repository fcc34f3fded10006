package import IndexFormat
package import Indexing
package import Ingestion
package import Retrieval
package import TextAnalysis

/// What can go wrong, in the words in which it is told to people.
public enum SuoError: Error, Sendable, Hashable {
  /// The query is malformed; `column` counts characters from 1 where there is one to point at.
  case invalidQuery(column: Int?, reason: String)
  /// The folder holds no index.
  case noIndex(folder: String)
  /// The index is damaged, or of a version that this program does not read.
  case unreadableIndex(reason: String)
  /// The index was built with another analyzer; `reason` says what differs and how to index again.
  case differentAnalyzer(reason: String)
  /// What was asked for needs the texts of passages, and the index stores none.
  case noTexts(reason: String)
  /// Another process is writing to the index.
  case locked(reason: String)
  /// A source that was named does not exist or cannot be read.
  case unreadableSource(reason: String)
  /// There is no such analyzer, or its configuration is malformed.
  case invalidAnalyzer(reason: String)
  /// A file could not be read or written.
  case system(reason: String)
}

extension SuoError: CustomStringConvertible {
  /// One line that says what happened and what to do.
  public var description: String {
    switch self {
    case .invalidQuery(let column?, let reason): "query, column \(column): \(reason)"
    case .invalidQuery(nil, let reason): "query: \(reason)"
    case .noIndex(let folder): "\(folder): no index here; make one with `suo index PATH --index \(folder)`"
    case .unreadableIndex(let reason), .differentAnalyzer(let reason), .noTexts(let reason), .locked(let reason),
      .unreadableSource(let reason), .invalidAnalyzer(let reason), .system(let reason):
      reason
    }
  }
}

extension SuoError {
  package init(_ error: IndexError) {
    switch error {
    case .notAnIndex(let folder): self = .noIndex(folder: folder)
    case .analyzerDiffers: self = .differentAnalyzer(reason: error.description)
    case .storage(.locked(let path)): self = .locked(reason: "\(path): another process is writing to this index")
    case .storage(.wrongLength), .foreignFile, .unsupportedVersion, .damaged:
      self = .unreadableIndex(reason: error.description)
    case .storage, .tooLarge: self = .system(reason: error.description)
    }
  }

  package init(_ error: RetrievalError) {
    switch error {
    case .index(let error): self.init(error)
    case .analyzer(let error): self.init(error)
    case .syntax(let error): self = .invalidQuery(column: error.column, reason: error.message)
    case .unknownField, .prefixTooShort: self = .invalidQuery(column: nil, reason: error.description)
    case .feedbackWithoutTexts: self = .noTexts(reason: error.description)
    }
  }

  package init(_ error: IndexingError) {
    switch error {
    case .analyzer(let error): self.init(error)
    case .index(let error): self.init(error)
    }
  }

  package init(_ error: AnalyzerError) { self = .invalidAnalyzer(reason: "\(error)") }
  package init(_ error: IngestionError) { self = .unreadableSource(reason: "\(error)") }
}
