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
}
