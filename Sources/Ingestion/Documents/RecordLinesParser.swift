import JSONText
import SearchModel
import TextAnalysis

/// Reads the lines of JSON lines and TSV: one document each.
struct RecordLinesParser {
  let unit: SourceUnit
  let options: IngestionOptions

  /// Keys whose value is the text, the preferred one first.
  private static let textKeys = ["text", "contents", "content", "body"]

  private enum Outcome {
    case document(Document)
    case skipped(reason: String)
  }

  func parse(_ source: SourceText) -> ParsedUnit {
    source.bytes.withUnsafeBufferPointer { text in
      var result = ParsedUnit()
      let lines = LineTable(text)
      for index in 0..<lines.count {
        let range = lines.range(of: index)
        if range.allSatisfy({ text[$0] == 0x20 || text[$0] == 0x09 }) { continue }
        let line = unit.firstLine + index
        let outcome: Outcome
        if range.count > options.largestRecord {
          outcome = .skipped(reason: "line longer than \(options.largestRecord) bytes")
        } else {
          switch unit.format {
          case .jsonLines: outcome = jsonRecord(range, of: text, line: line, source: source)
          case .tsv: outcome = tsvRecord(range, of: text, line: line, source: source)
          case .markdown, .text, .html: preconditionFailure("\(unit.format) holds no records")
          }
        }
        switch outcome {
        case .document(let document): result.documents.append(document)
        case .skipped(let reason):
          result.skipped.append(SourceProblem(path: unit.path, line: line, reason: reason))
        }
      }
      return result
    }
  }

  private func jsonRecord(
    _ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>, line: Int, source: SourceText
  ) -> Outcome {
    do {
      let reader = try JSONRecordReader(UnsafeBufferPointer(rebasing: text[range]), isUTF8: source.isUTF8)
      let textMember = Self.textKeys.lazy.compactMap { key in
        reader.members.first { $0.key == key && $0.value.isString }
      }.first
      var document = Document(id: "\(unit.name):\(line)", path: unit.path, passages: [])
      for key in ["_id", "id"] {
        guard let member = reader.members.first(where: { $0.key == key }) else { continue }
        switch try reader.value(of: member) {
        case .string(let id) where !id.isEmpty: document.id = id
        case .number(let number): document.id = String(decoding: JSONValue.number(number).encoded(), as: UTF8.self)
        default: break
        }
      }
      for member in reader.members {
        switch member.key {
        case "id", "_id": break
        case textMember?.key: break
        case "title":
          if case .string(let title) = try reader.value(of: member) {
            document.title = title.trimmedBlanks
          } else {
            document.fields += FieldTyping.fields(named: member.key, value: try reader.value(of: member))
          }
        default:
          document.fields += FieldTyping.fields(named: member.key, value: try reader.value(of: member))
        }
      }
      document.titleIsSeparate = !document.title.isEmpty
      if let textMember, let place = reader.plainString(of: textMember) {
        let start = range.lowerBound + place.lowerBound
        let content = UnsafeBufferPointer(rebasing: text[start..<range.lowerBound + place.upperBound])
        document.passages = passages(of: content, line: line) { offsets in
          source.sourceRange(of: start + offsets.lowerBound..<start + offsets.upperBound)
        }
      } else if let textMember, let decoded = try reader.decodedString(of: textMember) {
        document.passages = decoded.text.withUnsafeBufferPointer { content in
          passages(of: content, line: line) { offsets in
            let start = decoded.offsets.sourceOffset(ofDecodedOffset: offsets.lowerBound)
            let end = decoded.offsets.sourceOffset(ofDecodedOffset: offsets.upperBound)
            return source.sourceRange(of: range.lowerBound + start..<range.lowerBound + end)
          }
        }
      }
      if document.passages.isEmpty, document.title.isEmpty {
        return .skipped(reason: textMember == nil ? "the record has no \"text\"" : "the record's text is empty")
      }
      return .document(document)
    } catch {
      return .skipped(reason: "not a JSON object: \(error.description)")
    }
  }

  private func tsvRecord(
    _ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>, line: Int, source: SourceText
  ) -> Outcome {
    guard let tab = text[range].firstIndex(of: UInt8(ascii: "\t")) else {
      return .skipped(reason: "no tab: expected an id, a tab and the text")
    }
    guard let id = String(validating: text[range.lowerBound..<tab], as: UTF8.self)?.trimmedBlanks,
      String(validating: text[tab..<range.upperBound], as: UTF8.self) != nil
    else { return .skipped(reason: "malformed UTF-8") }
    if id.isEmpty { return .skipped(reason: "the id before the tab is empty") }
    let content = UnsafeBufferPointer(rebasing: text[tab + 1..<range.upperBound])
    let passages = passages(of: content, line: line) { offsets in
      source.sourceRange(of: tab + 1 + offsets.lowerBound..<tab + 1 + offsets.upperBound)
    }
    if passages.isEmpty { return .skipped(reason: "the text behind the tab is empty") }
    return .document(Document(id: id, path: unit.path, passages: passages))
  }

  /// One passage of the whole text, or the passages that it would have as Markdown; none where it is blank.
  private func passages(
    of text: UnsafeBufferPointer<UInt8>, line: Int, sourceRange: (Range<Int>) -> Range<Int>
  ) -> [Passage] {
    if TextBlanks.trimmed(0..<text.count, of: text).isEmpty { return [] }
    let slices: [PassageSlice]
    if options.split ?? false {
      let lines = LineTable(text)
      let blocks = MarkdownBlocks.blocks(of: text, lines: lines, from: 0)
      slices = PassageDivision.passages(of: text, blocks: blocks, sizes: options.sizes)
    } else {
      slices = [PassageSlice(range: 0..<text.count, headings: [])]
    }
    return slices.map { slice in
      let bytes = UnsafeBufferPointer(rebasing: text[slice.range])
      return Passage(
        text: String(decoding: bytes, as: UTF8.self), range: sourceRange(slice.range), line: line,
        headings: slice.headings, language: LanguageDetector.language(of: bytes))
    }
  }
}

extension JSONRecordReader.Value {
  fileprivate var isString: Bool {
    if case .string = self { true } else { false }
  }
}
