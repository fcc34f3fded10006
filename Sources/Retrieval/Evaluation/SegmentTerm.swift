import ByteStorage
import IndexFormat

/// What every query finds of a term in one segment, side by side in memory: to go from object to object would take longer than
/// the rest of what is done for a term before postings are looked at.
struct SegmentTerm: BitwiseCopyable {
  /// The term as a query begins with it; weight, role and room are the query's own.
  let term: RangeTerm
  /// Whoever uses them keeps them alive.
  let list: Unmanaged<PostingsList>
  let bounds: Unmanaged<RangeBounds>

  init(_ list: PostingsList, _ bounds: RangeBounds, _ segment: Segment, _ memory: ScratchMemory) {
    let blocks = segment.blocks(of: list, room: memory.allocate(UInt32.self, PostingsBlocks.room))
    term = RangeTerm(blocks, bounds, weight: 1, isDriver: true)
    self.list = .passUnretained(list)
    self.bounds = .passUnretained(bounds)
  }
}
