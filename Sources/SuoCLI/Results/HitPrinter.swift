import Suo

/// Prints hits for people.
struct HitPrinter {
  private let style: Style
  /// Columns of a line; no line is broken by the terminal where it is as wide as it says.
  private let columns: Int
  /// True where lines that do not fit are divided; files and pipes have no width.
  private let wrapsHeads: Bool
  private let marksMatches: Bool

  private static let indentation = "   "
  private static let mostLines = 6
  /// Wider lines are hard to read.
  private static let widest = 110
  private static let narrowest = 40

  init(isColoured: Bool, terminalColumns: Int?) {
    style = Style(isColoured: isColoured)
    marksMatches = !isColoured
    wrapsHeads = terminalColumns != nil
    columns = max(min(terminalColumns ?? Terminal.usualColumns, HitPrinter.widest), HitPrinter.narrowest)
  }

  /// Writes a hit and, below it, further passages of its document.
  func write(_ hit: SearchHit, to output: OutputWriter) throws(OutputError) {
    try writeHead("\(hit.rank). ", hit, to: output)
    if let text = hit.text {
      let body = HitPrinter.body(of: hit, text)
      let excerpt = Excerpt(
        body.text, highlights: body.highlights, columns: columns - HitPrinter.indentation.count,
        mostLines: HitPrinter.mostLines, marksMatches: marksMatches)
      for line in excerpt.lines { try output.line(HitPrinter.indentation + styled(line)) }
    }
    if let explanation = hit.explanation { try write(explanation, depth: 1, to: output) }
    for other in hit.others {
      try writeHead(HitPrinter.indentation + "+ ", other, to: output)
      if let explanation = other.explanation { try write(explanation, depth: 2, to: output) }
    }
    try output.line()
  }

  private func writeHead(_ mark: String, _ hit: SearchHit, to output: OutputWriter) throws(OutputError) {
    let title = mark + HitPrinter.heading(of: hit)
    let place = TerminalText.visible("\(hit.path):\(hit.line)")
    let facts = "(\(hit.language.rawValue), \(Double(hit.score).fixed(2)))"
    let width = DisplayWidth.columns(title) + DisplayWidth.columns(place) + facts.count + 5
    if wrapsHeads && width > columns {
      try output.line(style.title(title))
      try output.line("\(HitPrinter.indentation)\(style.place(place))  \(style.faint(facts))")
    } else {
      try output.line("\(style.title(title))   \(style.place(place))  \(style.faint(facts))")
    }
  }

  /// `title › heading › heading`; a title that is the first heading too stands once, and an id where there is neither.
  static func heading(of hit: SearchHit) -> String {
    var parts = hit.headings
    if !hit.title.isEmpty && parts.first != hit.title { parts.insert(hit.title, at: 0) }
    if parts.isEmpty { parts = [hit.id] }
    return TerminalText.visible(parts.joined(separator: " › "))
  }

  /// The text without the headings that it begins with, since they stand above it; unless nothing else matches.
  static func body(of hit: SearchHit, _ text: String) -> (text: String, highlights: [Range<Int>]) {
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(where: \.isNewline) ?? text.endIndex
      let line = text[start..<end].drop { $0 == "#" || $0.isWhitespace }
      guard line.isEmpty || hit.headings.contains(where: { line.hasPrefix($0) && line.count <= $0.count + 4 }) else {
        break
      }
      start = end < text.endIndex ? text.index(after: end) : end
    }
    let offset = text.utf8.distance(from: text.startIndex, to: start)
    let highlights = hit.highlights.filter { $0.lowerBound >= offset }
    guard start < text.endIndex, !highlights.isEmpty || hit.highlights.isEmpty else { return (text, hit.highlights) }
    return (String(text[start...]), highlights.map { ($0.lowerBound - offset)..<($0.upperBound - offset) })
  }

  private func styled(_ line: [Excerpt.Piece]) -> String {
    guard style.isColoured else { return String(line.map(\.character)) }
    var text = ""
    for run in line.split(whereChangedBy: \.isMatch) {
      let characters = String(run.map(\.character))
      text += run.first?.isMatch == true ? style.match(characters) : characters
    }
    return text
  }

  /// Writes what feedback added to the words of the query, with its weights there.
  func write(_ added: [AddedTerm], to output: OutputWriter) throws(OutputError) {
    guard !added.isEmpty else { return }
    try output.line("added by feedback, with weights in the query:")
    var line = ""
    for term in added {
      let text = TerminalText.visible("\(term.channel.rawValue) \(term.term) \(Double(term.weight).fixed(3))")
      if !line.isEmpty && DisplayWidth.columns(line + text) + HitPrinter.indentation.count + 2 > columns {
        try output.line(HitPrinter.indentation + style.faint(line + ","))
        line = ""
      }
      line += (line.isEmpty ? "" : ", ") + text
    }
    try output.line(HitPrinter.indentation + style.faint(line))
    try output.line()
  }

  /// Writes what a score is made of.
  func write(_ explanation: Explanation, depth: Int, to output: OutputWriter) throws(OutputError) {
    let indentation = String(repeating: HitPrinter.indentation, count: depth)
    let text = "\(Double(explanation.value).fixed(4))  \(TerminalText.visible(explanation.description))"
    try output.line(indentation + style.faint(text))
    for detail in explanation.details { try write(detail, depth: depth + 1, to: output) }
  }
}

extension Array {
  /// The array in runs of elements with an equal property.
  fileprivate func split(whereChangedBy property: (Element) -> Bool) -> [ArraySlice<Element>] {
    var runs: [ArraySlice<Element>] = []
    var start = startIndex
    for index in indices where index > start && property(self[index]) != property(self[index - 1]) {
      runs.append(self[start..<index])
      start = index
    }
    if start < endIndex { runs.append(self[start...]) }
    return runs
  }
}
