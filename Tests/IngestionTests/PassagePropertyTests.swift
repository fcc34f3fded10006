#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Ingestion
import SearchModel
import TestSupport
import Testing

/// What holds for every text, whatever its structure.
struct PassagePropertyTests {
  /// Real documents beside the package, where they are present.
  private static let seeds: [String] = {
    guard let folder = SharedData.path("seeds") else { return [] }
    var units = try? SourceUnits(paths: [folder], options: IngestionOptions(format: .text))
    var paths: [String] = []
    while let unit = units?.next() { paths.append(unit.path) }
    return paths
  }()

  private static func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }

  @Test(.enabled(if: !seeds.isEmpty, "../shared/seeds is absent"), arguments: ["md", "txt"])
  func seedsAreCoveredToTheByte(ending: String) throws {
    for path in Self.seeds {
      let source = Self.bytes(of: path)
      try check(source, ending: ending, hint: path)
      let windows = Array(String(decoding: source, as: UTF8.self).replacing("\n", with: "\r\n").utf8)
      try check(windows, ending: ending, hint: path)
      let first = try Ingested("a.\(ending)", source).passages
      let second = try Ingested("a.\(ending)", windows).passages
      #expect(first.map(\.line) == second.map(\.line))
      #expect(first.map(\.headings) == second.map(\.headings))
      #expect(first.map(\.text) == second.map { $0.text.replacing("\r\n", with: "\n") })
      try checkUTF16(source, ending: ending, passages: first)
    }
  }

  @Test(arguments: Seeds.first(4))
  func randomTextsAreCoveredToTheByte(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let lineEnd = ["\n", "\n", "\r\n", "\r"].randomElement(using: &generator)!
      let text = Self.randomText(&generator, lineEnd: lineEnd)
      for ending in ["md", "txt"] {
        try check(Array(text.utf8), ending: ending, hint: "seed \(seed)")
        if lineEnd == "\n" {
          let passages = try Ingested("a.\(ending)", text).passages
          try checkUTF16(Array(text.utf8), ending: ending, passages: passages)
        }
      }
    }
  }

  /// Checks that passages are slices, in order, disjoint, on the right lines and short, and that nothing is left out but
  /// blanks, rules and front matter.
  private func check(_ source: [UInt8], ending: String, hint: String) throws {
    let sizes = PassageSizes(longest: 120, shortest: 20)
    let run = try Ingested("a.\(ending)", source, IngestionOptions(sizes: sizes))
    var uncovered: [UInt8] = []
    var end = 0
    var line = 1
    var lineOffset = 0
    for passage in run.passages {
      #expect(passage.range.lowerBound >= end, "\(hint)")
      guard passage.range.lowerBound >= end, passage.range.upperBound <= source.count else { return }
      #expect(Array(source[passage.range]) == Array(passage.text.utf8), "\(hint)")
      #expect(passage.text.unicodeScalars.first.map { !$0.properties.isWhitespace } == true, "\(hint)")
      line += Self.lineEnds(source[lineOffset..<passage.range.lowerBound])
      lineOffset = passage.range.lowerBound
      #expect(passage.line == line, "\(hint)")
      uncovered += source[end..<passage.range.lowerBound]
      end = passage.range.upperBound
    }
    uncovered += source[end...]
    // Front matter goes up to the second of its marks.
    var rest = String(decoding: uncovered, as: UTF8.self).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    if run.documents.first?.fields.isEmpty == false, let mark = rest.dropFirst(3).firstRange(of: "\n---\n") {
      rest = String(rest[mark.upperBound...])
    }
    let lost = rest.unicodeScalars.filter {
      !$0.properties.isWhitespace && !"-*_=~─—━═\u{200B}\u{FEFF}".unicodeScalars.contains($0)
    }
    #expect(lost.isEmpty, "\(hint): lost \(String(String.UnicodeScalarView(lost)))")
  }

  /// A twin in UTF-16 has the same passages, at the byte ranges of their own code units.
  private func checkUTF16(_ source: [UInt8], ending: String, passages: [Passage]) throws {
    let units = Array(String(decoding: source, as: UTF8.self).utf16)
    let twin: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let found = try Ingested("a.\(ending)", twin).passages
    #expect(found.map(\.text) == passages.map(\.text))
    #expect(found.map(\.line) == passages.map(\.line))
    for passage in found {
      let range = (passage.range.lowerBound - 2) / 2..<(passage.range.upperBound - 2) / 2
      #expect(String(decoding: units[range], as: UTF16.self) == passage.text)
    }
  }

  private static func lineEnds(_ bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    for index in bytes.indices {
      if bytes[index] == 0x0A { count += 1 }
      if bytes[index] == 0x0D, index + 1 == bytes.endIndex || bytes[index + 1] != 0x0A { count += 1 }
    }
    return count
  }

  private static func randomText(_ generator: inout SeededGenerator, lineEnd: String) -> String {
    let words = [
      "焦虑", "恐惧", "催产素。", "调节，", "word", "fear", "The end. ", "GABA能", "𠮷", "e\u{301}", " ", "  ", "(x)", "**b**",
      "[l](u)", "`c`", "“引。”", "1.5", "\u{3000}", "<b>", "|", "\\", "&amp;", "!",
    ]
    let starts = [
      "", "", "", "", "# ", "## ", "- ", "* ", "1. ", "• ", "> ", "    ", "\t", "```", "| a | ", "1 引言", "2.1 ", "一、",
      "<div>",
      "<!-- ", "[r]: ", "~~~", "- - ", "+", "#", "=", "第一章 ",
    ]
    var lines: [String] = []
    for _ in 0..<Int.random(in: 0..<40, using: &generator) {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0...2: lines.append(["", "", " ", "\u{3000}"].randomElement(using: &generator)!)
      case 3:
        lines.append(
          ["---", "***", "===", "| a | b |", "|---|---|", "```", "-->", "- - -"].randomElement(using: &generator)!)
      default:
        let count = Int.random(in: 0..<[3, 12, 90].randomElement(using: &generator)!, using: &generator)
        let start = starts.randomElement(using: &generator)!
        lines.append(start + (0..<count).map { _ in words.randomElement(using: &generator)! }.joined())
      }
    }
    return lines.joined(separator: lineEnd)
  }
}
