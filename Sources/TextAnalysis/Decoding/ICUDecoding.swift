internal import CICU

/// Decoding through ICU's converters.
enum ICUDecoding {
  /// Decodes `bytes`, which begin at the byte `start` of the file.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, encoding: String, start: Int
  ) throws(TextDecodingError) -> DecodedText {
    // No encoding gives more UTF-16 units than bytes; the room to spare lets ICU finish without coming back.
    let capacity = bytes.count + 16
    guard capacity <= Int32.max else { throw .tooLong(byteCount: bytes.count) }
    var status: Int32 = 0
    guard let converter = cicu_converter_open(encoding, &status) else {
      throw .converterUnavailable(encoding: encoding, code: String(cString: cicu_status_name(status)))
    }
    defer { cicu_converter_close(converter) }
    let units = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: capacity)
    let offsets = UnsafeMutableBufferPointer<Int32>.allocate(capacity: capacity)
    defer {
      units.deallocate()
      offsets.deallocate()
    }
    guard let base = bytes.baseAddress else {
      return DecodedText(text: [], encoding: encoding, lengths: ScalarLengths(start: start))
    }
    var consumed: Int32 = 0
    var malformed: Int32 = 0
    let count = cicu_convert(
      converter, base, Int32(bytes.count), true, units.baseAddress!, Int32(capacity), offsets.baseAddress!, &consumed,
      &malformed, &status)
    guard status == 0 else {
      throw .malformed(encoding: encoding, offset: start + Int(max(0, consumed - malformed)))
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 2)
    var lengths = ScalarLengths(start: start)
    var index = 0
    while index < Int(count) {
      let first = index
      var scalar = UInt32(units[index])
      index += 1
      if scalar & 0xFC00 == 0xD800, index < Int(count) {
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + UInt32(units[index]) & 0x3FF
        index += 1
      }
      let end = index < Int(count) ? Int(offsets[index]) : bytes.count
      guard let unicode = Unicode.Scalar(scalar) else {
        throw .malformed(encoding: encoding, offset: start + Int(offsets[first]))
      }
      lengths.append(text: text.count, sourceLength: end - Int(offsets[first]))
      text.append(contentsOf: UTF8.encode(unicode)!)
    }
    return DecodedText(text: text, encoding: encoding, lengths: lengths)
  }
}
