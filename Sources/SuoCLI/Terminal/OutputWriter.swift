#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why results did not reach their reader.
enum OutputError: Error, Equatable {
  /// The reader of the pipe has gone: it has seen enough.
  case readerGone
  /// The system refused the bytes; `code` is its `errno`.
  case failed(code: Int32)
}

extension OutputError: CustomStringConvertible {
  var description: String {
    switch self {
    case .readerGone: "standard output was closed"
    case .failed(let code): "standard output: cannot be written: \(String(cString: strerror(code)))"
    }
  }
}

/// Writes results to standard output through a buffer and checks every system call, which `print` does not.
final class OutputWriter {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferBytes = 1 << 16

  init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

  /// Writes a text and a line feed.
  func line(_ text: String = "") throws(OutputError) {
    try write(text.utf8)
    try write(CollectionOfOne(0x0A))
  }

  /// Writes bytes.
  func write(_ bytes: some Collection<UInt8>) throws(OutputError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= OutputWriter.bufferBytes { try flush() }
  }

  /// Hands everything over to the system; without this the last lines are lost.
  func flush() throws(OutputError) {
    var done = 0
    while done < buffer.count {
      #if canImport(Glibc)
        let written = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      #elseif canImport(Musl)
        let written = buffer.withUnsafeBytes { Musl.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      #else
        let written = buffer.withUnsafeBytes { Darwin.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      #endif
      if written < 0 {
        let code = errno
        if code == EINTR { continue }
        throw code == EPIPE ? .readerGone : .failed(code: code)
      }
      done += written
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
