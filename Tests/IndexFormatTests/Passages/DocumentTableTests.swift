import ByteStorage
import SearchModel
import TestSupport
import Testing

@testable import IndexFormat

struct DocumentTableTests {
  /// Documents with and without passages; the first and the last may have none.
  private func documents(_ seed: UInt64) -> [Document] {
    var generator = RandomDocuments(seed: seed)
    return generator.documents(count: 300, passages: 0...2, words: 0...0)
  }

  private func encoded(_ documents: [Document]) -> [UInt8] {
    var writer = DocumentTableWriter()
    var passages = 0
    for document in documents {
      writer.append(
        DocumentRecord(id: document.id, path: document.path, title: document.title), firstPassage: passages)
      passages += document.passages.count
    }
    #expect(writer.count == documents.count)
    return writer.finish(passageCount: passages)
  }

  @Test(arguments: Seeds.first(5))
  func documentsComeBack(seed: UInt64) throws {
    let documents = documents(seed)
    let table = try DocumentTable(SectionBytes(.documents, encoded(documents)))
    #expect(table.count == documents.count)
    let reader = table.makeReader()
    var next = 0
    for (index, document) in documents.enumerated() {
      let record = try table.record(index, reader)
      #expect(record == DocumentRecord(id: document.id, path: document.path, title: document.title), "seed \(seed)")
      let range = next..<(next + document.passages.count)
      #expect(try table.passages(of: index) == range, "seed \(seed)")
      for passage in range { #expect(try table.document(of: passage) == index, "seed \(seed)") }
      next = range.upperBound
    }
    #expect(throws: IndexError.self) { try table.document(of: next) }
    #expect(throws: IndexError.self) { try table.record(documents.count, reader) }
  }

  @Test func anEmptyTableHasNoDocuments() throws {
    let table = try DocumentTable(SectionBytes(.documents, encoded([])))
    #expect(table.count == 0)
    #expect(throws: IndexError.self) { try table.document(of: 0) }
  }

  @Test(arguments: Seeds.first(5))
  func damagedTablesAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = encoded(documents(seed))
    for count in 0..<bytes.count where count < 200 || count > bytes.count - 200 {
      #expect(throws: IndexError.self) { try DocumentTable(SectionBytes(.documents, bytes.prefix(count))) }
    }
    for _ in 0..<200 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = generator.pick([0, 0x7F, 0x80, 0xFF, 64])
      }
      guard let table = try? DocumentTable(SectionBytes(.documents, damaged)) else { continue }
      let reader = table.makeReader()
      for index in 0..<min(table.count, 50) {
        _ = try? table.record(index, reader)
        _ = try? table.passages(of: index)
        _ = try? table.document(of: index)
      }
    }
  }
}
