/// A file, a record or a part of one that is not in the index, and why.
public struct SourceProblem: Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named; `-` for standard input.
  public var path: String
  /// The line of the file, counted from 1, where there is one to name.
  public var line: Int?
  /// What is wrong, and where it helps what to do.
  public var reason: String

  /// A problem at a place.
  public init(path: String, line: Int? = nil, reason: String) {
    self.path = path
    self.line = line
    self.reason = reason
  }

  /// `path:line: reason` on one line; control characters of a file's name are shown as `?`.
  public var description: String {
    let text = line.map { "\(path):\($0): \(reason)" } ?? "\(path): \(reason)"
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
  }
}
