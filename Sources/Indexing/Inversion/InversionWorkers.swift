import SearchModel
import Synchronization
import TextAnalysis

/// Threads that produce and invert batches.
final class InversionWorkers: Sendable {
  private let workers: OrderedWorkers<FinishedBatch>
  /// Inverters that no thread uses at the moment.
  private let idle: Mutex<[Inverter]>

  init(_ options: IndexBuilder.Options) throws(AnalyzerError) {
    workers = OrderedWorkers(threads: options.threads)
    var inverters: [Inverter] = []
    for _ in 0..<options.threads {
      inverters.append(try Inverter(options.analyzer, headingWeight: options.headingWeight))
    }
    idle = Mutex(inverters)
  }

  /// Begins a batch on another thread.
  func start(_ number: Int, _ produce: @escaping @Sendable () -> SourceBatch) {
    workers.start(number) { [self] in
      let batch = produce()
      return FinishedBatch(batch: batch, inverted: invert(batch.documents))
    }
  }

  /// Waits for the result of a batch that has been started.
  func wait(for number: Int) -> FinishedBatch { workers.wait(for: number) }

  /// Inverts documents once more on the calling thread, after some were taken out of a batch.
  func invertAgain(_ documents: [Document]) -> InvertedBatch { workers.here { invert(documents) } }

  /// Gives back the memory of the inverters, once nothing is under way and nothing more will be inverted.
  func finish() { idle.withLock { $0.removeAll() } }

  /// Inverts documents with an idle inverter; the caller holds a permit, and a permit stands for an inverter.
  private func invert(_ documents: [Document]) -> InvertedBatch {
    guard let inverter = idle.withLock({ $0.popLast() }) else {
      preconditionFailure("more threads invert than there are inverters")
    }
    defer { idle.withLock { $0.append(inverter) } }
    return inverter.invert(documents)
  }
}

/// A batch with its inversion.
struct FinishedBatch: Sendable {
  var batch: SourceBatch
  var inverted: InvertedBatch
}
