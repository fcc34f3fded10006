import Dispatch
import Synchronization

/// Threads that work on numbered pieces, and the place where their results wait for their turn.
final class OrderedWorkers<Result: Sendable>: Sendable {
  private let queue = DispatchQueue(label: "suo.workers", attributes: .concurrent)
  /// One permit a thread.
  private let permits: DispatchSemaphore
  private let arrived = DispatchSemaphore(value: 0)
  /// Results by the number of their piece.
  private let finished = Mutex<[Int: Result]>([:])

  init(threads: Int) { permits = DispatchSemaphore(value: threads) }

  /// Begins a piece on another thread.
  func start(_ number: Int, _ work: @escaping @Sendable () -> Result) {
    queue.async { [self] in
      permits.wait()
      let result = work()
      finished.withLock { $0[number] = result }
      permits.signal()
      arrived.signal()
    }
  }

  /// Waits for the result of a piece that has been started.
  func wait(for number: Int) -> Result {
    while true {
      if let result = finished.withLock({ $0.removeValue(forKey: number) }) { return result }
      arrived.wait()
    }
  }

  /// Works on the calling thread, in the place of one of the others.
  func here<Outcome>(_ work: () -> Outcome) -> Outcome {
    permits.wait()
    defer { permits.signal() }
    return work()
  }
}
