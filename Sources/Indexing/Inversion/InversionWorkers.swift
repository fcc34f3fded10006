import Dispatch
import SearchModel
import Synchronization
import TextAnalysis

/// Threads that produce and invert batches, and the place where their results wait for their turn.
final class InversionWorkers: Sendable {
  private let description: AnalyzerDescription
  private let queue = DispatchQueue(label: "suo.inversion", attributes: .concurrent)
  /// One permit a thread.
  private let permits: DispatchSemaphore
  private let arrived = DispatchSemaphore(value: 0)
  private let state: Mutex<State>

  private struct State {
    /// Inverters that no thread uses at the moment.
    var idle: [Inverter]
    /// Results by the number of their batch.
    var finished: [Int: FinishedBatch] = [:]
  }

  init(_ description: AnalyzerDescription, threads: Int) throws(AnalyzerError) {
    self.description = description
    permits = DispatchSemaphore(value: threads)
    var idle: [Inverter] = []
    for _ in 0..<threads { idle.append(try Inverter(description)) }
    state = Mutex(State(idle: idle))
  }

  /// Begins a batch on another thread.
  func start(_ number: Int, _ produce: @escaping @Sendable () -> SourceBatch) {
    queue.async { [self] in
      permits.wait()
      let batch = produce()
      let result = FinishedBatch(batch: batch, inverted: invert(batch.documents))
      state.withLock { $0.finished[number] = result }
      permits.signal()
      arrived.signal()
    }
  }

  /// Waits for the result of a batch that has been started.
  func wait(for number: Int) -> FinishedBatch {
    while true {
      if let result = state.withLock({ $0.finished.removeValue(forKey: number) }) { return result }
      arrived.wait()
    }
  }

  /// Inverts documents once more on the calling thread, after some were taken out of a batch.
  func invertAgain(_ documents: [Document]) -> InvertedBatch {
    permits.wait()
    defer { permits.signal() }
    return invert(documents)
  }

  /// Inverts documents with an idle inverter; the caller holds a permit, and a permit stands for an inverter.
  private func invert(_ documents: [Document]) -> InvertedBatch {
    guard let inverter = state.withLock({ $0.idle.popLast() }) else {
      preconditionFailure("more threads invert than there are inverters")
    }
    defer { state.withLock { $0.idle.append(inverter) } }
    return inverter.invert(documents)
  }
}

/// A batch with its inversion.
struct FinishedBatch: Sendable {
  var batch: SourceBatch
  var inverted: InvertedBatch
}
