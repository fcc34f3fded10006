import ByteStorage

/// Encodes the positions of a term: a chunk for each block of 128 postings and one for the tail.
///
/// In a chunk the positions of all its postings follow each other; in each passage the first is stored as it is and the
/// others as differences from the one before. Every 128 of these numbers are a `PatchedBlock`, the rest are
/// variable-length integers.
package struct PositionsEncoder: ~Copyable {
  private var bytes = PlainBuffer<UInt8>(capacity: 1 << 10)

  package init() {}

  /// Appends the positions of a term.
  ///
  /// - Parameters:
  ///   - numbers: what is stored of them: in each passage the first position, then differences; passage after passage.
  ///   - frequencies: how many positions each passage has.
  /// - Returns: where each chunk ends, counted from the term's first byte.
  package mutating func encode(
    _ numbers: UnsafeBufferPointer<UInt32>, frequencies: UnsafeBufferPointer<UInt32>, to output: inout [UInt8]
  ) -> [UInt32] {
    bytes.count = 0
    var ends: [UInt32] = []
    ends.reserveCapacity((frequencies.count + IntegerBlock.size - 1) / IntegerBlock.size)
    var next = 0
    for start in stride(from: 0, to: frequencies.count, by: IntegerBlock.size) {
      var end = next
      for posting in start..<min(start + IntegerBlock.size, frequencies.count) { end += Int(frequencies[posting]) }
      appendChunk(UnsafeBufferPointer(rebasing: numbers[next..<end]))
      ends.append(UInt32(bytes.count))
      next = end
    }
    output.append(contentsOf: bytes.elements)
    return ends
  }

  private mutating func appendChunk(_ numbers: UnsafeBufferPointer<UInt32>) {
    var index = 0
    while index + IntegerBlock.size <= numbers.count {
      PatchedBlock.encode(numbers.baseAddress! + index, to: &bytes)
      index += IntegerBlock.size
    }
    bytes.reserve(VariableInteger.longest * (numbers.count - index))
    var output = bytes.base + bytes.count
    while index < numbers.count {
      VariableInteger.write(UInt64(numbers[index]), to: &output)
      index += 1
    }
    bytes.count = output - bytes.base
  }
}
