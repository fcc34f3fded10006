/// How many letters two words differ by.
enum EditDistance {
  /// The number of characters to insert, delete, replace or exchange with their neighbour to make one word of the other
  /// (Damerau, 1964; each stretch is edited once); `limit + 1` for all that are further apart.
  static func between(_ first: String, _ second: String, atMost limit: Int) -> Int {
    let first = Array(first)
    let second = Array(second)
    guard abs(first.count - second.count) <= limit else { return limit + 1 }
    var before: [Int] = []
    var row = Array(0...second.count)
    for (line, character) in first.enumerated() {
      var next = [line + 1]
      for (column, other) in second.enumerated() {
        var cost = min(row[column + 1] + 1, next[column] + 1, row[column] + (other == character ? 0 : 1))
        if line > 0, column > 0, other == first[line - 1], second[column - 1] == character {
          cost = min(cost, before[column - 1] + 1)
        }
        next.append(cost)
      }
      guard next.min() ?? 0 <= limit else { return limit + 1 }
      (before, row) = (row, next)
    }
    return min(row[second.count], limit + 1)
  }
}
