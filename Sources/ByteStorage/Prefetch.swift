private import CKernels

/// Brings memory near the processor before it is read, without waiting for it.
package enum Prefetch {
  /// Fetches bytes that will be read soon; nothing happens where they cannot be read.
  @inline(__always)
  package static func bytes(_ start: UnsafeRawPointer, count: Int) { suo_fetch(start, count) }
}
