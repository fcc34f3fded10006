#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The right to write to an index folder, held by at most one process; the kernel gives it back when the process dies.
package struct WriteLock: ~Copyable {
  private let descriptor: Int32

  /// The name of the file that carries the lock; it is empty and stays.
  package static let fileName = "write.lock"

  /// Takes the lock of `folder`.
  ///
  /// - Throws: `StorageError.locked` where another process holds it.
  package init(_ folder: StorageFolder) throws(StorageError) {
    let path = folder.path(of: WriteLock.fileName)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last("open", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      throw code == EWOULDBLOCK ? .locked(path: folder.path) : .system(call: "flock", path: path, code: code)
    }
  }

  deinit { close(descriptor) }
}
