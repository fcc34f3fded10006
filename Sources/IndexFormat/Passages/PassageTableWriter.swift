import ByteStorage
package import SearchModel

/// Collects the rows of a `PassageTable`.
package struct PassageTableWriter {
  private var start = PackedColumnWriter()
  private var length = PackedColumnWriter()
  private var line = PackedColumnWriter()
  private var headingPath = PackedColumnWriter()
  private var language = PackedColumnWriter()
  private var headings = StoredRecordsWriter()
  private var headingBytes: [UInt8] = []
  private var knownPaths: [[String]: Int] = [:]
  /// The path that was asked for last, and its number: neighbours often share it.
  private var last: (path: [String], number: Int)?
  /// Passages of each language, by its number on disk.
  package private(set) var countByLanguage = [Int](repeating: 0, count: PassageTable.languages.count)

  package init() {}

  /// How many rows there are so far.
  package var count: Int { start.count }

  package mutating func append(_ passage: Passage) {
    start.append(passage.range.lowerBound)
    length.append(passage.range.count)
    line.append(passage.line)
    headingPath.append(number(of: passage.headings))
    guard let number = PassageTable.languages.firstIndex(of: passage.language) else {
      preconditionFailure("every language has a number")
    }
    language.append(number)
    countByLanguage[number] += 1
  }

  package consuming func finish() -> [UInt8] {
    headings.finish(to: &headingBytes)
    return SectionParts.encode([
      start.finish(), length.finish(), line.finish(), headingPath.finish(), language.finish(), headingBytes,
    ])
  }

  /// Heading paths are numbered in the order in which they first appear.
  private mutating func number(of path: [String]) -> Int {
    if let last, last.path == path { return last.number }
    if let known = knownPaths[path] {
      last = (path, known)
      return known
    }
    var record: [UInt8] = []
    record.append(variable: path.count)
    for heading in path { record.append(text: heading) }
    headings.append(record, to: &headingBytes)
    let number = knownPaths.count
    knownPaths[path] = number
    last = (path, number)
    return number
  }
}
