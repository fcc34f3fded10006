/// Collects the results of a run in any order.
package struct RankedRunBuilder {
  private struct Entry {
    let result: RankedRun.Result
    let line: Int
  }

  private let name: String
  private var entries: [Identifier: [Entry]] = [:]

  /// - Parameter name: what the run is called in tables and messages.
  package init(name: String) { self.name = name }

  /// Whether nothing has been added.
  package var isEmpty: Bool { entries.isEmpty }

  /// Adds a result.
  ///
  /// - Parameter line: where it stands, for messages, counted from 1.
  package mutating func add(topic: Identifier, document: Identifier, score: Double, line: Int) {
    entries[topic, default: []].append(Entry(result: RankedRun.Result(document: document, score: score), line: line))
  }

  /// The run. Throws `repeatedDocument` for the first line that names a document again.
  package func finish() throws(EvaluationError) -> RankedRun {
    var results: [Identifier: [RankedRun.Result]] = [:]
    var repeated: (topic: Identifier, entry: Entry)?
    for (topic, found) in entries {
      var known = Set<Identifier>(minimumCapacity: found.count)
      for entry in found where !known.insert(entry.result.document).inserted {
        if entry.line < repeated?.entry.line ?? .max { repeated = (topic, entry) }
      }
      results[topic] = found.map(\.result)
    }
    if let (topic, entry) = repeated {
      throw .repeatedDocument(
        file: name, line: entry.line, topic: topic.text, document: entry.result.document.text)
    }
    return RankedRun(name: name, results: results)
  }
}
