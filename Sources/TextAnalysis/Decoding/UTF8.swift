/// The code point at `index` and its length in bytes. The text has to be valid UTF-8 and `index` the start of a sequence.
@inline(__always)
func decodeUTF8(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
  let first = UInt32(text[index])
  if first < 0x80 { return (first, 1) }
  let second = UInt32(text[index + 1]) & 0x3F
  if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
  let third = UInt32(text[index + 2]) & 0x3F
  if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
  return ((first & 0x07) << 18 | second << 12 | third << 6 | UInt32(text[index + 3]) & 0x3F, 4)
}

/// How the bytes of a text stand to UTF-8.
struct UTF8Validation {
  /// Offset of the first byte that is not part of a well-formed sequence, or `nil`.
  var firstMalformed: Int?
  /// Bytes of 0x80 and above in well-formed sequences.
  var wellFormedHighBytes = 0
  /// Bytes of 0x80 and above outside well-formed sequences.
  var malformedHighBytes = 0

  /// Goes through all of `text`, also beyond the first malformed byte.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    let count = text.count
    while index < count {
      if text[index] < 0x80 {
        index += 1
        while index + 8 <= count,
          UnsafeRawPointer(text.baseAddress! + index).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index += 8
        }
        continue
      }
      let length = Self.sequenceLength(text, at: index)
      if length == 0 {
        if firstMalformed == nil { firstMalformed = index }
        malformedHighBytes += 1
        index += 1
      } else {
        wellFormedHighBytes += length
        index += length
      }
    }
  }

  /// The length of the well-formed sequence of two to four bytes at `index`, or 0 where there is none.
  ///
  /// Source: The Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences".
  private static func sequenceLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let first = text[index]
    let left = text.count - index
    func continues(_ offset: Int) -> Bool { text[index + offset] & 0xC0 == 0x80 }
    switch first {
    case 0xC2...0xDF:
      return left >= 2 && continues(1) ? 2 : 0
    case 0xE0...0xEF:
      guard left >= 3, continues(1), continues(2) else { return 0 }
      if first == 0xE0 && text[index + 1] < 0xA0 { return 0 }  // overlong
      if first == 0xED && text[index + 1] > 0x9F { return 0 }  // surrogate
      return 3
    case 0xF0...0xF4:
      guard left >= 4, continues(1), continues(2), continues(3) else { return 0 }
      if first == 0xF0 && text[index + 1] < 0x90 { return 0 }  // overlong
      if first == 0xF4 && text[index + 1] > 0x8F { return 0 }  // above U+10FFFF
      return 4
    default:
      return 0
    }
  }
}
