#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A whole file mapped read-only into memory; unmapped when the last view of it is gone.
///
/// The file must not shrink while it is mapped: the kernel would end the process. Index files are therefore never
/// rewritten in place, and the length is compared with the recorded one before anything is read.
package final class MappedFile: Sendable {
  package let path: String
  package let count: Int
  nonisolated(unsafe) let base: UnsafeRawPointer

  /// Maps the file at `path`.
  ///
  /// - Parameter expectedCount: the length that the file must have, or nil to take it as it is.
  package init(path: String, expectedCount: Int? = nil) throws(StorageError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    let count = Int(status.st_size)
    if let expectedCount, expectedCount != count {
      throw .wrongLength(path: path, expected: expectedCount, found: count)
    }
    self.path = path
    self.count = count
    guard count > 0 else {
      base = MappedFile.empty
      return
    }
    guard let address = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0), address != MAP_FAILED else {
      throw .last("mmap", path)
    }
    base = UnsafeRawPointer(address)
  }

  deinit {
    if count > 0 { munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// All bytes of the file.
  package var view: ByteView { ByteView(owner: self, base: base, count: count) }

  /// What an empty file points to; never read and never freed.
  private nonisolated(unsafe) static let empty = UnsafeRawPointer(
    UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
}
