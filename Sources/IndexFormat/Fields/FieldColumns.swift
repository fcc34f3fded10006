import ByteStorage
package import SearchModel

/// The typed fields of a segment's documents.
///
/// Parts: a table of the columns (number of columns; name, type u8, isList u8 of each); then for each column where the
/// values of each document begin, with the number of values last; the values; and stored records. A number is its IEEE
/// 754 bits. Any other value is the ordinal of a record: of the texts in their order, or of the sorted distinct keywords,
/// booleans and dates. A date's record is its seconds since 1970 plus 2^63, highest byte first, then its text.
package struct FieldColumns: Sendable {
  /// The columns in the order in which the documents first use them.
  package let columns: [FieldColumn]
  private let section: SectionBytes
  private let starts: [PackedColumn]
  private let values: [PackedColumn]
  private let records: [StoredRecords]

  package init(_ section: SectionBytes, documentCount: Int) throws(IndexError) {
    self.section = section
    var columns: [FieldColumn] = []
    var starts: [PackedColumn] = []
    var values: [PackedColumn] = []
    var records: [StoredRecords] = []
    let parts = try section.reading { () throws(StorageError) in try SectionParts.decode(section.view) }
    do throws(StorageError) {
      guard let header = parts.first else { throw .inconsistent(reason: "expected a table of columns") }
      var cursor = ByteCursor(header)
      let count = try cursor.readVariable(atMost: header.count)
      guard parts.count == 1 + 3 * count else {
        throw .inconsistent(reason: "expected \(1 + 3 * count) parts, found \(parts.count)")
      }
      for index in 0..<count {
        let name = try cursor.readText()
        guard let type = FieldColumn.ValueType(rawValue: try cursor.read(UInt8.self)) else {
          throw .inconsistent(reason: "column \(name) has no known type")
        }
        columns.append(FieldColumn(name: name, type: type, isList: try cursor.read(UInt8.self) != 0))
        starts.append(try PackedColumn(parts[1 + 3 * index]))
        values.append(try PackedColumn(parts[2 + 3 * index]))
        guard starts[index].count == documentCount + 1 else {
          throw .inconsistent(reason: "expected \(documentCount + 1) rows, found \(starts[index].count)")
        }
      }
    } catch { throw section.damaged(error) }
    for index in columns.indices { records.append(try StoredRecords(parts[3 + 3 * index], in: section)) }
    (self.columns, self.starts, self.values, self.records) = (columns, starts, values, records)
  }

  /// How many values a column has.
  package func valueCount(ofColumn column: Int) -> Int { values[column].count }

  /// Readers of the records of all columns, for one thread.
  ///
  /// - Parameter memory: bytes that they may keep together where documents are read in another order.
  package func makeReaders(memory: Int = 0) -> [StoredRecordReader] {
    records.map { $0.makeReader(memory: memory / records.count) }
  }

  /// The fields of a document, in the order of the columns.
  package func fields(of document: Int, _ readers: [StoredRecordReader]) throws(IndexError) -> [Field] {
    var fields: [Field] = []
    for index in columns.indices {
      let scalars = try scalars(ofColumn: index, document: document, readers[index])
      guard !scalars.isEmpty else { continue }
      let isList = columns[index].isList || scalars.count > 1
      fields.append(Field(name: columns[index].name, value: isList ? .list(scalars) : scalars[0]))
    }
    return fields
  }

  /// The values that a document has in a column.
  func scalars(
    ofColumn column: Int, document: Int, _ reader: StoredRecordReader
  ) throws(IndexError) -> [FieldValue] {
    let range = try section.reading { () throws(StorageError) in
      let start = try starts[column].ordinal(document, atMost: values[column].count)
      let end = try starts[column].ordinal(document + 1, atMost: values[column].count)
      guard start <= end else { throw .inconsistent(reason: "document \(document) ends before it begins") }
      return start..<end
    }
    var scalars: [FieldValue] = []
    for row in range { scalars.append(try scalar(column: column, row: row, reader)) }
    return scalars
  }

  private func scalar(column: Int, row: Int, _ reader: StoredRecordReader) throws(IndexError) -> FieldValue {
    let value = try section.reading { () throws(StorageError) in try values[column][row] }
    if columns[column].type == .number { return .number(Double(bitPattern: value)) }
    guard value < UInt64(records[column].count) else {
      throw section.damaged("expected a value below \(records[column].count), found \(value)")
    }
    let record = try reader.record(Int(value))
    switch columns[column].type {
    case .keyword: return .keyword(try text(record))
    case .text: return .text(try text(record))
    case .boolean:
      let label = try text(record)
      guard let truth = Bool(label) else { throw section.damaged("expected true or false, found \(label)") }
      return .boolean(truth)
    case .date:
      guard record.count >= 8 else { throw section.damaged("expected a date of at least 8 bytes") }
      let shifted = record.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return .date(
        Timestamp(
          text: try text(record.dropFirst(8)),
          secondsSince1970: Int64(bitPattern: shifted) &- .min))
    case .number: preconditionFailure("numbers are no records")
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(IndexError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw section.damaged("expected UTF-8 in a value of a field")
    }
    return text
  }
}
