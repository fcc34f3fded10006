#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Changes single bytes of a file where they lie.
final class FileEdit {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw EditError(path: path, code: errno) }
  }

  deinit { close(descriptor) }

  func write(_ byte: UInt8, at offset: Int) {
    var byte = byte
    precondition(pwrite(descriptor, &byte, 1, off_t(offset)) == 1, "a test's file can be written")
  }

  struct EditError: Error {
    var path: String
    var code: Int32
  }
}
