import ByteStorage

/// Walks through the postings of one term block by block; a scoring loop runs over `documents` and `frequencies`.
package final class PostingsCursor {
  package let list: PostingsList
  /// Passage ordinals of the decoded block, ascending; `count` of them.
  package let documents: UnsafeMutablePointer<UInt32>
  /// Passages below this exist; a list that names others is damaged.
  private let passageCount: Int
  private let frequencyValues: UnsafeMutablePointer<UInt32>
  /// Behind a pointer, so that loops which read it pay for no check of exclusive access.
  private let state: UnsafeMutablePointer<State>

  private struct State {
    var block = -1
    var count = 0
    /// Where the frequencies of the block lie in the list, and how many bytes may be theirs.
    var frequenciesAt = 0
    var frequencyBytes = 0
    var frequenciesAreDecoded = false
  }

  package init(_ list: PostingsList, passageCount: Int) {
    self.list = list
    self.passageCount = passageCount
    documents = .allocate(capacity: IntegerBlock.size)
    documents.initialize(repeating: 0, count: IntegerBlock.size)
    frequencyValues = .allocate(capacity: IntegerBlock.size)
    frequencyValues.initialize(repeating: 0, count: IntegerBlock.size)
    state = .allocate(capacity: 1)
    state.initialize(to: State())
  }

  deinit {
    documents.deallocate()
    frequencyValues.deallocate()
    state.deallocate()
  }

  /// The block that is decoded, or -1.
  package var block: Int { state.pointee.block }

  /// Postings in the decoded block.
  package var count: Int { state.pointee.count }

  /// Frequencies of the decoded block; decoded when first asked for.
  package func frequencies() throws(IndexError) -> UnsafeMutablePointer<UInt32> {
    if !state.pointee.frequenciesAreDecoded { try decodeFrequencies() }
    return frequencyValues
  }

  /// Decodes block `index`.
  package func load(_ index: Int) throws(IndexError) {
    guard index != state.pointee.block else { return }
    if index < list.fullBlocks {
      try decodeFull(index)
    } else {
      do throws(StorageError) { try decodeTail() } catch { throw list.section.damaged(error) }
    }
    state.pointee.block = index
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

  private func decodeFull(_ index: Int) throws(IndexError) {
    let (start, length) = list.payload(ofBlock: index)
    let payload = list.view.base + start
    // Lengths first: nothing is read or unpacked beyond the block's own bytes.
    let bits = length > 0 ? Int(payload.load(as: UInt8.self)) : 33
    let packed = IntegerBlock.packedBytes(bits: bits)
    guard bits <= 32, packed < length else {
      throw list.damaged("expected gaps of at most 32 bits in block \(index) of \(length) bytes, found \(bits)")
    }
    let base = index == 0 ? UInt32.max : list.lastDocument(ofBlock: index - 1)
    let last = list.lastDocument(ofBlock: index)
    IntegerBlock.unpackAscending(payload + 1, bits: bits, base: base, into: documents)
    guard documents[IntegerBlock.size - 1] == last, Int(last) < passageCount,
      index == 0 || (base < last && documents[0] > base),
      bits < PostingsCursor.widthThatMayWrap || isAscending()
    else { throw list.damaged("the gaps of block \(index) do not lead to its last document") }
    state.pointee.count = IntegerBlock.size
    state.pointee.frequenciesAt = start + 1 + packed
    state.pointee.frequencyBytes = length - 1 - packed
    state.pointee.frequenciesAreDecoded = false
  }

  /// 128 gaps of fewer bits cannot sum to 2^32, so a right last document proves that all before it ascend.
  private static let widthThatMayWrap = 25

  private func isAscending() -> Bool {
    for index in 1..<IntegerBlock.size where documents[index] <= documents[index - 1] { return false }
    return true
  }

  private func decodeFrequencies() throws(IndexError) {
    let bytes = list.view.base + state.pointee.frequenciesAt
    guard PatchedBlock.decode(bytes, count: state.pointee.frequencyBytes, into: frequencyValues) > 0 else {
      throw list.damaged("expected the frequencies of block \(block)")
    }
    for index in 0..<IntegerBlock.size { frequencyValues[index] &+= 1 }
    state.pointee.frequenciesAreDecoded = true
  }

  private func decodeTail() throws(StorageError) {
    let frequencies = frequencyValues
    let count = Int(list.term.documentFrequency) - list.fullBlocks * IntegerBlock.size
    state.pointee.count = count
    state.pointee.frequenciesAreDecoded = true
    if let single = list.term.singlePosting {
      documents[0] = single.document
      frequencies[0] = single.frequency
    } else {
      var cursor = ByteCursor(list.view, offset: list.payload.upperBound)
      var base = list.fullBlocks == 0 ? -1 : Int(list.lastDocument(ofBlock: list.fullBlocks - 1))
      for index in 0..<count {
        let code = try cursor.readVariable(atMost: 2 * passageCount + 1)
        base += code >> 1 + 1
        guard base < passageCount else { break }
        documents[index] = UInt32(base)
        frequencies[index] = code & 1 == 1 ? 1 : UInt32(try cursor.readVariable(atMost: Int(Int32.max)))
      }
      guard base < passageCount else {
        throw .inconsistent(reason: "expected passages below \(passageCount), found \(base)")
      }
    }
    guard count > 0, Int(documents[count - 1]) < passageCount,
      !list.hasDirectory || documents[count - 1] == list.lastDocument(ofBlock: list.blockCount - 1)
    else { throw .inconsistent(reason: "the tail of a list does not lead to its last document") }
  }
}
