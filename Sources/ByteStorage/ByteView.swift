/// A stretch of bytes that keeps its owner alive; every access is checked against its end.
package struct ByteView: Sendable {
  /// What owns the bytes: a mapped file or an array's copy.
  private let owner: AnyObject & Sendable
  /// The first byte. Whoever reads through it has checked `count` before.
  package nonisolated(unsafe) let base: UnsafeRawPointer
  package let count: Int

  init(owner: AnyObject & Sendable, base: UnsafeRawPointer, count: Int) {
    self.owner = owner
    self.base = base
    self.count = count
  }

  /// A view of a copy of `bytes`.
  package init(copying bytes: some Collection<UInt8>) {
    let storage = OwnedBytes(bytes)
    self.init(owner: storage, base: UnsafeRawPointer(storage.base), count: storage.count)
  }

  /// The `count` bytes from `offset`.
  @inlinable
  package func slice(_ offset: Int, _ count: Int) throws(StorageError) -> ByteView {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      throw .outOfBounds(offset: offset, needed: count, available: self.count)
    }
    return ByteView(sharing: self, base: base + offset, count: count)
  }

  @usableFromInline
  init(sharing other: ByteView, base: UnsafeRawPointer, count: Int) {
    self.init(owner: other.owner, base: base, count: count)
  }

  /// A little-endian integer at `offset`, at any alignment.
  @inlinable
  package func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ offset: Int, as type: Value.Type
  ) throws(StorageError) -> Value {
    let size = MemoryLayout<Value>.size
    guard offset >= 0, offset <= count - size else {
      throw .outOfBounds(offset: offset, needed: size, available: count)
    }
    return Value(littleEndian: (base + offset).loadUnaligned(as: Value.self))
  }

  /// The bytes as a buffer, valid while `body` runs.
  @inlinable
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// A copy of the bytes.
  package func copied() -> [UInt8] { withBytes { [UInt8]($0) } }
}

/// Bytes on the heap, freed with their last view.
private final class OwnedBytes: Sendable {
  nonisolated(unsafe) let base: UnsafeMutablePointer<UInt8>
  let count: Int

  init(_ bytes: some Collection<UInt8>) {
    count = bytes.count
    // SIMD kernels may read whole vectors, never beyond the recorded length; one byte keeps the pointer valid when empty.
    base = .allocate(capacity: max(count, 1))
    _ = UnsafeMutableBufferPointer(start: base, count: count).initialize(from: bytes)
  }

  deinit { base.deallocate() }
}
