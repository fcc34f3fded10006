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
  ///
  /// It is done in pieces that stay in the processor's cache, since an array grows by copies alone.
  func read(atMost count: Int, onto bytes: inout [UInt8]) throws(Problem) -> Int {
    let start = bytes.count
    if bytes.capacity < start + count { bytes.reserveCapacity(max(start + count, 2 * bytes.capacity)) }
    var last = 0
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: min(count, Self.pieceSize)) { piece in
      repeat {
        let left = count - (bytes.count - start)
        last = readOnce(into: UnsafeMutableBufferPointer(rebasing: piece[..<min(left, piece.count)]))
        bytes.append(contentsOf: piece[..<max(last, 0)])
      } while last == piece.count && bytes.count - start < count
    }
    if last < 0 { throw .last }
    return bytes.count - start
  }

  private static let pieceSize = 1 << 16

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
