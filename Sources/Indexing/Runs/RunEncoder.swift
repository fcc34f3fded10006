import ByteStorage

/// Writes the entries of a run in memory.
struct RunEncoder {
  private var output: [UInt8] = []
  private var rest: [UInt8] = []

  /// Appends a term with its rows: one for each occurrence, by passage and then by position.
  mutating func append(
    key: ArraySlice<UInt8>, isPositional: Bool, rows: Range<Int>, passage: (Int) -> UInt32, position: (Int) -> UInt32
  ) {
    rest.removeAll(keepingCapacity: true)
    var entry = RunEntry()
    entry.key = Array(key)
    entry.isPositional = isPositional
    entry.occurrences = rows.count
    entry.first = Int(passage(rows.lowerBound))
    entry.last = entry.first
    var row = rows.lowerBound
    while row < rows.upperBound {
      let current = Int(passage(row))
      var end = row + 1
      while end < rows.upperBound && Int(passage(end)) == current { end += 1 }
      if entry.postings > 0 { rest.append(variable: current - entry.last) }
      rest.append(variable: end - row)
      if isPositional {
        var previous: UInt32 = 0
        for index in row..<end {
          rest.append(variable: UInt64(position(index) - previous))
          previous = position(index)
        }
      }
      entry.postings += 1
      entry.last = current
      row = end
    }
    entry.length = rest.count
    entry.encode(to: &output)
    output += rest
  }

  /// - Parameter firstPassage: the number of the passage that the rows count from.
  consuming func finish(firstPassage: Int) -> Run { Run(content: .memory(output), firstPassage: firstPassage) }
}
