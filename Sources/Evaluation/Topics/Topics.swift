import JSONText

/// Reads the topics of an experiment: lines of an id, a tab and a query, or JSON lines with `_id` and `text`.
package enum Topics {
  /// The topics in the order of the file. A first line that begins with `{` makes all lines JSON; empty lines are passed over.
  ///
  /// - Parameter file: the name for messages.
  package static func read(_ bytes: [UInt8], file: String) throws(TopicsError) -> [Topic] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    let isJSON = content.first { !isBlank($0) } == UInt8(ascii: "{")
    var topics: [Topic] = []
    var known: Set<String> = []
    var number = 0
    for var line in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if line.last == 0x0D { line.removeLast() }
      guard !line.allSatisfy(isBlank) else { continue }
      let topic = isJSON ? try json(line, file, number) : try tabbed(line, file, number)
      guard !topic.identifier.isEmpty else { throw .emptyIdentifier(file: file, line: number) }
      guard known.insert(topic.identifier).inserted else {
        throw .repeatedIdentifier(file: file, line: number, identifier: topic.identifier)
      }
      topics.append(topic)
    }
    guard !topics.isEmpty else { throw .noTopics(file: file) }
    return topics
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  private static func tabbed(_ line: ArraySlice<UInt8>, _ file: String, _ number: Int) throws(TopicsError) -> Topic {
    guard let text = String(validating: line, as: UTF8.self) else { throw .invalidUTF8(file: file, line: number) }
    guard let tab = text.firstIndex(of: "\t") else { throw .missingTab(file: file, line: number) }
    return Topic(identifier: String(text[..<tab]), text: String(text[text.index(after: tab)...]))
  }

  private static func json(_ line: ArraySlice<UInt8>, _ file: String, _ number: Int) throws(TopicsError) -> Topic {
    let value: JSONValue
    do { value = try JSONValue(parsing: Array(line)) } catch {
      throw .malformedJSON(file: file, line: number, error)
    }
    // Some collections number their topics.
    guard let identifier = value["_id"]?.string ?? value["_id"]?.integer.map(String.init) else {
      throw .missingKey(file: file, line: number, key: "_id")
    }
    guard let text = value["text"]?.string else { throw .missingKey(file: file, line: number, key: "text") }
    return Topic(identifier: identifier, text: text)
  }
}
