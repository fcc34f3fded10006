import TestSupport
import Testing

@testable import Ingestion

struct LineTableTests {
  @Test(arguments: [
    ("", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\rc\n\nd", ["a", "b", "c", "", "d"]),
    ("\r\r\n\n", ["", "", ""]), ("焦\n虑", ["焦", "虑"]),
  ])
  func linesEndInThreeWays(text: String, lines: [String]) {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      let table = LineTable(bytes)
      #expect((0..<table.count).map { String(decoding: bytes[table.range(of: $0)], as: UTF8.self) } == lines)
      for offset in bytes.indices {
        let line = table.line(at: offset)
        #expect(table.start(of: line) <= offset && offset < table.start(of: line + 1))
      }
    }
  }

  @Test(arguments: Seeds.first(10))
  func longLinesEndWhereAWalkOverTheBytesSays(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rarity = generator.pick([0.01, 0.1, 0.5])
    let bytes = (0..<500).map { _ in
      generator.chance(rarity)
        ? generator.pick([0x0A, 0x0D, 0x09, 0x0E, 0x00]) : UInt8.random(in: 0...255, using: &generator)
    }
    var starts = [0]
    for index in bytes.indices {
      let isReturn = bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)
      if bytes[index] == 0x0A || isReturn { starts.append(index + 1) }
    }
    bytes.withUnsafeBufferPointer { bytes in
      #expect(LineTable.countOfLineEnds(in: bytes) == starts.count - 1, "seed \(seed)")
      if starts.last == bytes.count { starts.removeLast() }
      let table = LineTable(bytes)
      #expect((0..<table.count).map { table.start(of: $0) } == starts, "seed \(seed)")
    }
  }
}
