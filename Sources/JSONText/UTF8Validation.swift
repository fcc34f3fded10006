/// The offset of the first byte in `range` that breaks UTF-8 (Unicode 15, table 3-7), or `nil` where all is valid.
///
/// A sequence has to end within the range. Words of eight ASCII bytes are passed over at once.
package func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> Int? {
  guard let base = bytes.baseAddress else { return nil }
  let raw = UnsafeRawPointer(base)
  let end = range.upperBound
  var index = range.lowerBound
  while index < end {
    let lead = base[index]
    if lead < 0x80 {
      while index + 8 <= end,
        raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
      }
      while index < end, base[index] < 0x80 { index += 1 }
      continue
    }
    if lead >= 0xE0, lead < 0xF0 {
      guard index + 2 < end, base[index + 1] & 0xC0 == 0x80, base[index + 2] & 0xC0 == 0x80 else { return index }
      let second = base[index + 1]
      // E0 must not be overlong, ED must not name a surrogate.
      if lead == 0xE0 && second < 0xA0 || lead == 0xED && second >= 0xA0 { return index }
      index += 3
    } else if lead >= 0xC2, lead < 0xE0 {
      guard index + 1 < end, base[index + 1] & 0xC0 == 0x80 else { return index }
      index += 2
    } else if lead >= 0xF0, lead < 0xF5 {
      guard index + 3 < end, base[index + 1] & 0xC0 == 0x80, base[index + 2] & 0xC0 == 0x80,
        base[index + 3] & 0xC0 == 0x80
      else { return index }
      let second = base[index + 1]
      if lead == 0xF0 && second < 0x90 || lead == 0xF4 && second >= 0x90 { return index }
      index += 4
    } else {
      return index
    }
  }
  return nil
}
