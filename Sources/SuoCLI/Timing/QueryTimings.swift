import Retrieval
import Suo

/// The best time of each query of a file.
struct QueryTimings {
  private struct Timing {
    var tag: String
    var query: String
    var best = Double.infinity
    var count = 0
  }

  private let timings: [Timing]

  /// Runs all queries `repetitions` times, one round after the other, so that no query finds its own data in the caches
  /// of the processor more than it would among others.
  init(file: String, task: BenchTask, repetitions: Int, index: Index, options: SearchOptions) throws {
    var input = try InputBytes(file)
    var timings: [Timing] = []
    var number = 0
    while let bytes = try input.nextLine() {
      number += 1
      guard !bytes.isEmpty else { continue }
      guard let line = String(validating: bytes, as: UTF8.self), let tab = line.firstIndex(of: "\t") else {
        throw CommandError.failure("\(input.name):\(number): expected a tag, a tab and a query in UTF-8")
      }
      let query = String(line[line.index(after: tab)...])
      let node: QueryNode
      do throws(QuerySyntaxError) { node = try QueryParser.parse(query) } catch {
        throw CommandError.failure("\(input.name):\(number): query, column \(error.column): \(error.message)")
      }
      do throws(SuoError) { try index.requirePositions(for: node) } catch {
        throw CommandError.failure("\(input.name):\(number): \(error)")
      }
      timings.append(Timing(tag: String(line[..<tab]), query: query))
    }
    guard !timings.isEmpty else { throw CommandError.failure("\(input.name): expected queries, found none") }
    try index.withSearcher(options) { searcher throws(RetrievalError) in
      for _ in 0..<repetitions {
        for position in timings.indices {
          let query = timings[position].query
          let start = ContinuousClock.now
          let node: QueryNode
          do throws(QuerySyntaxError) { node = try QueryParser.parse(query) } catch {
            throw RetrievalError.syntax(error)
          }
          let count = try task.run(node, searcher)
          let microseconds = start.duration(to: .now).seconds * 1e6
          timings[position].best = min(timings[position].best, microseconds)
          timings[position].count = count
        }
      }
    }
    self.timings = timings
  }

  /// Writes a line for each query: its tag, its best time in microseconds, its count.
  func write(to output: OutputWriter) throws(OutputError) {
    for timing in timings { try output.line("\(timing.tag)\t\(timing.best.fixed(1))\t\(timing.count)") }
  }

  /// The queries of each tag together, and all of them.
  var summary: TextTable {
    var table = TextTable([
      ("tag", .leading), ("queries", .trailing), ("mean µs", .trailing), ("median µs", .trailing),
      ("P99 µs", .trailing),
    ])
    var tags: [String] = []
    for timing in timings where !tags.contains(timing.tag) { tags.append(timing.tag) }
    for tag in tags { table.append(row(tag, timings.filter { $0.tag == tag })) }
    if tags.count > 1 { table.append(row("all", timings)) }
    return table
  }

  private func row(_ tag: String, _ timings: [Timing]) -> [String] {
    let times = timings.map(\.best).sorted()
    let mean = times.reduce(0, +) / Double(times.count)
    return [
      tag, String(times.count), mean.fixed(1), QueryTimings.percentile(50, of: times).fixed(1),
      QueryTimings.percentile(99, of: times).fixed(1),
    ]
  }

  /// The smallest value that is not below `percent` percent of all (nearest rank).
  ///
  /// - Parameter values: ascending, at least one.
  static func percentile(_ percent: Int, of values: [Double]) -> Double {
    values[max((values.count * percent + 99) / 100, 1) - 1]
  }
}
