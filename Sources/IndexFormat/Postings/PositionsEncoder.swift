import ByteStorage

/// Encodes the positions of a term: a chunk for each block of 128 postings and one for the tail.
///
/// In a chunk the positions of all its postings follow each other; in each passage the first is stored as it is and the
/// others as differences from the one before. Every 128 of these numbers are a `PatchedBlock`, the rest are
/// variable-length integers.
package struct PositionsEncoder {
  private var chunk: [UInt32] = []

  package init() {}

  /// Appends the positions of a term.
  ///
  /// - Parameters:
  ///   - positions: ascending in each passage, passage after passage.
  ///   - frequencies: how many positions each passage has.
  /// - Returns: where each chunk ends, counted from the term's first byte.
  package mutating func encode(
    _ positions: UnsafeBufferPointer<UInt32>, frequencies: UnsafeBufferPointer<UInt32>, to output: inout [UInt8]
  ) -> [UInt32] {
    let start = output.count
    var ends: [UInt32] = []
    var next = 0
    var posting = 0
    while posting < frequencies.count {
      let end = min(posting + IntegerBlock.size, frequencies.count)
      chunk.removeAll(keepingCapacity: true)
      while posting < end {
        var previous: UInt32 = 0
        for position in positions[next..<(next + Int(frequencies[posting]))] {
          chunk.append(position - previous)
          previous = position
        }
        next += Int(frequencies[posting])
        posting += 1
      }
      chunk.withUnsafeBufferPointer { numbers in
        var index = 0
        while index + IntegerBlock.size <= numbers.count {
          PatchedBlock.encode(numbers.baseAddress! + index, to: &output)
          index += IntegerBlock.size
        }
        for number in numbers[index...] { output.append(variable: UInt64(number)) }
      }
      ends.append(UInt32(output.count - start))
    }
    return ends
  }
}
