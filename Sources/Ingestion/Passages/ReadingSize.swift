/// Measures how much there is to read: thirds of a reading character (see `PassageSizes`), so that sums stay whole.
enum ReadingSize {
  static let thirdsInCharacter = 3

  static func thirds(of range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var sum = 0
    for index in range { sum += weight(ofByte: text[index]) }
    return sum
  }

  /// What the character that begins with this byte counts; 0 for the bytes that continue a character.
  ///
  /// Characters from U+3000 on, where Han, kana and Hangul stand, have lead bytes from E3 on and count a whole.
  @inline(__always)
  static func weight(ofByte byte: UInt8) -> Int {
    if byte < 0x80 { return 1 }
    if byte < 0xC0 { return 0 }
    return byte < 0xE3 ? 1 : thirdsInCharacter
  }

  /// Columns that a line takes on a terminal, at most `limit`.
  static func columns(of range: Range<Int>, in text: UnsafeBufferPointer<UInt8>, limit: Int) -> Int {
    var sum = 0
    for index in range {
      let byte = text[index]
      sum += byte < 0x80 ? 1 : byte < 0xC0 ? 0 : byte < 0xE3 ? 1 : 2
      if sum >= limit { return limit }
    }
    return sum
  }
}
