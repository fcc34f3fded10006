import ByteStorage
import SearchModel
import TestSupport
import Testing

@testable import IndexFormat

struct FieldColumnsTests {
  private func encoded(_ documents: [[Field]]) -> [UInt8] {
    var writer = FieldColumnsWriter()
    for fields in documents { writer.append(fields) }
    return writer.finish()
  }

  private func opened(_ documents: [[Field]]) throws -> FieldColumns {
    try FieldColumns(SectionBytes(.fields, encoded(documents)), documentCount: documents.count)
  }

  /// What is kept of fields: values of one name, type and form are together, in the order in which columns first appear.
  private func kept(_ fields: [Field], _ columns: [FieldColumn]) -> [Field] {
    columns.compactMap { column in
      let values = fields.flatMap { field -> [FieldValue] in
        var isList = false
        if case .list = field.value { isList = true }
        guard field.name == column.name, isList == column.isList else { return [] }
        return field.value.scalars.filter { $0.0 == column.type }.map { $0.1 }
      }
      if values.isEmpty { return nil }
      return Field(name: column.name, value: column.isList || values.count > 1 ? .list(values) : values[0])
    }
  }

  @Test(arguments: Seeds.first(8))
  func fieldsComeBack(seed: UInt64) throws {
    var generator = RandomDocuments(seed: seed)
    let documents = generator.documents(count: 200, words: 0...0).map(\.fields)
    let columns = try opened(documents)
    let readers = columns.makeReaders()
    for (index, fields) in documents.enumerated() {
      #expect(try columns.fields(of: index, readers) == kept(fields, columns.columns), "seed \(seed)")
    }
    #expect(throws: IndexError.self) { try columns.fields(of: documents.count, readers) }
  }

  @Test func everyTypeKeepsItsExtremes() throws {
    let fields = [
      Field(name: "a", value: .number(-.infinity)), Field(name: "b", value: .number(.leastNonzeroMagnitude)),
      Field(name: "c", value: .number(-0.0)), Field(name: "d", value: .keyword("")), Field(name: "", value: .text("焦")),
      Field(name: "e", value: .date(Timestamp(text: "", secondsSince1970: .min))),
      Field(name: "f", value: .date(Timestamp(text: "9999", secondsSince1970: .max))),
      Field(name: "g", value: .list([.boolean(true), .boolean(false), .boolean(true)])),
      Field(name: "h", value: .list([.text("one")])), Field(name: "i", value: .list([])),
    ]
    let columns = try opened([[], fields, []])
    let readers = columns.makeReaders()
    #expect(try columns.fields(of: 1, readers) == fields.dropLast())
    #expect(try columns.fields(of: 0, readers).isEmpty)
    #expect(try columns.fields(of: 2, readers).isEmpty)
    #expect(columns.columns.map(\.name) == ["a", "b", "c", "d", "", "e", "f", "g", "h"])
    #expect(columns.valueCount(ofColumn: 7) == 3)
  }

  @Test func typesHaveTheirNumbers() {
    #expect(FieldColumn.ValueType.allCases.map(\.rawValue) == [1, 2, 3, 4, 5])
    #expect(FieldColumn.ValueType.allCases.map(\.name) == ["keyword", "text", "number", "date", "boolean"])
  }

  @Test(arguments: Seeds.first(5))
  func damagedColumnsAreReadOrRefused(seed: UInt64) {
    var documents = RandomDocuments(seed: seed)
    var generator = SeededGenerator(seed: seed)
    let fields = documents.documents(count: 40, words: 0...0).map(\.fields)
    let bytes = encoded(fields)
    for count in 0..<bytes.count where count < 100 || count > bytes.count - 100 {
      #expect(throws: IndexError.self) {
        try FieldColumns(SectionBytes(.fields, bytes.prefix(count)), documentCount: fields.count)
      }
    }
    for _ in 0..<200 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = generator.pick([0, 0x7F, 0x80, 0xFF, 64])
      }
      guard let columns = try? FieldColumns(SectionBytes(.fields, damaged), documentCount: fields.count) else {
        continue
      }
      let readers = columns.makeReaders()
      for index in fields.indices { _ = try? columns.fields(of: index, readers) }
    }
  }
}
