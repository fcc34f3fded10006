import ByteStorage

/// Steps through several runs in the order of their keys; the readers that stand on the least key are given together, in
/// the order of their passages.
struct RunMerge: ~Copyable {
  /// A binary heap by key and then by the order of the runs.
  private var heap: [(reader: RunReader, order: Int)] = []
  /// The readers on the current key.
  private(set) var current: [RunReader] = []
  private var currentOrders: [Int] = []

  init(_ runs: [Run], in folder: StorageFolder) throws(StorageError) {
    for (order, run) in runs.enumerated() {
      let reader = try RunReader(run, in: folder)
      if try reader.next() { push(reader, order) }
    }
  }

  /// Steps to the next key; false after the last.
  mutating func next() throws(StorageError) -> Bool {
    for (reader, order) in zip(current, currentOrders) where try reader.next() { push(reader, order) }
    current.removeAll(keepingCapacity: true)
    currentOrders.removeAll(keepingCapacity: true)
    guard !heap.isEmpty else { return false }
    repeat {
      let (reader, order) = pop()
      current.append(reader)
      currentOrders.append(order)
    } while heap.first.map({ $0.reader.entry.key == current[0].entry.key }) ?? false
    return true
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (heap[left].reader.entry.key, heap[right].reader.entry.key)
    if a.lexicographicallyPrecedes(b) { return true }
    return a == b && heap[left].order < heap[right].order
  }

  private mutating func push(_ reader: RunReader, _ order: Int) {
    heap.append((reader, order))
    var child = heap.count - 1
    while child > 0 && precedes(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> (RunReader, Int) {
    heap.swapAt(0, heap.count - 1)
    let least = heap.removeLast()
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count && precedes(child + 1, child) { child += 1 }
      guard precedes(child, parent) else { break }
      heap.swapAt(parent, child)
      parent = child
    }
    return least
  }
}
