#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory in pages of 2 MiB where there is enough of it and the system has them.
///
/// Touching a page for the first time interrupts a thread, and holds up other threads that want memory; and random places of
/// a table are found with fewer lookups where its pages are large.
package enum LargePages {
  private static let size = 2 << 20

  /// Room for `capacity` elements, uninitialized, to be given back with `deallocate()`.
  package static func allocate<Element: BitwiseCopyable>(
    _ capacity: Int, of type: Element.Type = Element.self
  ) -> UnsafeMutablePointer<Element> {
    let byteCount = capacity * MemoryLayout<Element>.stride
    guard byteCount >= size else { return .allocate(capacity: capacity) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: size)
    #if os(Linux)
      // Where it is refused, the pages are small.
      madvise(memory, byteCount, MADV_HUGEPAGE)
    #endif
    return memory.bindMemory(to: Element.self, capacity: capacity)
  }
}
