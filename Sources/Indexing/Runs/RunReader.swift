#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import ByteStorage

/// Reads the entries of a run in order, from memory or from its file through a buffer.
final class RunReader {
  let run: Run
  private(set) var entry = RunEntry()
  /// Bytes that are at hand; the entry's rest begins at `offset`.
  private var bytes: [UInt8]
  private var offset = 0
  private let path: String
  private let descriptor: Int32
  private var unread: Int

  private static let chunkSize = 1 << 18

  init(_ run: Run, in folder: StorageFolder) throws(StorageError) {
    self.run = run
    switch run.content {
    case .memory(let bytes):
      self.bytes = bytes
      (path, descriptor, unread) = ("", -1, 0)
    case .file(let name, let count):
      path = folder.path(of: name)
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      bytes = []
      unread = count
      guard descriptor >= 0 else { throw .system(call: "open", path: path, code: errno) }
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Steps to the next entry; false after the last.
  func next() throws(StorageError) -> Bool {
    offset += entry.length
    entry.length = 0
    // The numbers of a head take at most 10 bytes each.
    try fill(80)
    guard offset < bytes.count else { return false }
    let keyLength = readVariable()
    try fill(keyLength + 80)
    entry.key.removeAll(keepingCapacity: true)
    entry.key.append(contentsOf: bytes[offset..<offset + keyLength])
    offset += keyLength
    entry.postings = readVariable()
    entry.occurrences = readVariable()
    entry.isPositional = readVariable() == 1
    entry.first = readVariable()
    entry.last = readVariable()
    entry.length = readVariable()
    return true
  }

  /// The rest of the current entry; valid while `body` runs.
  func withRest<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) throws(StorageError) -> Result {
    try fill(entry.length)
    return bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[offset..<offset + entry.length]))
    }
  }

  private func readVariable() -> Int {
    var value = 0
    var shift = 0
    while true {
      let byte = Int(bytes[offset])
      offset += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// Sees to it that `count` bytes are at hand, as far as the run has them.
  private func fill(_ count: Int) throws(StorageError) {
    guard bytes.count - offset < count, unread > 0 else { return }
    bytes.removeSubrange(0..<offset)
    offset = 0
    var wanted = min(unread, max(RunReader.chunkSize, count - bytes.count))
    var start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: wanted))
    while wanted > 0 {
      let found = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + start, wanted) }
      if found < 0 && errno == EINTR { continue }
      guard found > 0 else {
        throw found < 0
          ? .system(call: "read", path: path, code: errno)
          : .wrongLength(path: path, expected: unread, found: unread - wanted)
      }
      start += found
      wanted -= found
      unread -= found
    }
  }
}
