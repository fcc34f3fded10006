import ByteStorage

/// Collects sorted terms into the bytes of a `TermDictionary`.
package struct TermDictionaryWriter: ~Copyable {
  private var prefixes: [UInt8] = []
  private var offsets: [UInt8] = []
  private var blocks = PlainBuffer<UInt8>(capacity: 1 << 16)
  private var previous = PlainBuffer<UInt8>(capacity: 1 << 8)
  private var termCount = 0
  private var nextPostings = 0
  private var nextPositions = 0

  /// The most numbers of variable length of a term, with those of its block.
  private static let mostNumbers = 10

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
    precondition((documentFrequency == 1) == (singlePosting != nil), "only one posting fits into the dictionary")
    precondition(UInt64(documentFrequency) <= totalFrequency, "a term occurs in each of its passages")
    blocks.reserve(1 + TermDictionaryWriter.mostNumbers * VariableInteger.longest + key.count)
    var next = blocks.base + blocks.count
    let shared = beginTerm(key, &next)
    for index in shared..<key.count {
      next.pointee = key[index]
      next += 1
    }
    var traits: TermTraits = []
    if positionsLength != nil { traits.insert(.positional) }
    if totalFrequency == UInt64(documentFrequency) { traits.insert(.once) }
    if let positionsLength, UInt64(positionsLength) == totalFrequency { traits.insert(.bytePositions) }
    VariableInteger.write(UInt64(documentFrequency) << UInt64(TermTraits.width) | UInt64(traits.rawValue), to: &next)
    if let singlePosting { VariableInteger.write(UInt64(singlePosting.document), to: &next) }
    if !traits.contains(.once) { VariableInteger.write(totalFrequency - UInt64(documentFrequency), to: &next) }
    if singlePosting == nil { VariableInteger.write(UInt64(postingsLength), to: &next) }
    if let positionsLength, !traits.contains(.bytePositions) {
      VariableInteger.write(UInt64(positionsLength), to: &next)
    }
    blocks.count = next - blocks.base
    nextPostings += postingsLength
    nextPositions += positionsLength ?? 0
    previous.count = 0
    previous.append(key)
    termCount += 1
  }

  /// Writes what stands before the bytes of a key: the beginning of a block, and how many bytes are shared and added.
  ///
  /// - Returns: how many are shared.
  private mutating func beginTerm(_ key: UnsafeBufferPointer<UInt8>, _ next: inout UnsafeMutablePointer<UInt8>) -> Int {
    var shared = 0
    if termCount % TermDictionary.blockSize == 0 {
      prefixes.append(littleEndian: TermDictionary.prefix(of: key))
      offsets.append(littleEndian: UInt32(truncatingIfNeeded: next - blocks.base))
      VariableInteger.write(UInt64(nextPostings), to: &next)
      VariableInteger.write(UInt64(nextPositions), to: &next)
      shared = min(key.count, 8)
    } else {
      let most = min(previous.count, key.count)
      while shared < most && previous.base[shared] == key[shared] { shared += 1 }
    }
    let added = key.count - shared
    let most = TermDictionary.mostInByte
    next.pointee = UInt8(min(shared, most) << 4 | min(added, most))
    next += 1
    if shared >= most { VariableInteger.write(UInt64(shared - most), to: &next) }
    if added >= most { VariableInteger.write(UInt64(added - most), to: &next) }
    return shared
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
    return SectionParts.encode([header, prefixes, offsets, Array(blocks.elements)])
  }
}
