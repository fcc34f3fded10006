import ByteStorage

/// Walks through the postings of one term block by block, and owns the room for the decoded one.
package final class PostingsCursor {
  package let list: PostingsList
  /// Passage ordinals of the decoded block, ascending; `count` of them.
  package let documents: UnsafeMutablePointer<UInt32>
  /// Behind a pointer, so that loops which read it pay for no check of exclusive access.
  private let blocks: UnsafeMutablePointer<PostingsBlocks>
  private let room: UnsafeMutablePointer<UInt32>

  package init(_ list: PostingsList, passageCount: Int) {
    self.list = list
    room = .allocate(capacity: PostingsBlocks.room)
    room.initialize(repeating: 0, count: PostingsBlocks.room)
    blocks = .allocate(capacity: 1)
    blocks.initialize(to: PostingsBlocks(list, passageCount: passageCount, room: room))
    documents = blocks.pointee.documents
  }

  deinit {
    blocks.deallocate()
    room.deallocate()
  }

  /// The block that is decoded, or -1.
  package var block: Int { blocks.pointee.block }

  /// Postings in the decoded block.
  package var count: Int { blocks.pointee.count }

  /// Frequencies of the decoded block; decoded when first asked for.
  package func frequencies() throws(IndexError) -> UnsafeMutablePointer<UInt32> {
    guard blocks.pointee.decodeFrequencies() else { throw list.damaged("expected the frequencies of block \(block)") }
    return blocks.pointee.frequencies
  }

  /// Decodes block `index`.
  package func load(_ index: Int) throws(IndexError) {
    guard blocks.pointee.load(index) else { throw list.damagedBlock(index) }
  }

  /// The first block that may hold `document` or a later one, not before `start`; `list.blockCount` where there is none.
  package func firstBlock(reaching document: UInt32, from start: Int) -> Int {
    guard list.hasDirectory else { return start }
    var step = 1
    var low = start
    // Gallop, then halve: the next block is the usual answer.
    while low + step < list.blockCount && list.lastDocument(ofBlock: low + step - 1) < document {
      low += step
      step *= 2
    }
    var high = min(low + step, list.blockCount)
    while low < high {
      let middle = (low + high) / 2
      if list.lastDocument(ofBlock: middle) < document { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
