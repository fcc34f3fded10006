import ByteStorage

/// Encodes the postings of one term after the other.
///
/// A list of `n` postings is `n / 128` full blocks and a tail. A list with at least one full block begins with a
/// directory; a shorter one is a tail alone; a list of one posting lies in the term dictionary.
///
///     directory   payloadBytes u32,
///                 last document u32 of each block, the tail included where there is one,
///                 end of each full block in the payload u32,
///                 end of each block in the term's positions u32 (positional terms only), the tail included
///     payload     per block: gaps less 1, then frequencies less 1, each as a `PatchedBlock`
///     tail        per posting: (gap - 1) * 2 + (frequency == 1), then the frequency where it is not 1
///
/// The tail's first gap counts from the last document of the last block, or from -1.
package struct PostingsEncoder: ~Copyable {
  private var payload = PlainBuffer<UInt8>(capacity: 1 << 10)
  private var tail = PlainBuffer<UInt8>(capacity: 1 << 10)
  private var blockEnds: [UInt32] = []
  private var chunk = PlainBuffer<UInt32>(capacity: IntegerBlock.size)

  /// Bytes that an exception among gaps must save: to patch it takes as long as to read so many.
  private static let patience = 1

  package init() {}

  /// Appends the postings of a term, and its positions where it has any.
  ///
  /// - Parameters:
  ///   - documents: passage ordinals, strictly ascending; at least two.
  ///   - frequencies: how often the term occurs in each, at least 1.
  ///   - positionEnds: for each block of 128 postings and the tail, where its positions end in the term's positions;
  ///     nil for a term without positions.
  package mutating func encode(
    documents: UnsafeBufferPointer<UInt32>, frequencies: UnsafeBufferPointer<UInt32>, positionEnds: [UInt32]?,
    to output: inout [UInt8]
  ) {
    let size = IntegerBlock.size
    let fullBlocks = documents.count / size
    let tailStart = fullBlocks * size
    if fullBlocks > 0 {
      payload.count = 0
      blockEnds.removeAll(keepingCapacity: true)
      var base = UInt32.max  // one less than 0, wrapping
      for block in 0..<fullBlocks {
        let range = block * size..<(block + 1) * size
        encodeBlock(documents.baseAddress! + range.lowerBound, frequencies.baseAddress! + range.lowerBound, base: base)
        blockEnds.append(UInt32(payload.count))
        base = documents[range.upperBound - 1]
      }
      output.append(littleEndian: UInt32(payload.count))
      for block in 0..<fullBlocks { output.append(littleEndian: documents[(block + 1) * size - 1]) }
      if tailStart < documents.count { output.append(littleEndian: documents[documents.count - 1]) }
      for end in blockEnds { output.append(littleEndian: end) }
      for end in positionEnds ?? [] { output.append(littleEndian: end) }
      output.append(contentsOf: payload.elements)
    }
    var base = tailStart == 0 ? UInt32.max : documents[tailStart - 1]
    tail.count = 0
    tail.reserve(2 * VariableInteger.longest * (documents.count - tailStart))
    var next = tail.base
    for index in tailStart..<documents.count {
      let gap = UInt64(documents[index] &- base &- 1)
      let frequency = frequencies[index]
      VariableInteger.write(gap << 1 | (frequency == 1 ? 1 : 0), to: &next)
      if frequency != 1 { VariableInteger.write(UInt64(frequency), to: &next) }
      base = documents[index]
    }
    tail.count = next - tail.base
    output.append(contentsOf: tail.elements)
  }

  private mutating func encodeBlock(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, base: UInt32
  ) {
    let chunk = chunk.base
    chunk[0] = documents[0] &- base &- 1
    for index in 1..<IntegerBlock.size { chunk[index] = documents[index] &- documents[index - 1] &- 1 }
    PatchedBlock.encode(chunk, patience: PostingsEncoder.patience, to: &payload)
    for index in 0..<IntegerBlock.size { chunk[index] = frequencies[index] &- 1 }
    PatchedBlock.encode(chunk, to: &payload)
  }
}
