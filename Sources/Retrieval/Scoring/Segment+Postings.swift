import IndexFormat

extension Segment {
  /// Calls `body` with the passage and the frequency of every posting of a list of this segment, in the order of the passages.
  @inline(__always)
  func forEachPosting(
    of list: PostingsList, _ body: (_ document: UInt32, _ frequency: UInt32) throws(IndexError) -> Void
  ) throws(IndexError) {
    let memory = ScratchMemory()
    // The blocks keep bare pointers into it.
    defer { withExtendedLifetime(memory) {} }
    var blocks = blocks(of: list, room: memory.allocate(UInt32.self, PostingsBlocks.room))
    for block in 0..<blocks.blockCount {
      guard blocks.load(block), blocks.decodeFrequencies() else { throw list.damagedBlock(block) }
      for index in 0..<blocks.count { try body(blocks.documents[index], blocks.frequencies[index]) }
    }
  }
}
