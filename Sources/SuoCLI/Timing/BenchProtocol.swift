import Retrieval
import Suo

/// Answers the line protocol of the public search-benchmark-game: a command, a tab and a query in, a number out.
struct BenchProtocol {
  private let index: Index
  private let options: SearchOptions

  /// The answer to what this program does not do, or to a query that it does not understand.
  private static let unsupported = "UNSUPPORTED"

  init(index: Index, options: SearchOptions) { (self.index, self.options) = (index, options) }

  /// Answers standard input to its end; each answer is handed over at once.
  func answer() throws {
    var input = try InputBytes("-")
    let output = OutputWriter()
    while let line = try input.nextLine() {
      try output.line(answer(to: line))
      try output.flush()
    }
  }

  private func answer(to line: [UInt8]) throws -> String {
    guard let text = String(validating: line, as: UTF8.self), let tab = text.firstIndex(of: "\t"),
      let task = BenchTask(rawValue: String(text[..<tab]))
    else { return BenchProtocol.unsupported }
    let query = String(text[text.index(after: tab)...])
    guard let node = try? QueryParser.parse(query), (try? index.requirePositions(for: node)) != nil else {
      return BenchProtocol.unsupported
    }
    do throws(RetrievalError) {
      return try index.withSearcher(options) { searcher throws(RetrievalError) in String(try task.run(node, searcher)) }
    } catch {
      switch error {
      case .syntax, .unknownField, .prefixTooShort: return BenchProtocol.unsupported
      case .index, .analyzer, .feedbackWithoutTexts: throw error
      }
    }
  }
}
