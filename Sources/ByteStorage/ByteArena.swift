/// Memory for copies of bytes that are kept about equally long: several share a stretch, and the stretch is given back with the
/// last view of any of them.
package struct ByteArena: ~Copyable {
  private var stretch = Stretch(capacity: 0)
  private var used = 0

  package init() {}

  /// Bytes of a stretch; what is larger gets one of its own.
  private static let stretchSize = 8 << 20

  /// A view of a copy of `bytes`.
  package mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> ByteView {
    if stretch.capacity - used < bytes.count {
      stretch = Stretch(capacity: max(ByteArena.stretchSize, bytes.count))
      used = 0
    }
    let start = stretch.base + used
    if let source = bytes.baseAddress { start.update(from: source, count: bytes.count) }
    used += bytes.count
    return ByteView(owner: stretch, base: UnsafeRawPointer(start), count: bytes.count)
  }

  private final class Stretch: Sendable {
    nonisolated(unsafe) let base: UnsafeMutablePointer<UInt8>
    let capacity: Int

    init(capacity: Int) {
      base = LargePages.allocate(max(capacity, 1))
      self.capacity = capacity
    }

    deinit { base.deallocate() }
  }
}
