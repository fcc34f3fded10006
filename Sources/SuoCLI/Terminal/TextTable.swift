/// Rows in columns that line up on a terminal, also where characters are two columns wide.
struct TextTable {
  /// On which side a column is even.
  enum Alignment {
    case leading
    case trailing
  }

  private let titles: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  init(_ columns: [(title: String, alignment: Alignment)]) {
    titles = columns.map(\.title)
    alignments = columns.map(\.alignment)
  }

  /// Adds a row with a cell for each column.
  mutating func append(_ cells: [String]) {
    precondition(cells.count == titles.count, "a row has a cell for each column")
    rows.append(cells.map { TerminalText.visible($0) })
  }

  /// The lines of the table, the titles first; without titles where all are empty.
  var lines: [String] {
    let all = titles.allSatisfy(\.isEmpty) ? rows : [titles] + rows
    let widths = titles.indices.map { column in all.map { DisplayWidth.columns($0[column]) }.max() ?? 0 }
    return all.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - DisplayWidth.columns(cell))
        if column > 0 { line += "  " }
        line += alignments[column] == .leading ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Writes the table.
  func write(to output: OutputWriter) throws(OutputError) {
    for line in lines { try output.line(line) }
  }
}
