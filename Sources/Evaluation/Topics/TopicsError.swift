package import JSONText

/// Why a file of topics cannot be used. Lines count from 1.
package enum TopicsError: Error, Equatable, Sendable {
  /// The line is not valid UTF-8.
  case invalidUTF8(file: String, line: Int)
  /// A line of TSV has no tab.
  case missingTab(file: String, line: Int)
  /// A line of JSON lines is not one JSON object.
  case malformedJSON(file: String, line: Int, JSONError)
  /// An object has no text under this key.
  case missingKey(file: String, line: Int, key: String)
  /// A topic has no id.
  case emptyIdentifier(file: String, line: Int)
  /// Two topics have one id.
  case repeatedIdentifier(file: String, line: Int, identifier: String)
  /// The file holds no topic.
  case noTopics(file: String)
}

extension TopicsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidUTF8(let file, let line): "\(file):\(line): expected UTF-8"
    case .missingTab(let file, let line):
      "\(file):\(line): expected an id, a tab and a query; or JSON objects with `_id` and `text`"
    case .malformedJSON(let file, let line, let error):
      "\(file):\(line): expected a JSON object with `_id` and `text`: \(error)"
    case .missingKey(let file, let line, let key): "\(file):\(line): expected a text under the key `\(key)`"
    case .emptyIdentifier(let file, let line): "\(file):\(line): expected an id, found nothing"
    case .repeatedIdentifier(let file, let line, let identifier):
      "\(file):\(line): the id `\(identifier)` has been used before; give every topic its own"
    case .noTopics(let file): "\(file): expected topics, one a line, found none"
    }
  }
}
