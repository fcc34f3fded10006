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

/// A source, or a line of it, that was left out, while everything else was read.
package struct SkippedSource: Sendable, Hashable {
  /// The file as it can be opened; `-` for standard input.
  package var path: String
  /// The line, counted from 1, where only a line was left out.
  package var line: Int?
  /// What is wrong, in a few words.
  package var reason: String

  package init(path: String, line: Int? = nil, reason: String) {
    self.path = path
    self.line = line
    self.reason = reason
  }
}

extension SkippedSource: CustomStringConvertible {
  /// One line for a message, `path:line: reason`; control characters of the path are written as `?`.
  package var description: String {
    let place = line.map { "\(path):\($0)" } ?? path
    let text = "\(place): \(reason)"
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
  }
}
