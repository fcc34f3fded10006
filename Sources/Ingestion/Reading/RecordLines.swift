import Synchronization

/// Whole lines of a source with records, whose memory serves again once nobody holds them.
final class RecordLines: Sendable {
  let bytes: [UInt8]
  private let memory: Memory

  init(_ bytes: [UInt8], memory: Memory) {
    self.bytes = bytes
    self.memory = memory
  }

  deinit { memory.giveBack(bytes) }

  /// The memory of lines that have been parsed, for lines that are still to be read: new memory would cost more than what is
  /// written to it.
  final class Memory: Sendable {
    private let idle = Mutex<[[UInt8]]>([])

    /// An array without elements, with room for as many as some before it had.
    func take() -> [UInt8] {
      guard var bytes = idle.withLock({ $0.popLast() }) else { return [] }
      bytes.removeAll(keepingCapacity: true)
      return bytes
    }

    fileprivate func giveBack(_ bytes: [UInt8]) { idle.withLock { $0.append(bytes) } }
  }
}
