/// A message on a malformed query, with the query and a mark below what is wrong.
struct QueryComplaint {
  let text: String

  /// Characters that are shown on each side of the mark; a query may be longer than a line.
  private static let context = 30

  /// - Parameter column: counts the query's characters from 1; nil where there is nothing to point at.
  init(query: String, column: Int?, reason: String) {
    guard let column else {
      text = "query: \(reason)"
      return
    }
    // A character that must not be printed keeps its place, so that the mark stays below the right one.
    let characters = query.map { TerminalText.visible($0) ?? " " }
    let place = min(max(column - 1, 0), characters.count)
    let start = max(0, place - QueryComplaint.context)
    let end = min(characters.count, place + QueryComplaint.context)
    let lead = start > 0 ? "…" : ""
    let shown = lead + String(characters[start..<end]) + (end < characters.count ? "…" : "")
    let before = lead + String(characters[start..<place])
    text = """
      query, column \(column): \(reason)
        \(shown)
        \(String(repeating: " ", count: DisplayWidth.columns(before)))^
      """
  }
}
