#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is open for reading, and is closed with the last reference to it.
final class OpenFile: Sendable {
  private let descriptor: Int32
  private let closes: Bool
  /// The size in bytes when the file was opened; 0 for a stream.
  let size: Int

  /// What is wrong with a file, in a few words.
  struct Problem: Error {
    var reason: String

    /// The problem that the last system call met.
    static var last: Problem { Problem(reason: String(cString: strerror(errno))) }
  }

  /// Opens a regular file. A FIFO does not hold the call up, it is refused like every other special file.
  init(path: String) throws(Problem) {
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    closes = true
    if descriptor < 0 { throw .last }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      let problem = Problem.last
      close(descriptor)
      throw problem
    }
    let kind = FileKind(mode: information.st_mode)
    guard kind == .regular else {
      close(descriptor)
      throw Problem(reason: kind.refusal)
    }
    size = Int(information.st_size)
  }

  /// Standard input.
  init() {
    descriptor = STDIN_FILENO
    closes = false
    size = 0
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// Reads up to `count` bytes onto the end of `bytes` and returns how many; 0 at the end of the file.
  func read(atMost count: Int, onto bytes: inout [UInt8]) throws(Problem) -> Int {
    var found = 0
    let block = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      found = readOnce(into: buffer)
      initialized = max(found, 0)
    }
    if found < 0 { throw .last }
    if bytes.isEmpty { bytes = block } else { bytes.append(contentsOf: block) }
    return found
  }

  /// Everything from here to the end of the file, or `nil` where that is more than `limit` bytes.
  func readAll(limit: Int) throws(Problem) -> [UInt8]? {
    var bytes: [UInt8] = []
    // One byte more than the file should have shows its end with one read.
    var step = min(size, limit) + 1
    while true {
      if try read(atMost: step, onto: &bytes) == 0 { return bytes }
      if bytes.count > limit { return nil }
      step = size > bytes.count ? size - bytes.count + 1 : 1 << 20
    }
  }

  private func readOnce(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    while true {
      #if canImport(Glibc)
        let found = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let found = Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let found = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if found >= 0 { return found }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Standard input may have been made non-blocking by another process.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&waiting, 1, -1)
      default: return -1
      }
    }
  }
}
