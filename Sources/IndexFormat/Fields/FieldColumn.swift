package import SearchModel

/// What tells one column of fields from another.
package struct FieldColumn: Sendable, Hashable {
  /// The type of a column's values; the raw value is its number on disk.
  package enum ValueType: UInt8, Sendable, CaseIterable {
    case keyword = 1
    case text = 2
    case number = 3
    case date = 4
    case boolean = 5

    /// The name shown by `suo stats`.
    package var name: String { String(describing: self) }
  }

  package var name: String
  package var type: ValueType
  /// True where the values of a document are a list, even of one.
  package var isList: Bool
}

extension FieldValue {
  /// The scalars of this value with their types, nested lists laid flat.
  package var scalars: [(FieldColumn.ValueType, FieldValue)] {
    switch self {
    case .keyword: [(.keyword, self)]
    case .text: [(.text, self)]
    case .number: [(.number, self)]
    case .date: [(.date, self)]
    case .boolean: [(.boolean, self)]
    case .list(let values): values.flatMap(\.scalars)
    }
  }
}
