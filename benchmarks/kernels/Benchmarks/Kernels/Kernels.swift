import Benchmark

/// What `swift package benchmark` runs: one call of a kernel is one iteration, of which a sample has a thousand.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .instructions], timeUnits: .nanoseconds, warmupIterations: 10, scalingFactor: .kilo,
    maxDuration: .milliseconds(500), maxIterations: 10_000)
  addBlockBenchmarks()
  addScoringBenchmarks()
  addBoundBenchmarks()
  addMaskBenchmarks()
  addWindowBenchmarks()
  addLatentBenchmarks()
  addASCIIBenchmarks()
}

/// Adds a benchmark of one call; `call` gets a number that differs from call to call.
func measure(_ name: String, _ call: @escaping (Int) -> Void) {
  // A sample goes on where the one before it ended: otherwise the processor would learn a thousand calls by heart.
  var first = 0
  Benchmark(name) { benchmark in
    let iterations = benchmark.scaledIterations
    for iteration in iterations { call(first &+ iteration) }
    first &+= iterations.count
  }
}
