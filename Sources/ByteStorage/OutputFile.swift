#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A new file that is written from front to back through a buffer, every system call checked.
///
/// Nothing is durable before `synchronize()` has returned. A file that is dropped before is left behind; its writer
/// removes it.
package final class OutputFile {
  package let path: String
  /// Bytes appended so far.
  package private(set) var count = 0
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 20

  /// Creates the file, or empties it where a former run left one.
  package init(creating path: String) throws(StorageError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last("open", path) }
    self.path = path
    buffer.reserveCapacity(OutputFile.bufferSize)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends bytes.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    count += bytes.count
    if buffer.count + bytes.count > OutputFile.bufferSize { try flush() }
    if bytes.count >= OutputFile.bufferSize {
      try writeAll(bytes)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  /// Appends bytes.
  package func append(_ bytes: [UInt8]) throws(StorageError) {
    try bytes.withUnsafeBytesTyped { bytes throws(StorageError) in try append(bytes) }
  }

  /// Appends zeros until the length is a multiple of `alignment`.
  package func pad(to alignment: Int) throws(StorageError) {
    let missing = (alignment - count % alignment) % alignment
    if missing > 0 { try append([UInt8](repeating: 0, count: missing)) }
  }

  /// Writes over bytes at the front of the file that were appended before.
  package func overwrite(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
    precondition(offset + bytes.count <= count, "overwrite goes beyond what was appended")
    try flush()
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress! + done, bytes.count - done, off_t(offset + done))
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw .last("pwrite", path)
      }
      done += written
    }
  }

  /// Hands everything appended so far to the kernel.
  package func flush() throws(StorageError) {
    guard !buffer.isEmpty else { return }
    try buffer.withUnsafeBytesTyped { bytes throws(StorageError) in try writeAll(bytes) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Makes everything appended so far durable and closes the file. A failure is final: the kernel may already have
  /// dropped the pages, so it is not tried again.
  package func synchronize() throws(StorageError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
    let closing = close(descriptor)
    descriptor = -1
    guard closing == 0 else { throw .last("close", path) }
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    var done = 0
    while done < bytes.count {
      let written = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if written < 0 {
        if errno == EINTR { continue }
        throw .last("write", path)
      }
      done += written
    }
  }
}

extension [UInt8] {
  /// `withUnsafeBytes` with the error type kept.
  package func withUnsafeBytesTyped<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outcome: Swift.Result<Result, Failure> = withUnsafeBytes { bytes in
      do throws(Failure) { return .success(try body(bytes)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
