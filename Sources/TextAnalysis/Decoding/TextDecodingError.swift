/// Why the bytes of a file are not taken as text. Offsets count bytes of the file from 0.
package enum TextDecodingError: Error, Equatable, Sendable {
  /// A zero byte: the file is binary, or UTF-16 or UTF-32 without a byte order mark.
  case binary(offset: Int)
  /// The file is UTF-8 except for the bytes at `offset`.
  case malformedUTF8(offset: Int)
  /// The byte order mark names an encoding that the bytes at `offset` do not follow.
  case malformed(encoding: String, offset: Int)
  /// Not UTF-8 from `offset` on, and no other encoding that Suo knows gives plausible text.
  case unknownEncoding(offset: Int)
  /// 2 GiB or more in another encoding than UTF-8.
  case tooLong(byteCount: Int)
  /// ICU has no converter for `encoding`; `code` is ICU's name of the failure.
  case converterUnavailable(encoding: String, code: String)
}

extension TextDecodingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .binary(let offset):
      "zero byte at byte \(offset): this is binary data, or UTF-16 or UTF-32 without a byte order mark;"
        + " convert it to UTF-8 or leave the file out"
    case .malformedUTF8(let offset):
      "malformed UTF-8 at byte \(offset) in a file that is otherwise UTF-8; repair the file or convert it to UTF-8"
    case .malformed(let encoding, let offset):
      "byte \(offset) is malformed in \(encoding), which the byte order mark announces; convert the file to UTF-8"
    case .unknownEncoding(let offset):
      "not UTF-8 (byte \(offset)), and none of GB18030, Big5, Shift_JIS, EUC-KR and windows-1252 gives plausible text;"
        + " convert the file to UTF-8"
    case .tooLong(let byteCount):
      "\(byteCount) bytes in another encoding than UTF-8 are more than the 2147483647 that can be converted;"
        + " convert the file to UTF-8"
    case .converterUnavailable(let encoding, let code):
      "ICU cannot convert from \(encoding) (\(code)); convert the file to UTF-8"
    }
  }
}
