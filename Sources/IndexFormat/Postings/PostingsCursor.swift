import ByteStorage

/// Walks through the postings of one term block by block; a scoring loop runs over `documents` and `frequencies`.
package final class PostingsCursor {
  package let list: PostingsList
  /// Passages below this exist; a list that names others is damaged.
  private let passageCount: Int
  /// The block that is decoded, or -1.
  package private(set) var block = -1
  /// Postings in the decoded block.
  package private(set) var count = 0
  private let documentBuffer = BlockBuffer()
  private let frequencyBuffer = BlockBuffer()
  private var frequenciesAt = 0
  private var frequenciesAreDecoded = false

  package init(_ list: PostingsList, passageCount: Int) {
    self.list = list
    self.passageCount = passageCount
  }

  /// Passage ordinals of the decoded block, ascending; `count` of them.
  package var documents: UnsafeMutablePointer<UInt32> { documentBuffer.values }

  /// Frequencies of the decoded block; decoded when first asked for.
  package func frequencies() throws(IndexError) -> UnsafeMutablePointer<UInt32> {
    if !frequenciesAreDecoded {
      do throws(StorageError) { try decodeFrequencies() } catch { throw list.section.damaged(error) }
      frequenciesAreDecoded = true
    }
    return frequencyBuffer.values
  }

  /// Decodes block `index`.
  package func load(_ index: Int) throws(IndexError) {
    guard index != block else { return }
    do throws(StorageError) {
      if index < list.fullBlocks { try decodeFull(index) } else { try decodeTail() }
    } catch { throw list.section.damaged(error) }
    block = index
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

  private func decodeFull(_ index: Int) throws(StorageError) {
    let range = try list.payloadRange(ofBlock: index)
    let payload = try list.view.slice(range.lowerBound, range.count)
    let bits = Int(try payload.load(0, as: UInt8.self))
    let packed = IntegerBlock.packedBytes(bits: bits)
    guard bits <= 32, packed <= payload.count - 1 else {
      throw .inconsistent(reason: "expected gaps of at most 32 bits in block \(index), found \(bits)")
    }
    let base = index == 0 ? UInt32.max : list.lastDocument(ofBlock: index - 1)
    let last = list.lastDocument(ofBlock: index)
    let documents = documentBuffer.values
    IntegerBlock.unpackAscending(payload.base + 1, bits: bits, base: base, into: documents)
    guard documents[IntegerBlock.size - 1] == last, Int(last) < passageCount,
      base == .max || documents[0] > base, bits < PostingsCursor.widthThatMayWrap || isAscending(documents)
    else { throw .inconsistent(reason: "the gaps of block \(index) do not lead to its last document") }
    count = IntegerBlock.size
    frequenciesAt = range.lowerBound + 1 + packed
    frequenciesAreDecoded = false
  }

  /// 128 gaps of fewer bits cannot sum to 2^32, so a right last document proves that all before it ascend.
  private static let widthThatMayWrap = 25

  private func isAscending(_ documents: UnsafeMutablePointer<UInt32>) -> Bool {
    for index in 1..<IntegerBlock.size where documents[index] <= documents[index - 1] { return false }
    return true
  }

  private func decodeFrequencies() throws(StorageError) {
    let frequencies = frequencyBuffer.values
    _ = try PatchedBlock.decode(list.view, at: frequenciesAt, into: frequencies)
    for index in 0..<IntegerBlock.size { frequencies[index] &+= 1 }
  }

  private func decodeTail() throws(StorageError) {
    let documents = documentBuffer.values
    let frequencies = frequencyBuffer.values
    count = Int(list.term.documentFrequency) - list.fullBlocks * IntegerBlock.size
    frequenciesAreDecoded = true
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
