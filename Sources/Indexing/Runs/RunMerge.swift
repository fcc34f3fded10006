import ByteStorage

/// Steps through several runs in the order of their keys; the entries of the least key are given together, in the order
/// of their passages.
struct RunMerge: ~Copyable {
  /// A reader's place in the heap: by key, of which the first bytes are at hand, and then by the order of the runs.
  struct Place: BitwiseCopyable {
    var prefix: UInt64
    var order: Int
  }

  private var bytes: [ByteView] = []
  private var readers = PlainBuffer<RunReader>()
  private var heap = PlainBuffer<Place>()
  private var entries = PlainBuffer<RunEntry>()
  private var firstPassages = PlainBuffer<Int>()

  /// Merges what the runs hold from one key on and before another one; nil stands for no end.
  init(
    _ runs: [Run], from first: [UInt8]? = nil, to end: [UInt8]? = nil, in folder: StorageFolder
  ) throws(StorageError) {
    readers.reserve(runs.count)
    heap.reserve(runs.count)
    entries.reserve(runs.count)
    firstPassages.reserve(runs.count)
    for run in runs {
      let bytes = try run.bytes(in: folder)
      self.bytes.append(bytes)
      let start = first.map { run.offset(of: $0, in: bytes) } ?? 0
      let stop = end.map { run.offset(of: $0, in: bytes) } ?? bytes.count
      var reader = RunReader(bytes, start..<max(start, stop), firstPassage: run.firstPassage)
      guard reader.step() else { continue }
      heap.append(Place(prefix: TermOrder.prefix(of: reader.entry.key), order: readers.count))
      readers.append(reader)
    }
    for parent in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(parent) }
  }

  /// The entries of the current key; valid until the next step.
  var current: UnsafeBufferPointer<RunEntry> { entries.elements }
  /// The first passage of the run of each current entry.
  var currentFirstPassages: UnsafeBufferPointer<Int> { firstPassages.elements }

  /// Steps to the next key; false after the last.
  mutating func next() -> Bool {
    entries.count = 0
    firstPassages.count = 0
    guard heap.count > 0 else { return false }
    let prefix = heap.base[0].prefix
    repeat {
      let reader = readers.base + heap.base[0].order
      entries.append(reader.pointee.entry)
      firstPassages.append(reader.pointee.firstPassage)
      if reader.pointee.step() {
        heap.base[0].prefix = TermOrder.prefix(of: reader.pointee.entry.key)
      } else {
        heap.count -= 1
        heap.base[0] = heap.base[heap.count]
      }
      sink(0)
    } while heap.count > 0 && heap.base[0].prefix == prefix && isCurrent(readers.base[heap.base[0].order].entry.key)
    return true
  }

  private func isCurrent(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let current = entries.base[0].key
    guard key.count == current.count else { return false }
    var index = 0
    while index < key.count {
      if key[index] != current[index] { return false }
      index += 1
    }
    return true
  }

  @inline(__always)
  private func precedes(_ left: Place, _ right: Place) -> Bool {
    left.prefix != right.prefix ? left.prefix < right.prefix : precedesByKey(left, right)
  }

  private func precedesByKey(_ left: Place, _ right: Place) -> Bool {
    let (leftKey, rightKey) = (readers.base[left.order].entry.key, readers.base[right.order].entry.key)
    if TermOrder.precedes(leftKey, rightKey) { return true }
    return left.order < right.order && !TermOrder.precedes(rightKey, leftKey)
  }

  /// Brings what stands at a place of the heap down to where it belongs.
  private mutating func sink(_ start: Int) {
    guard start < heap.count else { return }
    let moved = heap.base[start]
    var parent = start
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count && precedes(heap.base[child + 1], heap.base[child]) { child += 1 }
      guard precedes(heap.base[child], moved) else { break }
      heap.base[parent] = heap.base[child]
      parent = child
    }
    heap.base[parent] = moved
  }
}

extension Run {
  /// Where the first entry begins whose key does not sort before `key`.
  fileprivate func offset(of key: [UInt8], in bytes: ByteView) -> Int {
    key.withUnsafeBufferPointer { key in
      var low = 0
      var high = landmarks.count
      while low < high {
        let middle = (low + high) / 2
        let isBefore = landmarks[middle].key.withUnsafeBufferPointer { TermOrder.precedes($0, key) }
        if isBefore { low = middle + 1 } else { high = middle }
      }
      guard low > 0 else { return 0 }
      let start = landmarks[low - 1].offset
      var reader = RunReader(bytes, start..<bytes.count, firstPassage: firstPassage)
      var offset = start
      while reader.step() {
        if !TermOrder.precedes(reader.entry.key, key) { return offset }
        offset = bytes.count - reader.remaining
      }
      return bytes.count
    }
  }
}
