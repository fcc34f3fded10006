import SearchModel
import TextAnalysis

/// Reads Markdown and plain text files: one document each.
struct TextFileParser {
  let unit: SourceUnit
  let sizes: PassageSizes
  /// False makes one passage of the whole text.
  let split: Bool

  /// A first line of more reading characters is no title.
  private static let longestTitle = 60

  func parse(_ source: SourceText, isMarkdown: Bool) -> ParsedUnit {
    source.bytes.withUnsafeBufferPointer { text in
      var result = ParsedUnit()
      var front: FrontMatter?
      if let found = FrontMatter(of: text) {
        // What stands between two rules of plain text is front matter only if it reads as such.
        if isMarkdown || found.problem == nil { front = found }
      }
      if let problem = front?.problem {
        result.skipped.append(
          SourceProblem(path: unit.path, line: problem.line, reason: "front matter ignored: \(problem.reason)"))
      }
      let lines = LineTable(text)
      let firstLine = front.map {
        $0.range.upperBound == text.count ? lines.count : lines.line(at: $0.range.upperBound)
      }
      let blocks =
        isMarkdown
        ? MarkdownBlocks.blocks(of: text, lines: lines, from: firstLine ?? 0)
        : PlainTextBlocks.blocks(of: text, lines: lines, from: firstLine ?? 0)
      var document = Document(id: unit.name, path: unit.path, fields: front?.fields ?? [], passages: [])
      if let title = front?.title {
        document.title = title
        document.titleIsSeparate = true
      } else {
        document.title = title(of: blocks, in: text, lines: lines, isMarkdown: isMarkdown)
      }
      for slice in slices(of: text, blocks: blocks) {
        let bytes = UnsafeBufferPointer(rebasing: text[slice.range])
        document.passages.append(
          Passage(
            text: String(decoding: bytes, as: UTF8.self), range: source.sourceRange(of: slice.range),
            line: lines.line(at: slice.range.lowerBound) + 1, headings: slice.headings,
            language: LanguageDetector.language(of: bytes)))
      }
      if document.passages.isEmpty, document.fields.isEmpty, !document.titleIsSeparate {
        result.skipped.append(SourceProblem(path: unit.path, reason: "nothing to read in it"))
      } else {
        result.documents.append(document)
      }
      return result
    }
  }

  private func slices(of text: UnsafeBufferPointer<UInt8>, blocks: [TextBlock]) -> [PassageSlice] {
    if split { return PassageDivision.passages(of: text, blocks: blocks, sizes: sizes) }
    guard let first = blocks.first, let last = blocks.last else { return [] }
    return [PassageSlice(range: first.range.lowerBound..<last.range.upperBound, headings: [])]
  }

  private func title(
    of blocks: [TextBlock], in text: UnsafeBufferPointer<UInt8>, lines: LineTable, isMarkdown: Bool
  ) -> String {
    if isMarkdown {
      for block in blocks {
        if case .heading(_, let title) = block.kind, !title.isEmpty { return title }
      }
    } else if let first = blocks.first {
      if case .heading(_, let title) = first.kind, !title.isEmpty { return title }
      let line = lines.range(of: lines.line(at: first.range.lowerBound)).clamped(to: first.range)
      let limit = Self.longestTitle * ReadingSize.thirdsInCharacter
      if first.kind == .paragraph, line.count <= limit * 3, ReadingSize.thirds(of: line, in: text) <= limit {
        return HeadingText.plain(text[line])
      }
    }
    return Self.stem(of: unit.path)
  }

  /// The name of a file without its folder and extension.
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
