import ByteStorage

/// Collects sorted terms into the bytes of a `TermDictionary`.
package struct TermDictionaryWriter {
  private var prefixes: [UInt8] = []
  private var offsets: [UInt8] = []
  private var blocks: [UInt8] = []
  private var previous: [UInt8] = []
  private var termCount = 0
  private var nextPostings = 0
  private var nextPositions = 0

  package init() {}

  /// Appends a term, which sorts after all before it by its bytes.
  ///
  /// - Parameters:
  ///   - postingsLength: bytes that the term took in the section of postings, right after the term before; 0 for a
  ///     single posting.
  ///   - positionsLength: bytes that it took in the section of positions; nil for a term without positions.
  package mutating func append(
    _ key: UnsafeBufferPointer<UInt8>, documentFrequency: UInt32, totalFrequency: UInt64, postingsLength: Int,
    positionsLength: Int?, singlePosting: TermInfo.SinglePosting?
  ) {
    var shared = 0
    if termCount % TermDictionary.blockSize == 0 {
      prefixes.append(littleEndian: TermDictionary.prefix(of: key))
      offsets.append(littleEndian: UInt32(blocks.count))
      blocks.append(variable: nextPostings)
      blocks.append(variable: nextPositions)
    } else {
      let most = min(previous.count, key.count)
      while shared < most && previous[shared] == key[shared] { shared += 1 }
    }
    let added = key.count - shared
    let most = TermDictionary.mostInByte
    blocks.append(UInt8(min(shared, most) << 4 | min(added, most)))
    if shared >= most { blocks.append(variable: shared - most) }
    if added >= most { blocks.append(variable: added - most) }
    blocks.append(contentsOf: UnsafeBufferPointer(rebasing: key[shared...]))
    blocks.append(variable: UInt64(documentFrequency) << 1 | (positionsLength == nil ? 0 : 1))
    if let singlePosting {
      precondition(documentFrequency == 1, "only one posting fits into the dictionary")
      blocks.append(variable: UInt64(singlePosting.document) << 1 | (singlePosting.frequency == 1 ? 1 : 0))
      if singlePosting.frequency != 1 { blocks.append(variable: UInt64(singlePosting.frequency)) }
    } else {
      blocks.append(variable: totalFrequency - UInt64(documentFrequency))
      blocks.append(variable: postingsLength)
      nextPostings += postingsLength
    }
    if let positionsLength {
      blocks.append(variable: positionsLength)
      nextPositions += positionsLength
    }
    previous.removeAll(keepingCapacity: true)
    previous.append(contentsOf: key)
    termCount += 1
  }

  /// Appends a term whose key is an array.
  package mutating func append(
    _ key: [UInt8], documentFrequency: UInt32, totalFrequency: UInt64, postingsLength: Int,
    positionsLength: Int?, singlePosting: TermInfo.SinglePosting?
  ) {
    key.withUnsafeBufferPointer {
      append(
        $0, documentFrequency: documentFrequency, totalFrequency: totalFrequency, postingsLength: postingsLength,
        positionsLength: positionsLength, singlePosting: singlePosting)
    }
  }

  /// The bytes of the section.
  package consuming func finish() throws(IndexError) -> [UInt8] {
    guard blocks.count <= Int(UInt32.max) else { throw .tooLarge(what: "bytes of terms", limit: Int(UInt32.max)) }
    var header: [UInt8] = []
    header.append(littleEndian: UInt64(termCount))
    return SectionParts.encode([header, prefixes, offsets, blocks])
  }
}
