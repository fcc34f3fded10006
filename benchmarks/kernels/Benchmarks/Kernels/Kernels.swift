import Benchmark

/// What `swift package benchmark` runs: one call of a kernel is one iteration, of which a sample has a thousand.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .instructions], timeUnits: .nanoseconds, warmupIterations: 10, scalingFactor: .kilo,
    maxDuration: .milliseconds(500), maxIterations: 10_000)
  addBlockBenchmarks()
  addScoringBenchmarks()
  addBoundBenchmarks()
  addLatentBenchmarks()
}

/// Adds a benchmark of one call; `call` gets a number that differs from call to call.
func measure(_ name: String, _ call: @escaping (Int) -> Void) {
  Benchmark(name) { benchmark in
    for iteration in benchmark.scaledIterations { call(iteration) }
  }
}
