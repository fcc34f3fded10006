/// Memory for one search at a time: pieces are handed out one after the other and taken back all together, so that a search
/// allocates nothing once the first ones have shown how much is needed.
final class ScratchMemory {
  private var chunks: [UnsafeMutableRawBufferPointer] = []
  private var current = 0
  private var used = 0

  /// Every piece begins at a multiple of this many bytes: a line of the processor's cache.
  private static let alignment = 64
  private static let leastChunk = 1 << 16

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// Room for `count` values, not initialised, until the next `reset`.
  func allocate<Value: BitwiseCopyable>(_ type: Value.Type, _ count: Int) -> UnsafeMutablePointer<Value> {
    let bytes = allocate(bytes: count * MemoryLayout<Value>.stride)
    return bytes.bindMemory(to: Value.self, capacity: count)
  }

  /// Room for `count` zeros, until the next `reset`.
  func allocateZeros<Value: BitwiseCopyable & FixedWidthInteger>(
    _ type: Value.Type, _ count: Int
  ) -> UnsafeMutablePointer<Value> {
    let values = allocate(type, count)
    values.initialize(repeating: 0, count: count)
    return values
  }

  /// Takes back all that was handed out.
  func reset() { (current, used) = (0, 0) }

  private func allocate(bytes: Int) -> UnsafeMutableRawPointer {
    let size = (bytes + ScratchMemory.alignment - 1) & ~(ScratchMemory.alignment - 1)
    while current < chunks.count, used + size > chunks[current].count { (current, used) = (current + 1, 0) }
    if current == chunks.count {
      let doubled = chunks.last.map { 2 * $0.count } ?? ScratchMemory.leastChunk
      chunks.append(.allocate(byteCount: max(size, doubled), alignment: ScratchMemory.alignment))
      used = 0
    }
    defer { used += size }
    guard let base = chunks[current].baseAddress else { preconditionFailure("a chunk has at least one byte") }
    return base + used
  }
}
