extension JSONValue {
  /// The value as UTF-8 text: on one line, or with one member a line where `indentation` says how many blanks a level has.
  ///
  /// The same value always gives the same bytes. Control characters are escaped, everything else stands as it is.
  /// Integers up to 2^53 have no fraction, other numbers the shortest digits that read back as the same double.
  ///
  /// - Precondition: all numbers are finite; JSON has no spelling for the others.
  package func encoded(indentation: Int? = nil) -> [UInt8] {
    var output: [UInt8] = []
    append(to: &output, indentation: indentation, depth: 0)
    return output
  }

  private func append(to output: inout [UInt8], indentation: Int?, depth: Int) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): Self.append(value, to: &output)
    case .string(let text): Self.append(text, to: &output)
    case .array(let values):
      Self.appendList(
        values, brackets: (UInt8(ascii: "["), UInt8(ascii: "]")), to: &output, indentation: indentation, depth: depth
      ) { value, output in
        value.append(to: &output, indentation: indentation, depth: depth + 1)
      }
    case .object(let members):
      Self.appendList(
        members, brackets: (UInt8(ascii: "{"), UInt8(ascii: "}")), to: &output, indentation: indentation, depth: depth
      ) { member, output in
        Self.append(member.key, to: &output)
        output.append(UInt8(ascii: ":"))
        if indentation != nil { output.append(UInt8(ascii: " ")) }
        member.value.append(to: &output, indentation: indentation, depth: depth + 1)
      }
    }
  }

  private static func appendList<Element>(
    _ elements: [Element], brackets: (open: UInt8, close: UInt8), to output: inout [UInt8], indentation: Int?,
    depth: Int, append: (Element, inout [UInt8]) -> Void
  ) {
    output.append(brackets.open)
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      appendBreak(to: &output, indentation: indentation, depth: depth + 1)
      append(element, &output)
    }
    if !elements.isEmpty { appendBreak(to: &output, indentation: indentation, depth: depth) }
    output.append(brackets.close)
  }

  private static func appendBreak(to output: inout [UInt8], indentation: Int?, depth: Int) {
    guard let indentation else { return }
    output.append(0x0A)
    output.append(contentsOf: repeatElement(0x20, count: indentation * depth))
  }

  private static func append(_ value: Double, to output: inout [UInt8]) {
    precondition(value.isFinite, "JSON has no spelling for \(value)")
    // Minus zero keeps its sign only with a fraction.
    if value.magnitude <= 0x1p53, value.rounded(.towardZero) == value, value != 0 || value.sign == .plus {
      output.append(contentsOf: String(Int64(value)).utf8)
    } else {
      output.append(contentsOf: value.description.utf8)
    }
  }

  private static func append(_ text: String, to output: inout [UInt8]) {
    let hexadecimalDigits: StaticString = "0123456789abcdef"
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0x08: output.append(contentsOf: "\\b".utf8)
      case 0x0C: output.append(contentsOf: "\\f".utf8)
      case 0x0A: output.append(contentsOf: "\\n".utf8)
      case 0x0D: output.append(contentsOf: "\\r".utf8)
      case 0x09: output.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        output.append(contentsOf: "\\u00".utf8)
        output.append(hexadecimalDigits.utf8Start[Int(byte >> 4)])
        output.append(hexadecimalDigits.utf8Start[Int(byte & 0x0F)])
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
