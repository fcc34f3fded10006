import ByteStorage

/// Reads the positions of one term beside a `PostingsCursor`.
package final class PositionsCursor {
  private let postings: PostingsCursor
  private let section: SectionBytes
  private let view: ByteView
  private var buffer = BlockBuffer(capacity: 4 * IntegerBlock.size)
  /// Where the positions of each posting begin in the buffer, and after them where the last ones end.
  private let starts: UnsafeMutablePointer<Int>
  /// The block whose positions are decoded, or -1.
  private let block: UnsafeMutablePointer<Int>

  package init(_ postings: PostingsCursor, positions section: SectionBytes) throws(IndexError) {
    self.postings = postings
    self.section = section
    let range = postings.list.term.positions
    view = try section.reading { () throws(StorageError) in try section.view.slice(range.lowerBound, range.count) }
    starts = .allocate(capacity: IntegerBlock.size + 1)
    starts.initialize(repeating: 0, count: IntegerBlock.size + 1)
    block = .allocate(capacity: 1)
    block.initialize(to: -1)
  }

  deinit {
    starts.deallocate()
    block.deallocate()
  }

  /// The positions of posting `index` of the block that `postings` has decoded, ascending; valid until the next call.
  package func positions(ofPosting index: Int) throws(IndexError) -> UnsafeBufferPointer<UInt32> {
    if block.pointee != postings.block {
      let frequencies = try postings.frequencies()
      do throws(StorageError) { try decode(frequencies) } catch { throw section.damaged(error) }
      block.pointee = postings.block
    }
    return UnsafeBufferPointer(start: buffer.values + starts[index], count: starts[index + 1] - starts[index])
  }

  private func decode(_ frequencies: UnsafeMutablePointer<UInt32>) throws(StorageError) {
    let range = try postings.list.positionsRange(ofBlock: postings.block)
    var total = 0
    for index in 0..<postings.count {
      starts[index] = total
      total += Int(frequencies[index])
    }
    starts[postings.count] = total
    // A position takes at least a bit of its chunk, and 128 equal ones two bytes: more cannot be there.
    guard total <= 64 * max(range.count, 1) else {
      throw .inconsistent(reason: "expected \(total) positions in \(range.count) bytes")
    }
    if total > buffer.capacity { buffer = BlockBuffer(capacity: max(total, 2 * buffer.capacity)) }
    let values = buffer.values
    let chunk = try view.slice(range.lowerBound, range.count)
    var offset = 0
    var next = 0
    while next + IntegerBlock.size <= total {
      offset = try PatchedBlock.decode(chunk, at: offset, into: values + next)
      next += IntegerBlock.size
    }
    var cursor = ByteCursor(chunk, offset: offset)
    while next < total {
      values[next] = UInt32(try cursor.readVariable(atMost: Int(UInt32.max)))
      next += 1
    }
    guard cursor.remaining == 0 else {
      throw .inconsistent(reason: "expected \(total) positions in \(range.count) bytes, found more")
    }
    for index in 0..<postings.count {
      var position = starts[index] + 1
      while position < starts[index + 1] {
        values[position] &+= values[position - 1]
        position += 1
      }
    }
  }
}
