import ByteStorage
package import SearchModel

/// Collects the fields of documents into columns, one for each name, type and form; see `FieldColumns`.
package struct FieldColumnsWriter {
  private var columns: [FieldColumn] = []
  private var numbers: [FieldColumn: Int] = [:]
  private var stores: [ColumnStore] = []
  private var documentCount = 0

  package init() {}

  /// A writer of the same columns for documents in another order.
  ///
  /// - Parameters:
  ///   - source: the columns as they are.
  ///   - documents: the numbers of the documents there.
  package init(
    _ source: FieldColumns, documents: [Int], _ readers: [StoredRecordReader]
  ) throws(IndexError) {
    for (number, column) in source.columns.enumerated() {
      let store = stores[add(column)]
      for (place, document) in documents.enumerated() {
        for value in try source.scalars(ofColumn: number, document: document, readers[number]) {
          store.append(value, document: place)
        }
      }
    }
    documentCount = documents.count
  }

  /// Appends the fields of the next document.
  package mutating func append(_ fields: [Field]) {
    for field in fields {
      var isList = false
      if case .list = field.value { isList = true }
      for (type, value) in field.value.scalars {
        let column = FieldColumn(name: field.name, type: type, isList: isList)
        let number = numbers[column] ?? add(column)
        stores[number].append(value, document: documentCount)
      }
    }
    documentCount += 1
  }

  /// The bytes of the section.
  package consuming func finish() -> [UInt8] {
    var header: [UInt8] = []
    header.append(variable: columns.count)
    for column in columns {
      header.append(text: column.name)
      header.append(column.type.rawValue)
      header.append(column.isList ? 1 : 0)
    }
    var parts = [header]
    for store in stores { parts += store.finish(documentCount: documentCount) }
    return SectionParts.encode(parts)
  }

  private mutating func add(_ column: FieldColumn) -> Int {
    columns.append(column)
    stores.append(ColumnStore(column.type))
    numbers[column] = columns.count - 1
    return columns.count - 1
  }
}

/// The values of one column while it is being built.
private final class ColumnStore {
  private let type: FieldColumn.ValueType
  private var starts = PackedColumnWriter()
  private var values: [UInt64] = []
  /// Bytes of each distinct value, numbered as they first appear; unused for numbers and texts.
  private var known: [[UInt8]: UInt64] = [:]
  private var texts: StoredRecordsWriter? = StoredRecordsWriter()
  private var textBytes: [UInt8] = []

  init(_ type: FieldColumn.ValueType) { self.type = type }

  func append(_ value: FieldValue, document: Int) {
    while starts.count <= document { starts.append(values.count) }
    switch value {
    case .number(let number): values.append(number.bitPattern)
    case .text(let text):
      texts?.append(text.utf8, to: &textBytes)
      values.append(UInt64(values.count))
    case .keyword(let label): values.append(ordinal(of: Array(label.utf8)))
    case .boolean(let truth): values.append(ordinal(of: Array((truth ? "true" : "false").utf8)))
    case .date(let date):
      // Dates sort by time, so their seconds lead, shifted to be unsigned and with the highest byte first.
      var bytes: [UInt8] = []
      bytes.append(littleEndian: UInt64(bitPattern: date.secondsSince1970 &+ .min).byteSwapped)
      bytes += Array(date.text.utf8)
      values.append(ordinal(of: bytes))
    case .list: preconditionFailure("lists are laid flat before")
    }
  }

  func finish(documentCount: Int) -> [[UInt8]] {
    while starts.count <= documentCount { starts.append(values.count) }
    if !known.isEmpty {
      let sorted = known.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      var ranks = [UInt64](repeating: 0, count: sorted.count)
      for (rank, entry) in sorted.enumerated() {
        ranks[Int(entry.value)] = UInt64(rank)
        texts?.append(entry.key, to: &textBytes)
      }
      for index in values.indices { values[index] = ranks[Int(values[index])] }
    }
    texts.take()?.finish(to: &textBytes)
    return [starts.finish(), PackedColumnWriter.encode(values), textBytes]
  }

  private func ordinal(of bytes: [UInt8]) -> UInt64 {
    if let ordinal = known[bytes] { return ordinal }
    known[bytes] = UInt64(known.count)
    return UInt64(known.count - 1)
  }
}
