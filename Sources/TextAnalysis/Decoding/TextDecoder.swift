#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Turns the bytes of a file into UTF-8.
///
/// A byte order mark decides; without one, valid UTF-8 is UTF-8; of the rest, the East Asian encodings and windows-1252
/// are tried, and the one whose text looks most like its language is taken. The whole file is looked at, so a character
/// cut by the edge of a buffer cannot mislead.
package enum TextDecoder {
  /// Decodes a whole file.
  package static func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(TextDecodingError) -> DecodedText {
    if let mark = ByteOrderMark(bytes) {
      let rest = UnsafeBufferPointer(rebasing: bytes[mark.length...])
      guard mark == .utf8 else {
        return try ICUDecoding.decode(rest, encoding: mark.encoding, start: mark.length)
      }
      if let offset = UTF8Validation(rest).firstMalformed { throw .malformedUTF8(offset: mark.length + offset) }
      try refuseZeroBytes(rest, start: mark.length)
      return DecodedText(utf8: Array(rest), markLength: mark.length)
    }
    try refuseZeroBytes(bytes, start: 0)
    let validation = UTF8Validation(bytes)
    guard let malformed = validation.firstMalformed else { return DecodedText(utf8: Array(bytes), markLength: 0) }
    // A text of another encoding hits upon well-formed UTF-8 for some pairs of bytes, but never for nine of ten.
    if validation.wellFormedHighBytes >= 9 * validation.malformedHighBytes {
      throw .malformedUTF8(offset: malformed)
    }
    if let text = try LegacyEncoding.mostPlausible(for: bytes) { return text }
    throw .unknownEncoding(offset: malformed)
  }

  private static func refuseZeroBytes(
    _ bytes: UnsafeBufferPointer<UInt8>, start: Int
  ) throws(TextDecodingError) {
    guard let base = bytes.baseAddress, let found = memchr(base, 0, bytes.count) else { return }
    throw .binary(offset: start + (UnsafeRawPointer(found) - UnsafeRawPointer(base)))
  }
}

/// The marks by which a file says its encoding.
enum ByteOrderMark {
  case utf8, utf16LittleEndian, utf16BigEndian, utf32LittleEndian, utf32BigEndian

  /// The mark at the beginning of a file, if there is one.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    func begins(_ mark: [UInt8]) -> Bool { bytes.count >= mark.count && bytes.prefix(mark.count).elementsEqual(mark) }
    if begins([0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else if begins([0xFF, 0xFE, 0, 0]) {
      self = .utf32LittleEndian
    } else if begins([0, 0, 0xFE, 0xFF]) {
      self = .utf32BigEndian
    } else if begins([0xFF, 0xFE]) {
      self = .utf16LittleEndian
    } else if begins([0xFE, 0xFF]) {
      self = .utf16BigEndian
    } else {
      return nil
    }
  }

  /// Bytes that the mark takes.
  var length: Int {
    switch self {
    case .utf8: 3
    case .utf16LittleEndian, .utf16BigEndian: 2
    case .utf32LittleEndian, .utf32BigEndian: 4
    }
  }

  /// The IANA name of the encoding.
  var encoding: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    case .utf32LittleEndian: "UTF-32LE"
    case .utf32BigEndian: "UTF-32BE"
    }
  }
}
