#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension JSONScanner {
  /// The text of a scanned string.
  func text(of content: StringContent) throws(JSONError) -> String {
    guard content.hasEscapes else {
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[content.range]), as: UTF8.self)
    }
    var map = JSONOffsetMap(start: 0)
    return String(decoding: try decode(content, into: &map), as: UTF8.self)
  }

  /// Replaces the escapes of a scanned string and notes in `map` where each of them stood.
  func decode(_ content: StringContent, into map: inout JSONOffsetMap) throws(JSONError) -> [UInt8] {
    let range = content.range
    map = JSONOffsetMap(start: range.lowerBound)
    guard content.hasEscapes, let base = bytes.baseAddress else {
      return Array(UnsafeBufferPointer(rebasing: bytes[range]))
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let found = memchr(base + index, Int32(UInt8(ascii: "\\")), range.upperBound - index)
      let stop = found.map { UnsafeRawPointer(base).distance(to: UnsafeRawPointer($0)) } ?? range.upperBound
      if stop > index { decoded.append(contentsOf: UnsafeBufferPointer(start: base + index, count: stop - index)) }
      index = stop
      guard index < range.upperBound else { break }
      index = try decodeEscape(at: index, into: &decoded)
      map.append(decoded: decoded.count, source: index)
    }
    return decoded
  }

  /// Appends what the escape at `start` stands for and returns the offset behind it.
  private func decodeEscape(at start: Int, into decoded: inout [UInt8]) throws(JSONError) -> Int {
    switch bytes[start + 1] {
    case UInt8(ascii: "\""): decoded.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): decoded.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "/"): decoded.append(UInt8(ascii: "/"))
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"):
      let first = try hexadecimal(at: start + 2)
      var scalar = UInt32(first)
      var end = start + 6
      if UTF16.isTrailSurrogate(first) { throw .loneSurrogate(offset: start) }
      if UTF16.isLeadSurrogate(first) {
        guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "\\"), bytes[end + 1] == UInt8(ascii: "u") else {
          throw .loneSurrogate(offset: start)
        }
        let second = try hexadecimal(at: end + 2)
        guard UTF16.isTrailSurrogate(second) else { throw .loneSurrogate(offset: start) }
        scalar = 0x10000 + ((UInt32(first) - 0xD800) << 10 | (UInt32(second) - 0xDC00))
        end += 6
      }
      guard let unicode = Unicode.Scalar(scalar) else { throw .loneSurrogate(offset: start) }
      decoded.append(contentsOf: UTF8.encode(unicode).unsafelyUnwrapped)
      return end
    default: throw failure(.escape, at: start + 1)
    }
    return start + 2
  }

  private func hexadecimal(at start: Int) throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for index in start..<start + 4 {
      guard index < bytes.count else { throw failure(.hexadecimalDigit, at: index) }
      let byte = bytes[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw failure(.hexadecimalDigit, at: index)
      }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}

/// Leads from an offset in a decoded string back to the bytes that it was written as.
///
/// Between two escapes both run in step, so one entry for each escape is enough.
package struct JSONOffsetMap: Sendable, Equatable {
  /// Offsets in the decoded text behind each escape, and the offsets behind its spelling; the first entry is the start.
  private var decoded: [Int]
  private var source: [Int]

  /// A map without escapes for a text that begins at the source's offset `start`.
  package init(start: Int) {
    decoded = [0]
    source = [start]
  }

  mutating func append(decoded decodedOffset: Int, source sourceOffset: Int) {
    decoded.append(decodedOffset)
    source.append(sourceOffset)
  }

  /// The source offset of the byte that `offset` of the decoded text was written as; the text's length gives the end.
  ///
  /// Cost: logarithmic in the number of escapes.
  package func sourceOffset(ofDecodedOffset offset: Int) -> Int {
    var low = 0
    var high = decoded.count
    // The last entry at or before the offset.
    while high - low > 1 {
      let middle = (low + high) / 2
      if decoded[middle] <= offset { low = middle } else { high = middle }
    }
    return source[low] + (offset - decoded[low])
  }
}
