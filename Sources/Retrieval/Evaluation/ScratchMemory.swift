/// Memory for one search at a time: pieces are handed out one after the other and taken back all together, so that a search
/// allocates nothing once the first ones have shown how much is needed.
final class ScratchMemory {
  /// Behind a pointer, since the properties of a class would be checked for exclusive access with every piece.
  private let state: UnsafeMutablePointer<State>

  private struct State {
    var chunks: [UnsafeMutableRawBufferPointer] = []
    var current = 0
    var used = 0
  }

  /// Every piece begins at a multiple of this many bytes: a line of the processor's cache.
  private static let alignment = 64
  private static let leastChunk = 1 << 16

  init() {
    state = .allocate(capacity: 1)
    state.initialize(to: State())
  }

  deinit {
    for chunk in state.pointee.chunks { chunk.deallocate() }
    state.deinitialize(count: 1)
    state.deallocate()
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
  func reset() { (state.pointee.current, state.pointee.used) = (0, 0) }

  private func allocate(bytes: Int) -> UnsafeMutableRawPointer {
    let size = (bytes + ScratchMemory.alignment - 1) & ~(ScratchMemory.alignment - 1)
    if state.pointee.current < state.pointee.chunks.count,
      state.pointee.used + size <= state.pointee.chunks[state.pointee.current].count,
      let base = state.pointee.chunks[state.pointee.current].baseAddress
    {
      defer { state.pointee.used += size }
      return base + state.pointee.used
    }
    return allocateElsewhere(size)
  }

  /// Room in one of the next chunks, or in a new one.
  private func allocateElsewhere(_ size: Int) -> UnsafeMutableRawPointer {
    var next = state.pointee.current
    while next < state.pointee.chunks.count, next == state.pointee.current || size > state.pointee.chunks[next].count {
      next += 1
    }
    if next == state.pointee.chunks.count {
      let doubled = state.pointee.chunks.last.map { 2 * $0.count } ?? ScratchMemory.leastChunk
      state.pointee.chunks.append(.allocate(byteCount: max(size, doubled), alignment: ScratchMemory.alignment))
    }
    (state.pointee.current, state.pointee.used) = (next, size)
    guard let base = state.pointee.chunks[next].baseAddress else {
      preconditionFailure("a chunk has at least one byte")
    }
    return base
  }
}
