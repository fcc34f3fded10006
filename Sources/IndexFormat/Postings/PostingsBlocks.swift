import ByteStorage

/// The postings of one term through bare pointers: a value without references, so that loops over the blocks of many
/// terms count none.
///
/// Whoever uses it keeps the list, and the room that the blocks are decoded into, alive. Nothing is read beyond the list's
/// bytes, whatever they say.
@usableFromInline
package struct PostingsBlocks: BitwiseCopyable {
  /// Blocks, the tail included where there is one.
  package let blockCount: Int
  /// Passage ordinals of the decoded block, ascending; `count` of them.
  package private(set) var documents: UnsafeMutablePointer<UInt32>
  /// Frequencies of the decoded block, valid once `decodeFrequencies` has returned true.
  package private(set) var frequencies: UnsafeMutablePointer<UInt32>
  /// The block that is decoded, or -1.
  @usableFromInline
  package private(set) var block = -1
  /// Postings in the decoded block.
  package private(set) var count = 0
  private let fullBlocks: Int
  /// Passages below this exist; a list that names others is damaged.
  private let passageCount: Int
  private let tailCount: Int
  private let singleDocument: UInt32
  private let singleFrequency: UInt32
  /// The last documents of the blocks, then the ends of the full blocks in the payload.
  private let directory: UnsafeRawPointer
  /// The bytes of the full blocks, after which those of the tail stand.
  package let payload: UnsafeRawPointer
  private let payloadCount: Int
  private let tail: UnsafeRawPointer
  private let tailBytes: Int
  private var frequencyBytes = UnsafeRawBufferPointer(start: nil, count: 0)
  @usableFromInline
  package private(set) var frequenciesAreDecoded = false

  /// Integers that the decoded block of a list needs room for: its passages and its frequencies, and as many more as are read
  /// at once.
  package static let room = 2 * IntegerBlock.size + ScoringKernels.postingsAtATime

  /// - Parameter room: of `PostingsBlocks.room` integers.
  package init(_ list: PostingsList, passageCount: Int, room: UnsafeMutablePointer<UInt32>) {
    blockCount = list.blockCount
    fullBlocks = list.fullBlocks
    self.passageCount = passageCount
    tailCount = Int(list.term.documentFrequency) - list.fullBlocks * IntegerBlock.size
    singleDocument = list.term.singlePosting?.document ?? 0
    // A frequency of 0 stands for a list that is not one posting in the dictionary.
    singleFrequency = list.term.singlePosting?.frequency ?? 0
    directory = list.directory
    payload = list.view.base + list.payload.lowerBound
    payloadCount = list.payload.count
    tail = list.view.base + list.payload.upperBound
    tailBytes = list.view.count - list.payload.upperBound
    documents = room
    frequencies = room + IntegerBlock.size
  }

  /// Decodes from now on into other room, which nothing is in yet.
  @inline(__always)
  package mutating func begin(room: UnsafeMutablePointer<UInt32>) {
    documents = room
    frequencies = room + IntegerBlock.size
    block = -1
  }

  /// Where each of the full blocks ends in the payload, a little-endian UInt32 each.
  package var ends: UnsafeRawPointer { directory + 4 * blockCount }

  /// Decodes the passages of a block below `blockCount`; false where its bytes are damaged.
  @inlinable
  @inline(__always)
  package mutating func load(_ index: Int) -> Bool { index == block || decode(index) }

  /// Decodes the frequencies of the decoded block, once; false where its bytes are damaged.
  @inlinable
  @inline(__always)
  package mutating func decodeFrequencies() -> Bool { frequenciesAreDecoded || decodeFullFrequencies() }

  @usableFromInline
  mutating func decode(_ index: Int) -> Bool {
    block = -1
    guard index < fullBlocks ? decodeFull(index) : decodeTail() else { return false }
    block = index
    return true
  }

  /// The last document of a block.
  @inline(__always)
  private func lastDocument(_ index: Int) -> UInt32 {
    UInt32(littleEndian: (directory + 4 * index).loadUnaligned(as: UInt32.self))
  }

  private mutating func decodeFull(_ index: Int) -> Bool {
    let start = index == 0 ? 0 : Int(UInt32(littleEndian: (ends + 4 * (index - 1)).loadUnaligned(as: UInt32.self)))
    let end = Int(UInt32(littleEndian: (ends + 4 * index).loadUnaligned(as: UInt32.self)))
    // Lengths first: nothing is read or unpacked beyond the block's own bytes.
    guard start < end, end <= payloadCount else { return false }
    let base = index == 0 ? UInt32.max : lastDocument(index - 1)
    let last = lastDocument(index)
    let (used, widest) = PatchedBlock.decodeAscending(
      payload + start, count: end - start, base: base, into: documents)
    guard used > 0, documents[IntegerBlock.size - 1] == last, Int(last) < passageCount,
      index == 0 || (base < last && documents[0] > base), widest < PostingsBlocks.widthThatMayWrap || isAscending()
    else { return false }
    count = IntegerBlock.size
    frequencyBytes = UnsafeRawBufferPointer(start: payload + start + used, count: end - start - used)
    frequenciesAreDecoded = false
    return true
  }

  /// 128 gaps of fewer bits cannot sum to 2^32, so a right last document proves that all before it ascend.
  private static let widthThatMayWrap = 25

  private func isAscending() -> Bool {
    for index in 1..<IntegerBlock.size where documents[index] <= documents[index - 1] { return false }
    return true
  }

  @usableFromInline
  mutating func decodeFullFrequencies() -> Bool {
    guard block >= 0, let start = frequencyBytes.baseAddress,
      PatchedBlock.decode(start, count: frequencyBytes.count, adding: 1, into: frequencies) > 0
    else { return false }
    frequenciesAreDecoded = true
    return true
  }

  private mutating func decodeTail() -> Bool {
    guard tailCount > 0 else { return false }
    if singleFrequency > 0 {
      documents[0] = singleDocument
      frequencies[0] = singleFrequency
    } else {
      var reader = TailReader(next: tail, end: tail + tailBytes)
      var base = fullBlocks == 0 ? -1 : Int(lastDocument(fullBlocks - 1))
      for index in 0..<tailCount {
        guard let code = reader.next(atMost: UInt64(2 * passageCount + 1)) else { return false }
        base += Int(code >> 1) + 1
        guard base < passageCount else { return false }
        documents[index] = UInt32(base)
        if code & 1 == 1 {
          frequencies[index] = 1
        } else {
          guard let frequency = reader.next(atMost: UInt64(Int32.max)) else { return false }
          frequencies[index] = UInt32(frequency)
        }
      }
    }
    guard Int(documents[tailCount - 1]) < passageCount,
      fullBlocks == 0 || documents[tailCount - 1] == lastDocument(blockCount - 1)
    else { return false }
    count = tailCount
    frequenciesAreDecoded = true
    return true
  }

  /// Reads variable-length integers up to an end.
  private struct TailReader {
    var next: UnsafeRawPointer
    let end: UnsafeRawPointer

    @inline(__always)
    mutating func next(atMost limit: UInt64) -> UInt64? {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while next < end, shift < 63 {
        let byte = UInt64(next.load(as: UInt8.self))
        next += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80 { return value <= limit ? value : nil }
        shift += 7
      }
      return nil
    }
  }
}
