/// A value of JSON (RFC 8259), with the members of objects in the order of the text.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A finite number; integers up to 2^53 in magnitude are exact.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in order. A key that stands twice is kept twice.
  case object([Member])

  /// A key of an object with its value.
  package struct Member: Sendable, Equatable {
    package var key: String
    package var value: JSONValue

    package init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The deepest nesting of arrays and objects that is read; RFC 8259 lets a reader set such a limit.
  package static let greatestDepth = 64

  /// A whole number, which has to lie within ±2^53 to be exact.
  package static func integer(_ value: Int) -> JSONValue { .number(Double(value)) }

  /// The first member with this key; `nil` where there is none or the value is no object.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The number where it is whole and lies within ±2^53, and so says exactly which integer the text meant.
  package var integer: Int? {
    guard case .number(let value) = self, value.magnitude <= 0x1p53, value.rounded(.towardZero) == value else {
      return nil
    }
    return Int(value)
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  package var object: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral {
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
}

extension JSONValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  package init(integerLiteral value: Int) { self = .number(Double(value)) }
  package init(floatLiteral value: Double) { self = .number(value) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }
}
