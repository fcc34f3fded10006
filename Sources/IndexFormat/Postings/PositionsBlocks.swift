import ByteStorage

/// The positions of one term beside its `PostingsBlocks`, through bare pointers; decodes no more than the 128 numbers
/// around those of the posting that is asked for.
///
/// Nothing is read beyond the term's bytes, whatever they say. `deallocate` frees what it has made.
package struct PositionsBlocks: BitwiseCopyable {
  private let bytes: UnsafeRawPointer
  private let byteCount: Int
  /// Where the positions of each block end, or nil for a list without a directory.
  private let blockEnds: UnsafeRawPointer?
  private let patched: UnsafeMutablePointer<UInt32>
  private var output: UnsafeMutablePointer<UInt32>
  private var capacity = 4 * IntegerBlock.size

  /// The block of postings that `total` and `chunk` belong to, or -1.
  private var block = -1
  /// Positions of all postings of the block.
  private var total = 0
  /// Where its bytes begin and end.
  private var chunk = (lowerBound: 0, upperBound: 0)
  /// The 128 numbers that `patched` holds, or -1.
  private var decoded = -1
  /// A place in the chunk that is known: the number that begins there.
  private var known = (number: 0, offset: 0)

  package init(_ list: PostingsList, positions section: SectionBytes) throws(IndexError) {
    let range = list.term.positions
    let view = try section.reading { () throws(StorageError) in
      try section.view.slice(range.lowerBound, range.count)
    }
    bytes = view.base
    byteCount = view.count
    blockEnds = list.hasDirectory ? list.directory + 4 * (list.blockCount + list.fullBlocks) : nil
    patched = .allocate(capacity: IntegerBlock.size)
    output = .allocate(capacity: capacity)
  }

  package func deallocate() {
    patched.deallocate()
    output.deallocate()
  }

  /// The positions of a posting of the block that `postings` has decoded with its frequencies, ascending; valid until the
  /// next call. Nil where the bytes are damaged.
  package mutating func positions(
    of posting: Int, beside postings: borrowing PostingsBlocks
  ) -> UnsafeBufferPointer<UInt32>? {
    if block != postings.block {
      guard open(postings) else { return nil }
    }
    let start = Int(truncatingIfNeeded: IntegerBlock.sum(postings.frequencies, count: posting))
    let count = Int(postings.frequencies[posting])
    let within = start % IntegerBlock.size
    if start / IntegerBlock.size == decoded, within + count <= IntegerBlock.size {
      // The first number of a posting is a position, the others are gaps.
      if count == 1 { return UnsafeBufferPointer(start: patched + within, count: 1) }
      var position: UInt32 = 0
      for index in 0..<count {
        position &+= patched[within &+ index]
        output[index] = position
      }
      return UnsafeBufferPointer(start: output, count: count)
    }
    return readFar(start, count)
  }

  /// Reads the positions of a posting that are not all in the decoded numbers.
  private mutating func readFar(_ start: Int, _ count: Int) -> UnsafeBufferPointer<UInt32>? {
    if count > capacity {
      output.deallocate()
      capacity = max(count, 2 * capacity)
      output = .allocate(capacity: capacity)
    }
    guard read(start..<(start + count), total: total) else { return nil }
    var index = 1
    while index < count {
      output[index] &+= output[index - 1]
      index += 1
    }
    return UnsafeBufferPointer(start: output, count: count)
  }

  private mutating func open(_ postings: borrowing PostingsBlocks) -> Bool {
    block = -1
    chunk = (0, byteCount)
    if let blockEnds {
      let at = blockEnds + 4 * postings.block
      let start = postings.block == 0 ? 0 : Int(UInt32(littleEndian: (at - 4).loadUnaligned(as: UInt32.self)))
      let end = Int(UInt32(littleEndian: at.loadUnaligned(as: UInt32.self)))
      guard start <= end, end <= byteCount else { return false }
      chunk = (start, end)
    }
    let sum = IntegerBlock.sum(postings.frequencies, count: postings.count)
    // A position takes at least a bit of its chunk, and 128 equal ones two bytes: more cannot be there.
    let bytes = UInt64(chunk.upperBound - chunk.lowerBound)
    guard sum <= 64 * max(bytes, 1), sum <= UInt64(UInt32.max) else { return false }
    total = Int(sum)
    block = postings.block
    decoded = -1
    known = (0, chunk.lowerBound)
    return true
  }

  /// Writes numbers of the chunk, which has `total`, to `output`.
  private mutating func read(_ numbers: Range<Int>, total: Int) -> Bool {
    let packed = total - total % IntegerBlock.size
    var next = numbers.lowerBound
    while next < min(numbers.upperBound, packed) {
      let index = next / IntegerBlock.size
      guard index == decoded || decode(index) else { return false }
      let end = min(numbers.upperBound, (index + 1) * IntegerBlock.size)
      (output + (next - numbers.lowerBound)).update(
        from: patched + (next - index * IntegerBlock.size), count: end - next)
      next = end
    }
    guard next < numbers.upperBound else { return true }
    guard seek(next, packed: packed) else { return false }
    var offset = known.offset
    while next < numbers.upperBound {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        guard offset < chunk.upperBound, shift < 35 else { return false }
        let byte = UInt64((bytes + offset).load(as: UInt8.self))
        offset += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80 { break }
        shift += 7
      }
      guard value <= UInt64(UInt32.max) else { return false }
      output[next - numbers.lowerBound] = UInt32(value)
      next += 1
    }
    known = (next, offset)
    return true
  }

  /// Decodes the 128 numbers from `index * 128` on.
  private mutating func decode(_ index: Int) -> Bool {
    decoded = -1
    guard seek(index * IntegerBlock.size, packed: Int.max) else { return false }
    let used = PatchedBlock.decode(bytes + known.offset, count: chunk.upperBound - known.offset, into: patched)
    guard used > 0 else { return false }
    known = ((index + 1) * IntegerBlock.size, known.offset + used)
    decoded = index
    return true
  }

  /// Makes `known` the place of a number: one at the beginning of 128 packed ones, or one of the rest.
  private mutating func seek(_ number: Int, packed: Int) -> Bool {
    if known.number > number { known = (0, chunk.lowerBound) }
    while known.number < min(number, packed) {
      let size = PatchedBlock.size(bytes + known.offset, count: chunk.upperBound - known.offset)
      guard size > 0 else { return false }
      known = (known.number + IntegerBlock.size, known.offset + size)
    }
    while known.number < number {
      guard known.offset < chunk.upperBound else { return false }
      if (bytes + known.offset).load(as: UInt8.self) < 0x80 { known.number += 1 }
      known.offset += 1
    }
    return true
  }
}
