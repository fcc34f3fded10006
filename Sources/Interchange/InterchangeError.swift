package import ByteStorage
package import IndexFormat
package import TextAnalysis

/// Why an exchange file could not be read or written.
package enum InterchangeError: Error, Sendable {
  /// The file is not as the format wants it. `offset` is the byte at which the message that is wrong begins, its length
  /// included.
  case malformed(file: String, offset: Int, reason: String)
  /// The index has more of something than the format can say.
  case tooMuch(what: String, limit: Int)
  /// The exchange file could not be read or written.
  case file(StorageError)
  /// The index could not be read or written.
  case index(IndexError)
  /// The analyzer could not be made.
  case analyzer(AnalyzerError)
}

extension InterchangeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let file, let offset, let reason): "\(file): byte \(offset): \(reason)"
    case .tooMuch(let what, let limit): "too many \(what) for this format: the limit is \(limit)"
    case .file(let error): error.description
    case .index(let error): error.description
    case .analyzer(let error): "\(error)"
    }
  }
}
