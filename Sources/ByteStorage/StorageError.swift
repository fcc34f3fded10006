#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A failure of the file system or of the bytes that it gave back.
package enum StorageError: Error, Equatable, Sendable {
  /// A system call failed; `code` is its `errno`.
  case system(call: String, path: String, code: Int32)
  /// A file has another length than the one that was recorded for it.
  case wrongLength(path: String, expected: Int, found: Int)
  /// Another process is writing to the same folder.
  case locked(path: String)
  /// Bytes end before a value that should be there: `needed` bytes at `offset` of `available`.
  case outOfBounds(offset: Int, needed: Int, available: Int)
  /// A variable-length integer does not end within its longest form.
  case malformedInteger(offset: Int)
  /// Compressed bytes do not give the recorded text.
  case malformedCompression(reason: String)
  /// A value contradicts what the rest of the file says.
  case inconsistent(reason: String)

  /// The last failure of a system call, as an error.
  static func last(_ call: String, _ path: String) -> StorageError {
    .system(call: call, path: path, code: errno)
  }
}

extension StorageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(let call, let path, let code):
      "\(path): \(call): \(String(cString: strerror(code)))"
    case .wrongLength(let path, let expected, let found):
      "\(path): expected \(expected) bytes, found \(found)"
    case .locked(let path):
      "\(path): another process is writing to this index; wait for it to end"
    case .outOfBounds(let offset, let needed, let available):
      "expected \(needed) bytes at offset \(offset), but the bytes end at \(available)"
    case .malformedInteger(let offset):
      "expected a variable-length integer at offset \(offset)"
    case .malformedCompression(let reason):
      "compressed bytes: \(reason)"
    case .inconsistent(let reason):
      reason
    }
  }
}
