/// Walks over JSON bytes token by token; the parser and the record reader share it.
struct JSONScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var offset: Int
  /// True where the bytes are known to be UTF-8.
  private let isUTF8: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int = 0, isUTF8: Bool = false) {
    self.bytes = bytes
    self.offset = offset
    self.isUTF8 = isUTF8
  }

  /// The content of a string between its quotes.
  struct StringContent {
    var range: Range<Int>
    var hasEscapes: Bool
  }

  var isAtEnd: Bool { offset == bytes.count }

  var peeked: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func advance() { offset += 1 }

  mutating func skipBlanks() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  /// The error that fits what stands at `place` (the current place where none is given).
  func failure(_ expected: JSONError.Expectation, at place: Int? = nil) -> JSONError {
    let place = place ?? offset
    return place < bytes.count
      ? .unexpectedByte(bytes[place], offset: place, expected: expected)
      : .unexpectedEnd(offset: bytes.count, expected: expected)
  }

  mutating func expect(_ byte: UInt8, _ expected: JSONError.Expectation) throws(JSONError) {
    guard peeked == byte else { throw failure(expected) }
    offset += 1
  }

  /// Passes over a string, checks that its bytes are UTF-8 and leaves its escapes for `decode`.
  mutating func scanString(_ expected: JSONError.Expectation) throws(JSONError) -> StringContent {
    try expect(UInt8(ascii: "\""), expected)
    let start = offset
    var hasEscapes = false
    var index = offset
    while true {
      index = endOfPlainRun(from: index)
      guard index < bytes.count else {
        throw .unexpectedEnd(offset: bytes.count, expected: .stringContent)
      }
      switch bytes[index] {
      case UInt8(ascii: "\""):
        if !isUTF8, let broken = firstInvalidUTF8(bytes, in: start..<index) { throw .invalidUTF8(offset: broken) }
        offset = index + 1
        return StringContent(range: start..<index, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        guard index + 1 < bytes.count else { throw .unexpectedEnd(offset: bytes.count, expected: .escape) }
        index += 2
      default:
        throw failure(.stringContent, at: index)
      }
    }
  }

  /// The first quote, backslash or control character at or after `start`, eight bytes a step.
  private func endOfPlainRun(from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    let raw = UnsafeRawPointer(base)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quotes = ones &* UInt64(UInt8(ascii: "\""))
    let backslashes = ones &* UInt64(UInt8(ascii: "\\"))
    var index = start
    while index + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let quote = word ^ quotes
      let backslash = word ^ backslashes
      // A byte's high bit in `found` is set for a stop byte; above the lowest stop it may be set wrongly, which the
      // byte loop below puts right.
      let found =
        ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word) & highs
      if found != 0 { return index + UInt64(littleEndian: found).trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      let byte = base[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return index }
      index += 1
    }
    return index
  }

  /// Passes over a number by the grammar of RFC 8259, section 6.
  mutating func scanNumber() throws(JSONError) -> Double {
    let start = offset
    if peeked == UInt8(ascii: "-") { offset += 1 }
    let firstDigit = offset
    try skipDigits()
    // A leading zero stands alone.
    if bytes[firstDigit] == UInt8(ascii: "0"), offset > firstDigit + 1 { throw failure(.end, at: firstDigit + 1) }
    var isWhole = true
    if peeked == UInt8(ascii: ".") {
      isWhole = false
      offset += 1
      try skipDigits()
    }
    if peeked == UInt8(ascii: "e") || peeked == UInt8(ascii: "E") {
      isWhole = false
      offset += 1
      if peeked == UInt8(ascii: "+") || peeked == UInt8(ascii: "-") { offset += 1 }
      try skipDigits()
    }
    if isWhole, firstDigit == start, offset - start <= 15 {
      var whole = 0
      for index in start..<offset { whole = whole * 10 + Int(bytes[index] & 0x0F) }
      return Double(whole)
    }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<offset]), as: UTF8.self)
    guard let value = Double(text), value.isFinite else { throw .numberOutOfRange(offset: start) }
    return value
  }

  private mutating func skipDigits() throws(JSONError) {
    let start = offset
    while let byte = peeked, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
    if offset == start { throw failure(.digit) }
  }

  /// Passes over the literal `word`.
  mutating func scanLiteral(_ word: StaticString) throws(JSONError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard peeked == word.utf8Start[index] else { throw failure(.literal) }
      offset += 1
    }
  }

  /// Passes over an array or object by its brackets alone; what stands between them is checked when it is parsed.
  mutating func skipNested() throws(JSONError) {
    var depth = 0
    repeat {
      guard let byte = peeked else { throw failure(.value) }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        if depth >= JSONValue.greatestDepth {
          throw .nestedTooDeeply(offset: offset, limit: JSONValue.greatestDepth)
        }
        offset += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        offset += 1
      case UInt8(ascii: "\""):
        _ = try scanString(.value)
      default:
        offset += 1
      }
    } while depth > 0
  }
}
