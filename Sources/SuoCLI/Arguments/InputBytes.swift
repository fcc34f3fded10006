#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads what the command line names: a file, or standard input for `-`.
struct InputBytes: ~Copyable {
  /// The name for messages.
  let name: String
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var isAtEnd = false

  private static let blockBytes = 1 << 16

  init(_ path: String) throws(CommandError) {
    guard path != "-" else {
      (name, descriptor) = ("standard input", STDIN_FILENO)
      return
    }
    name = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failure("\(path): cannot be read: \(String(cString: strerror(errno)))") }
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// Everything up to the end.
  mutating func readAll() throws(CommandError) -> [UInt8] {
    while !isAtEnd { try fill() }
    defer { pending.removeAll() }
    return pending
  }

  /// The next line without its end; nil after the last one.
  mutating func nextLine() throws(CommandError) -> [UInt8]? {
    var searched = 0
    while true {
      if let end = pending[searched...].firstIndex(of: 0x0A) {
        var line = Array(pending[..<end])
        pending.removeSubrange(...end)
        if line.last == 0x0D { line.removeLast() }
        return line
      }
      searched = pending.count
      if isAtEnd {
        guard !pending.isEmpty else { return nil }
        defer { pending.removeAll() }
        return pending
      }
      try fill()
    }
  }

  private mutating func fill() throws(CommandError) {
    var count = 0
    let block = [UInt8](unsafeUninitializedCapacity: InputBytes.blockBytes) { buffer, initialized in
      repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
      initialized = max(count, 0)
    }
    guard count >= 0 else { throw .failure("\(name): cannot be read: \(String(cString: strerror(errno)))") }
    if count == 0 { isAtEnd = true }
    pending += block
  }
}
