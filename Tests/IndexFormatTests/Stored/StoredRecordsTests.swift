import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct StoredRecordsTests {
  private func encoded(_ records: [[UInt8]]) -> [UInt8] {
    var writer = StoredRecordsWriter()
    var bytes: [UInt8] = []
    for record in records { writer.append(record, to: &bytes) }
    writer.finish(to: &bytes)
    return bytes
  }

  private func opened(_ bytes: [UInt8]) throws -> StoredRecords {
    let section = SectionBytes(.texts, bytes)
    return try StoredRecords(section.view, in: section)
  }

  /// Records of all sizes: empty ones, such as fill a block, and longer ones than a block.
  private func records(_ generator: inout SeededGenerator) -> [[UInt8]] {
    let limit = generator.pick([0, 5, 300, 40_000])
    return (0..<Int.random(in: 0...200, using: &generator)).map { _ in
      let count = generator.chance(0.2) ? 0 : Int.random(in: 0...limit, using: &generator)
      return (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) &+ UInt8.random(in: 0...3, using: &generator) }
    }
  }

  @Test(arguments: Seeds.first(8))
  func recordsComeBackInAnyOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let expected = records(&generator)
    let stored = try opened(encoded(expected))
    #expect(stored.count == expected.count)
    let reader = stored.makeReader()
    for index in expected.indices { #expect(try reader.record(index).elementsEqual(expected[index]), "seed \(seed)") }
    for index in expected.indices.shuffled(using: &generator) {
      #expect(try reader.record(index).elementsEqual(expected[index]), "seed \(seed)")
    }
    for index in [-1, expected.count, Int.max] { #expect(throws: IndexError.self) { try reader.record(index) } }
  }

  @Test func recordsAtTheEdgeOfABlockComeBack() throws {
    let size = StoredRecords.blockBytes
    let sizes = [size, 0, size - 1, 1, 0, 0, size + 1, 3, 5 * size, 0]
    let records = sizes.enumerated().map { number, count in [UInt8](repeating: UInt8(number), count: count) }
    let stored = try opened(encoded(records))
    let reader = stored.makeReader()
    for index in records.indices { #expect(try reader.record(index).elementsEqual(records[index])) }
    let empty = try opened(encoded([[], [], []]))
    for index in 0..<3 { #expect(try empty.makeReader().record(index).isEmpty) }
  }

  @Test func shortBytesAreRefused() throws {
    let bytes = encoded((0..<50).map { [UInt8](repeating: UInt8($0), count: 100) })
    for count in 0..<bytes.count {
      #expect(throws: IndexError.self, "\(count) bytes") { try opened(Array(bytes.prefix(count))) }
    }
  }

  @Test(arguments: Seeds.first(5))
  func damagedRecordsAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = encoded((0..<60).map { [UInt8](repeating: UInt8($0), count: 7 * $0) })
    for _ in 0..<200 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = generator.pick([0, 0x7F, 0x80, 0xFF, 1])
      }
      guard let stored = try? opened(damaged) else { continue }
      let reader = stored.makeReader()
      for index in 0..<min(stored.count, 100) { _ = try? reader.record(index) }
    }
  }
}
