#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the lines of a text begin. A line ends with a line feed, a carriage return, or both in this order.
struct LineTable {
  /// Offsets of the first bytes of the lines; a text of fewer than 4 GiB is a precondition.
  private let starts: [UInt32]
  private let text: UnsafeBufferPointer<UInt8>

  /// - Precondition: `text` has fewer than 2^32 bytes and outlives the table.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    precondition(text.count < Int(UInt32.max))
    self.text = text
    var starts: [UInt32] = [0]
    Self.forEachLineEnd(in: text) { starts.append(UInt32(truncatingIfNeeded: $0)) }
    // A line end at the end of the text begins no further line.
    if starts.count > 1, starts.last == UInt32(text.count) { starts.removeLast() }
    self.starts = starts
  }

  var count: Int { starts.count }

  /// The offset of the first byte of a line, counted from 0; the text's length for the line behind the last.
  func start(of line: Int) -> Int { line < starts.count ? Int(starts[line]) : text.count }

  /// A line without its end.
  func range(of line: Int) -> Range<Int> {
    let start = Int(starts[line])
    var end = self.start(of: line + 1)
    if end > start, text[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > start, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The line, counted from 0, that holds the byte at `offset`.
  func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  static func countOfLineEnds(in text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    forEachLineEnd(in: text) { _ in count += 1 }
    return count
  }

  /// Calls `body` with the offset behind each line end.
  @inline(__always)
  private static func forEachLineEnd(in text: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
    guard let base = text.baseAddress else { return }
    /// Where the first such byte at or after an offset is, or the end.
    func first(_ byte: UInt8, from start: Int) -> Int {
      guard let found = memchr(base + start, Int32(byte), text.count - start) else { return text.count }
      return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
    }
    var lineFeed = first(UInt8(ascii: "\n"), from: 0)
    var carriageReturn = first(UInt8(ascii: "\r"), from: 0)
    while min(lineFeed, carriageReturn) < text.count {
      let isBoth = lineFeed < text.count && lineFeed == carriageReturn + 1
      let end = (isBoth ? lineFeed : min(lineFeed, carriageReturn)) + 1
      if lineFeed < end { lineFeed = first(UInt8(ascii: "\n"), from: end) }
      if carriageReturn < end { carriageReturn = first(UInt8(ascii: "\r"), from: end) }
      body(end)
    }
  }
}
