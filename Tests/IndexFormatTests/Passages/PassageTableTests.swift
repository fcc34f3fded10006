import ByteStorage
import SearchModel
import TestSupport
import Testing

@testable import IndexFormat

struct PassageTableTests {
  private func passages(_ seed: UInt64) -> [Passage] {
    var generator = RandomDocuments(seed: seed)
    return generator.documents(count: 60, words: 0...2).flatMap(\.passages)
  }

  private func encoded(_ passages: [Passage]) -> [UInt8] {
    var writer = PassageTableWriter()
    for passage in passages { writer.append(passage) }
    #expect(writer.count == passages.count)
    #expect(
      writer.countByLanguage
        == PassageTable.languages.map { language in passages.filter { $0.language == language }.count })
    return writer.finish()
  }

  @Test(arguments: Seeds.first(5))
  func placesComeBack(seed: UInt64) throws {
    let passages = passages(seed)
    let table = try PassageTable(SectionBytes(.passages, encoded(passages)))
    #expect(table.count == passages.count)
    let reader = table.makeHeadingReader()
    for (index, passage) in passages.enumerated() {
      let place = try table.place(of: index)
      #expect(place.range == passage.range, "seed \(seed)")
      #expect(place.line == passage.line, "seed \(seed)")
      #expect(place.language == passage.language, "seed \(seed)")
      #expect(try table.language(of: index) == passage.language, "seed \(seed)")
      #expect(try table.headings(place.headingPath, reader) == passage.headings, "seed \(seed)")
    }
    #expect(throws: IndexError.self) { try table.place(of: passages.count) }
    #expect(throws: IndexError.self) { try table.place(of: -1) }
  }

  @Test func everyLanguageHasANumber() {
    #expect(Set(PassageTable.languages) == Set(Language.allCases))
    #expect(PassageTable.languages.count == Language.allCases.count)
  }

  @Test func shortBytesAreRefused() {
    let bytes = encoded(passages(1))
    for count in 0..<bytes.count {
      #expect(throws: IndexError.self) { try PassageTable(SectionBytes(.passages, bytes.prefix(count))) }
    }
  }

  @Test(arguments: Seeds.first(5))
  func damagedTablesAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = encoded(passages(seed))
    for _ in 0..<200 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = generator.pick([0, 0x7F, 0x80, 0xFF, 64])
      }
      guard let table = try? PassageTable(SectionBytes(.passages, damaged)) else { continue }
      let reader = table.makeHeadingReader()
      for index in 0..<min(table.count, 200) {
        guard let place = try? table.place(of: index) else { continue }
        _ = try? table.headings(place.headingPath, reader)
      }
    }
  }
}
