import SearchModel
import TextAnalysis

/// Reads HTML files: the visible text of each is one document.
struct HTMLFileParser {
  let unit: SourceUnit
  let sizes: PassageSizes
  /// False makes one passage of the whole text.
  let split: Bool

  func parse(_ source: SourceText) -> ParsedUnit {
    source.bytes.withUnsafeBufferPointer { bytes in
      if let excess = HTMLComplexity.excess(of: bytes) {
        return ParsedUnit(skipped: [SourceProblem(path: unit.path, reason: "HTML is not read: \(excess)")])
      }
      var page = HTMLPage(bytes)
      page.read()
      var document = Document(id: unit.name, path: unit.path, passages: [])
      if let title = page.title {
        document.title = title
        document.titleIsSeparate = true
      } else {
        document.title = page.text.blocks.lazy.compactMap(\.headingText).first ?? TextFileParser.stem(of: unit.path)
      }
      document.passages = passages(of: page.text, source: source, lines: LineTable(bytes))
      if document.passages.isEmpty, !document.titleIsSeparate {
        return ParsedUnit(skipped: [SourceProblem(path: unit.path, reason: "nothing to read in it")])
      }
      return ParsedUnit(documents: [document])
    }
  }

  private func passages(of page: HTMLText, source: SourceText, lines: LineTable) -> [Passage] {
    page.bytes.withUnsafeBufferPointer { text in
      let slices: [PassageSlice]
      if split {
        slices = PassageDivision.passages(of: text, blocks: page.blocks, sizes: sizes)
      } else if let first = page.blocks.first, let last = page.blocks.last {
        slices = [PassageSlice(range: first.range.lowerBound..<last.range.upperBound, headings: [])]
      } else {
        slices = []
      }
      // Text in a table but outside its cells is shown above it: ranges that would go back begin where the last ended.
      var end = 0
      return slices.map { slice in
        let range = page.sourceRange(of: slice.range)
        let ordered = max(range.lowerBound, end)..<max(range.upperBound, end)
        end = ordered.upperBound
        let bytes = UnsafeBufferPointer(rebasing: text[slice.range])
        return Passage(
          text: String(decoding: bytes, as: UTF8.self), range: source.sourceRange(of: ordered),
          line: lines.line(at: ordered.lowerBound) + 1, headings: slice.headings,
          language: LanguageDetector.language(of: bytes))
      }
    }
  }
}

extension TextBlock {
  fileprivate var headingText: String? {
    if case .heading(_, let text) = kind, !text.isEmpty { text } else { nil }
  }
}
