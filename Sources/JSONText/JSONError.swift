/// Why bytes are not the JSON that they should be. Every case names the byte, counted from 0, at which reading stopped.
package enum JSONError: Error, Equatable, Sendable {
  /// Another byte stands where one of the grammar's choices should.
  case unexpectedByte(UInt8, offset: Int, expected: Expectation)
  /// The text ends too early.
  case unexpectedEnd(offset: Int, expected: Expectation)
  /// Arrays and objects are nested more than `limit` deep.
  case nestedTooDeeply(offset: Int, limit: Int)
  /// A string is not valid UTF-8.
  case invalidUTF8(offset: Int)
  /// A `\u` escape names one half of a surrogate pair without the other.
  case loneSurrogate(offset: Int)
  /// A number is too large for a double.
  case numberOutOfRange(offset: Int)

  /// What the grammar allows at a place.
  package enum Expectation: String, Sendable {
    case value = "a value"
    case key = "a key in quotes"
    case keyOrEnd = "a key in quotes or '}'"
    case colon = "':'"
    case commaOrObjectEnd = "',' or '}'"
    case commaOrArrayEnd = "',' or ']'"
    case object = "'{'"
    case digit = "a digit"
    case literal = "true, false or null"
    case escape = "one of \" \\ / b f n r t u after '\\'"
    case hexadecimalDigit = "four hexadecimal digits after '\\u'"
    case stringContent = "a character of the string or '\"' (control characters have to be escaped)"
    case end = "the end of the text"
  }

  /// The byte at which reading stopped, counted from 0.
  package var offset: Int {
    switch self {
    case .unexpectedByte(_, let offset, _), .unexpectedEnd(let offset, _), .nestedTooDeeply(let offset, _),
      .invalidUTF8(let offset), .loneSurrogate(let offset), .numberOutOfRange(let offset):
      offset
    }
  }
}

extension JSONError: CustomStringConvertible {
  /// One line for a message, without the name of the file and without the offset's frame, which only the caller knows.
  package var description: String {
    switch self {
    case .unexpectedByte(let byte, let offset, let expected):
      "byte \(offset): expected \(expected.rawValue), found \(Self.name(of: byte))"
    case .unexpectedEnd(let offset, let expected):
      "byte \(offset): expected \(expected.rawValue), but the text ends"
    case .nestedTooDeeply(let offset, let limit):
      "byte \(offset): arrays and objects are nested more than \(limit) deep"
    case .invalidUTF8(let offset):
      "byte \(offset): a string is not valid UTF-8"
    case .loneSurrogate(let offset):
      "byte \(offset): a \\u escape names half of a surrogate pair without the other half"
    case .numberOutOfRange(let offset):
      "byte \(offset): a number is too large"
    }
  }

  private static func name(of byte: UInt8) -> String {
    if byte > 0x20, byte < 0x7f { return "'\(Character(Unicode.Scalar(byte)))'" }
    let digits = String(byte, radix: 16)
    return "byte 0x" + (digits.utf8.count == 1 ? "0" : "") + digits
  }
}
