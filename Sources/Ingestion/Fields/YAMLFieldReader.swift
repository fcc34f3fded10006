import SearchModel
import Yams

/// Collects typed fields from YAML nodes, within bounds that keep aliases from multiplying without end.
struct YAMLFieldReader {
  static let mostValues = 10_000

  private(set) var fields: [Field] = []
  private(set) var isExhausted = false
  private var count = 0

  mutating func read(name: String, value: Node) {
    guard !isExhausted else { return }
    if case .mapping(let mapping) = value {
      for (key, value) in mapping where key.scalar != nil {
        read(name: "\(name).\(key.scalar?.string ?? "")", value: value)
      }
    } else if let value = self.value(of: value) {
      fields.append(Field(name: name, value: value))
    }
  }

  private mutating func value(of node: Node) -> FieldValue? {
    count += 1
    guard count <= Self.mostValues else {
      isExhausted = true
      return nil
    }
    switch node {
    case .scalar(let scalar):
      return Self.value(of: scalar)
    case .sequence(let sequence):
      let values = sequence.compactMap { value(of: $0) }
      return values.isEmpty ? nil : .list(values)
    case .mapping(let mapping):
      // A mapping within a list keeps its values; its keys have no place in a list of values.
      let values = mapping.compactMap { value(of: $0.value) }
      return values.isEmpty ? nil : .list(values)
    case .alias:
      return nil
    }
  }

  /// The types of YAML 1.2's core schema, with dates; quoted text is a date or text only.
  private static func value(of scalar: Node.Scalar) -> FieldValue? {
    if scalar.style == .plain || scalar.style == .any {
      switch scalar.string {
      case "", "~", "null", "Null", "NULL": return nil
      case "true", "True", "TRUE": return .boolean(true)
      case "false", "False", "FALSE": return .boolean(false)
      default:
        if let number = number(scalar.string) { return .number(number) }
      }
    }
    return FieldTyping.value(ofString: scalar.string)
  }

  /// A decimal number without leading zeros that a double holds exactly, if it is whole.
  private static func number(_ text: String) -> Double? {
    var bytes = text.utf8[...]
    if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    guard let first = bytes.first, (first >= 0x30 && first <= 0x39) || first == UInt8(ascii: "."),
      bytes.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || [0x2E, 0x65, 0x45, 0x2B, 0x2D].contains($0) }),
      !(first == 0x30 && bytes.count > 1 && bytes.dropFirst().first != UInt8(ascii: ".")),
      let value = Double(text), value.isFinite
    else { return nil }
    let isWhole = bytes.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    return isWhole && value.magnitude > 0x1p53 ? nil : value
  }
}
