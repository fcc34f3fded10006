import ByteStorage

/// The postings of one term, as they lie in the file: the directory is checked, nothing is decoded. A class, since queries pass
/// it on, and what it holds has several references.
package final class PostingsList: Sendable {
  package let term: TermInfo
  /// Blocks, the tail included where there is one.
  package let blockCount: Int
  /// Postings in full blocks.
  let fullBlocks: Int
  let section: SectionBytes
  let view: ByteView
  let payload: Range<Int>

  /// Bytes before the arrays of the directory.
  static let directoryHeaderBytes = 4

  package init(_ term: TermInfo, postings section: SectionBytes) throws(IndexError) {
    self.term = term
    self.section = section
    let count = Int(term.documentFrequency)
    fullBlocks = count > 1 ? count / IntegerBlock.size : 0
    blockCount = (count + IntegerBlock.size - 1) / IntegerBlock.size
    do throws(StorageError) {
      view = try section.view.slice(term.postings.lowerBound, term.postings.count)
      guard fullBlocks > 0 else {
        payload = 0..<0
        return
      }
      let arrays = blockCount + fullBlocks + (term.isPositional ? blockCount : 0)
      let start = PostingsList.directoryHeaderBytes + 4 * arrays
      let payloadBytes = Int(try view.load(0, as: UInt32.self))
      guard start + payloadBytes <= view.count else {
        throw .outOfBounds(offset: start, needed: payloadBytes, available: view.count)
      }
      payload = start..<(start + payloadBytes)
    } catch { throw section.damaged(error) }
  }

  /// The error for bytes of the list that contradict the rest of the segment.
  package func damaged(_ reason: String) -> IndexError { section.damaged(reason) }

  /// The error for a block whose bytes are not its postings.
  package func damagedBlock(_ block: Int) -> IndexError {
    damaged("expected block \(block) of a list to be ascending passages that end with the last one of its directory")
  }

  /// The last document of a block.
  @inlinable
  package func lastDocument(ofBlock block: Int) -> UInt32 {
    // The directory lies inside the view: `init` has checked its arrays.
    precondition(block < blockCount)
    return UInt32(littleEndian: (directory + 4 * block).loadUnaligned(as: UInt32.self))
  }

  @usableFromInline
  var directory: UnsafeRawPointer { view.base + PostingsList.directoryHeaderBytes }

  /// True where the blocks have a directory: lists of at least 128 postings.
  package var hasDirectory: Bool { fullBlocks > 0 }

  /// Where the block's positions lie in the term's positions.
  func positionsRange(ofBlock block: Int) throws(StorageError) -> Range<Int> {
    guard hasDirectory else { return 0..<term.positions.count }
    let ends = PostingsList.directoryHeaderBytes + 4 * (blockCount + fullBlocks)
    let start = block == 0 ? 0 : Int(try view.load(ends + 4 * (block - 1), as: UInt32.self))
    let end = Int(try view.load(ends + 4 * block, as: UInt32.self))
    guard start <= end, end <= term.positions.count else {
      throw .inconsistent(reason: "block \(block) of the positions of a term lies outside them")
    }
    return start..<end
  }
}
