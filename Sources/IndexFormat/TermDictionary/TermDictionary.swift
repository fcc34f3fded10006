import ByteStorage

/// All terms of a segment, sorted by their bytes, in blocks of 16 that share prefixes.
///
/// Parts: the number of terms u64; the first 8 bytes of each block's first key as a big-endian number, stored as u64; the
/// byte offset of each block u32; the blocks. A block begins with the offsets of its first term in the sections of
/// postings and positions; then for each term: how many bytes it shares with the term before, the first one with those 8
/// bytes, and how many further ones it has, half a byte each, where 15 is followed by the rest as a variable-length integer;
/// the further bytes; the document frequency and `TermTraits`; the passage of a single posting; the total frequency less the
/// document frequency unless they are equal; the bytes of two postings or more; the bytes of the positions unless each takes
/// one. All these are variable-length integers.
package struct TermDictionary: Sendable {
  package let count: Int
  private let section: SectionBytes
  private let prefixes: ByteView
  private let offsets: ByteView
  private let blocks: ByteView
  private var blockCount: Int { offsets.count / 4 }

  /// Terms in a block: a lookup decodes half of one on average, and a first key in full costs a sixteenth of a key a term.
  static let blockSize = 16
  /// Half a byte with this value is followed by a further number.
  static let mostInByte = 15
  /// Longer keys are not accepted from a file.
  static let longestKey = 1 << 16

  package init(_ section: SectionBytes) throws(IndexError) {
    self.section = section
    do throws(StorageError) {
      let parts = try SectionParts.decode(section.view, count: 4)
      guard let count = Int(exactly: try parts[0].load(0, as: UInt64.self)), count <= Int(UInt32.max) else {
        throw .inconsistent(reason: "more terms than a segment can hold")
      }
      self.count = count
      (prefixes, offsets, blocks) = (parts[1], parts[2], parts[3])
      let expected = (count + TermDictionary.blockSize - 1) / TermDictionary.blockSize
      guard prefixes.count == 8 * expected, offsets.count == 4 * expected else {
        throw .inconsistent(reason: "expected \(expected) blocks of terms, found \(offsets.count / 4)")
      }
    } catch { throw section.damaged(error) }
  }

  /// The first 8 bytes of a key as a number that sorts as the bytes do.
  static func prefix(of key: some Collection<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    for byte in key.prefix(8) { prefix = prefix << 8 | UInt64(byte) }
    return key.isEmpty ? 0 : prefix << UInt64(8 * (8 - min(key.count, 8)))
  }

  /// What is known of a term, or nil where no passage holds it.
  package func find(_ key: ArraySlice<UInt8>) throws(IndexError) -> TermInfo? {
    guard let block = try block(for: key) else { return nil }
    var walk = try TermWalk(self, block: block)
    while try walk.next() {
      if walk.key.elementsEqual(key) { return walk.info }
      if key.lexicographicallyPrecedes(walk.key) || walk.isAtBlockStart { return nil }
    }
    return nil
  }

  /// Calls `body` with each term that begins with `prefix`, in order, until it returns false.
  package func forEach(
    prefix: ArraySlice<UInt8>, _ body: (_ key: [UInt8], _ info: TermInfo) throws(IndexError) -> Bool
  ) throws(IndexError) {
    var walk = try TermWalk(self, block: try block(for: prefix) ?? 0)
    while try walk.next() {
      if walk.key.starts(with: prefix) {
        guard try body(walk.key, walk.info) else { return }
      } else if prefix.lexicographicallyPrecedes(walk.key) {
        return
      }
    }
  }

  /// Walks through the terms in order from the block in which `prefix` lies: terms before it may come first.
  package func walk(from prefix: ArraySlice<UInt8>) throws(IndexError) -> TermWalk {
    try TermWalk(self, block: try block(for: prefix) ?? 0)
  }

  /// The last block whose first key is not after `key`, or nil where every key is.
  private func block(for key: ArraySlice<UInt8>) throws(IndexError) -> Int? {
    let prefix = TermDictionary.prefix(of: key)
    // First by the eight bytes alone; only blocks that share them need a look at the whole key.
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low + high) / 2
      if prefixOfBlock(middle) < prefix { low = middle + 1 } else { high = middle }
    }
    let firstEqual = low
    high = blockCount
    while low < high {
      let middle = (low + high) / 2
      if prefixOfBlock(middle) <= prefix { low = middle + 1 } else { high = middle }
    }
    high = low
    low = firstEqual
    while low < high {
      let middle = (low + high) / 2
      if key.lexicographicallyPrecedes(try firstKey(ofBlock: middle)) { high = middle } else { low = middle + 1 }
    }
    return low == 0 ? nil : low - 1
  }

  private func prefixOfBlock(_ block: Int) -> UInt64 {
    // `init` has checked that there are 8 bytes for every block.
    UInt64(littleEndian: (prefixes.base + 8 * block).loadUnaligned(as: UInt64.self))
  }

  private func firstKey(ofBlock block: Int) throws(IndexError) -> [UInt8] {
    var walk = try TermWalk(self, block: block)
    _ = try walk.next()
    return walk.key
  }

  /// Walks through the terms in order from the beginning of a block.
  package struct TermWalk {
    package private(set) var key: [UInt8] = []
    package private(set) var info = TermInfo(
      documentFrequency: 0, totalFrequency: 0, isPositional: false, postings: 0..<0, positions: 0..<0)
    /// True after a step onto the first term of a block other than the one begun with.
    fileprivate private(set) var isAtBlockStart = false
    private let dictionary: TermDictionary
    private let firstTerm: Int
    private var term: Int
    private var cursor: ByteCursor
    private var postings = 0
    private var positions = 0

    fileprivate init(_ dictionary: TermDictionary, block: Int) throws(IndexError) {
      self.dictionary = dictionary
      firstTerm = block * TermDictionary.blockSize
      term = firstTerm
      cursor = ByteCursor(dictionary.blocks)
      key.reserveCapacity(64)
      guard block < dictionary.blockCount else { return }
      do throws(StorageError) {
        let offset = Int(try dictionary.offsets.load(4 * block, as: UInt32.self))
        cursor = ByteCursor(try dictionary.blocks.slice(offset, dictionary.blocks.count - offset))
      } catch { throw dictionary.section.damaged(error) }
    }

    /// Steps to the next term; false after the last.
    package mutating func next() throws(IndexError) -> Bool {
      guard term < dictionary.count else { return false }
      do throws(StorageError) { try decode() } catch { throw dictionary.section.damaged(error) }
      isAtBlockStart = term % TermDictionary.blockSize == 0 && term != firstTerm
      term += 1
      return true
    }

    private mutating func decode() throws(StorageError) {
      if term % TermDictionary.blockSize == 0 {
        key.removeAll(keepingCapacity: true)
        let prefix = dictionary.prefixOfBlock(term / TermDictionary.blockSize)
        for byte in 1...8 { key.append(UInt8(truncatingIfNeeded: prefix >> UInt64(64 - 8 * byte))) }
        postings = try cursor.readVariable(atMost: Int.max / 4)
        positions = try cursor.readVariable(atMost: Int.max / 4)
      }
      let lengths = Int(try cursor.read(UInt8.self))
      var (shared, count) = (lengths >> 4, lengths & TermDictionary.mostInByte)
      if shared == TermDictionary.mostInByte { shared += try cursor.readVariable(atMost: key.count) }
      guard shared <= key.count else { throw .inconsistent(reason: "term \(term) shares more than there is") }
      if count == TermDictionary.mostInByte {
        count += try cursor.readVariable(atMost: TermDictionary.longestKey - shared)
      }
      guard shared + count <= TermDictionary.longestKey else {
        throw .inconsistent(reason: "term \(term) is longer than \(TermDictionary.longestKey) bytes")
      }
      let added = try cursor.readBytes(count)
      key.removeLast(key.count - shared)
      added.withBytes { key.append(contentsOf: $0) }
      let head = try cursor.readVariable(atMost: Int(UInt32.max) << TermTraits.width | TermTraits.all.rawValue)
      let frequency = head >> TermTraits.width
      let traits = TermTraits(rawValue: head & TermTraits.all.rawValue)
      guard frequency > 0 else { throw .inconsistent(reason: "term \(term) occurs in no passage") }
      let document = frequency == 1 ? try cursor.readVariable(atMost: SegmentLayout.mostPassages) : 0
      let most = frequency == 1 ? Int(Int32.max) - 1 : Int.max / 4
      let occurrences = traits.contains(.once) ? frequency : frequency + (try cursor.readVariable(atMost: most))
      let postingsLength = frequency == 1 ? 0 : try cursor.readVariable(atMost: Int.max / 4)
      var positionsLength = 0
      if traits.contains(.positional) {
        positionsLength = traits.contains(.bytePositions) ? occurrences : try cursor.readVariable(atMost: Int.max / 4)
      }
      info.ordinal = term
      info.documentFrequency = UInt32(frequency)
      info.totalFrequency = UInt64(occurrences)
      info.isPositional = traits.contains(.positional)
      info.singlePosting =
        frequency == 1 ? TermInfo.SinglePosting(document: UInt32(document), frequency: UInt32(occurrences)) : nil
      info.postings = postings..<(postings + postingsLength)
      info.positions = positions..<(positions + positionsLength)
      postings += postingsLength
      positions += positionsLength
      guard postings <= Int.max / 4, positions <= Int.max / 4 else {
        throw .inconsistent(reason: "the postings of term \(term) lie beyond every file")
      }
    }
  }
}
