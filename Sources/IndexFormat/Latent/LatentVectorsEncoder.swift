import ByteStorage

/// Makes the bytes of a section of latent vectors, part by part in the order in which they lie there.
package struct LatentVectorsEncoder {
  private var scales: [Float] = []
  private var reaches: [Float] = []

  package init() {}

  /// The header and the marks.
  ///
  /// - Parameter marked: numbers of the terms that get a vector, ascending.
  package func head(marked: some Sequence<Int>, count: Int, terms: Int, passages: Int) -> [UInt8] {
    var marks = [UInt64](repeating: 0, count: (terms + 63) / 64)
    for term in marked { marks[term / 64] |= 1 << UInt64(term % 64) }
    var bytes: [UInt8] = []
    for number in [count, terms, passages] { bytes.append(littleEndian: UInt64(number)) }
    var before = 0
    for word in marks {
      bytes.append(littleEndian: word)
      bytes.append(littleEndian: UInt64(before))
      before += word.nonzeroBitCount
    }
    precondition(before == count, "every vector belongs to one term")
    return bytes
  }

  /// Appends the vector of the next marked term.
  package mutating func appendTerm(_ vector: UnsafePointer<Float>, to bytes: inout [UInt8]) {
    scales.append(LatentVectorsEncoder.appendRow(vector, to: &bytes))
  }

  /// The scales, which follow the last vector of a term.
  package func termScales() -> [UInt8] { LatentVectorsEncoder.encoded(scales) }

  /// Appends the vector of the next passage.
  package mutating func appendPassage(_ vector: UnsafePointer<Float>, reach: Float, to bytes: inout [UInt8]) {
    _ = LatentVectorsEncoder.appendRow(vector, to: &bytes)
    reaches.append(min(reach, LatentLayout.greatestReach))
  }

  /// The reaches, which follow the last vector of a passage.
  package consuming func passageReaches() -> [UInt8] { LatentVectorsEncoder.encoded(reaches) }

  private static func encoded(_ numbers: [Float]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * numbers.count)
    for number in numbers { bytes.append(littleEndian: number.bitPattern) }
    return bytes
  }

  /// Appends the numbers in 127ths of the greatest, and returns what such a part is.
  private static func appendRow(_ vector: UnsafePointer<Float>, to bytes: inout [UInt8]) -> Float {
    var greatest: Float = 0
    for index in 0..<LatentLayout.width { greatest = max(greatest, abs(vector[index])) }
    let scale = min(greatest / 127, LatentLayout.greatestScale)
    let inverse = scale > 0 && (1 / scale).isFinite ? 1 / scale : 0
    for index in 0..<LatentLayout.width {
      let part = (vector[index] * inverse).rounded(.toNearestOrEven)
      bytes.append(UInt8(bitPattern: Int8(max(-127, min(127, part)))))
    }
    return inverse > 0 ? scale : 0
  }
}
