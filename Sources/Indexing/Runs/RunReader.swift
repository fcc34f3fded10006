import ByteStorage

/// Reads the entries of a stretch of a run in order. The run's bytes are kept alive by whoever uses the reader.
struct RunReader: BitwiseCopyable {
  /// The entry that it stands on.
  private(set) var entry = RunEntry()
  /// The number of the run's first passage.
  let firstPassage: Int
  private var next: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  /// A reader of the entries at these offsets of a run's bytes.
  init(_ bytes: ByteView, _ range: Range<Int>, firstPassage: Int) {
    precondition(range.upperBound <= bytes.count)
    let base = bytes.base.assumingMemoryBound(to: UInt8.self)
    self.firstPassage = firstPassage
    next = base + range.lowerBound
    end = base + range.upperBound
  }

  /// Steps to the next entry; false after the last.
  mutating func step() -> Bool {
    guard next < end else { return false }
    let keyLength = number()
    entry.key = UnsafeBufferPointer(start: next, count: keyLength)
    next += keyLength
    entry.postings = number()
    entry.occurrences = number()
    entry.isPositional = number() == 1
    entry.first = number()
    entry.last = number()
    let postingBytes = number()
    let positionBytes = number()
    entry.postingBytes = UnsafeBufferPointer(start: next, count: postingBytes)
    next += postingBytes
    entry.positionBytes = UnsafeBufferPointer(start: next, count: positionBytes)
    next += positionBytes
    return true
  }

  /// Bytes from the next entry to the end.
  var remaining: Int { end - next }

  @inline(__always)
  private mutating func number() -> Int { Int(truncatingIfNeeded: VariableInteger.read(&next)) }
}
