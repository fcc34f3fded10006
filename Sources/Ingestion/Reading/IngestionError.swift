/// Why nothing can be read at all: something is wrong with what the caller named.
package enum IngestionError: Error, Equatable, Sendable {
  /// A path on the command line names nothing.
  case notFound(path: String)
  /// A path on the command line cannot be opened; `reason` is the system's own word for it.
  case unreadable(path: String, reason: String)
}

extension IngestionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file or folder"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    }
  }
}
