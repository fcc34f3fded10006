import JSONText
import SearchModel
import TextAnalysis

/// Turns units of work into documents with passages. It keeps no state: several threads may share one.
package struct DocumentParser: Sendable {
  private let options: IngestionOptions

  package init(options: IngestionOptions) {
    self.options = options
  }

  /// Parses a unit. Nothing is thrown: what cannot be read is listed in the result.
  package func parse(_ unit: SourceUnit) -> ParsedUnit {
    switch unit.content {
    case .lines(let lines): return parseLines(lines.bytes, of: unit)
    case .whole(let bytes): return parseWhole(bytes, of: unit)
    case .file:
      do {
        let file = try OpenFile(path: unit.path)
        guard let bytes = try file.readAll(limit: options.largestRecord) else {
          return skipped(unit, "larger than \(options.largestRecord) bytes")
        }
        return parseWhole(bytes, of: unit)
      } catch {
        return skipped(unit, error.reason)
      }
    }
  }

  private func skipped(_ unit: SourceUnit, _ reason: String, byteCount: Int = 0) -> ParsedUnit {
    ParsedUnit(skipped: [SourceProblem(path: unit.path, reason: reason)], byteCount: byteCount)
  }

  private func parseWhole(_ bytes: [UInt8], of unit: SourceUnit) -> ParsedUnit {
    if bytes.isEmpty { return skipped(unit, "empty file") }
    let decoded: DecodedText
    do {
      decoded = try bytes.withUnsafeBufferPointer { (buffer) throws(TextDecodingError) in
        try TextDecoder.decode(buffer)
      }
    } catch {
      return skipped(unit, error.description, byteCount: bytes.count)
    }
    let text = SourceText(decoded)
    var result: ParsedUnit
    switch unit.format {
    case .markdown:
      result = TextFileParser(unit: unit, sizes: options.sizes, split: options.split ?? true).parse(
        text, isMarkdown: true)
    case .text:
      result = TextFileParser(unit: unit, sizes: options.sizes, split: options.split ?? true).parse(
        text, isMarkdown: false)
    case .html:
      result = HTMLFileParser(unit: unit, sizes: options.sizes, split: options.split ?? true).parse(text)
    case .jsonLines, .tsv:
      result = RecordLinesParser(unit: unit, options: options).parse(text)
    }
    result.byteCount = bytes.count
    return result
  }

  private func parseLines(_ bytes: [UInt8], of unit: SourceUnit) -> ParsedUnit {
    var result = RecordLinesParser(unit: unit, options: options).parse(linesText(bytes, of: unit))
    result.byteCount = bytes.count
    return result
  }

  /// The lines as they are, or decoded where they are written in another encoding than UTF-8.
  ///
  /// Single broken lines do not make a source one in another encoding: only where most of the lines with anything beyond
  /// ASCII are no UTF-8 are all lines decoded.
  private func linesText(_ bytes: [UInt8], of unit: SourceUnit) -> SourceText {
    let marked = unit.byteOffset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let isUTF8 = bytes.withUnsafeBufferPointer { Self.isUTF8($0) }
    let asTheyAre = SourceText(
      marked ? Array(bytes[3...]) : bytes, start: unit.byteOffset + (marked ? 3 : 0), isUTF8: isUTF8)
    if marked || isUTF8 { return asTheyAre }
    return bytes.withUnsafeBufferPointer { buffer in
      let lines = LineTable(buffer)
      var valid = 0
      var broken = 0
      for index in 0..<lines.count {
        let line = UnsafeBufferPointer(rebasing: buffer[lines.range(of: index)])
        guard line.contains(where: { $0 >= 0x80 }) else { continue }
        if Self.isUTF8(line) { valid += 1 } else { broken += 1 }
      }
      guard broken > valid, let decoded = try? TextDecoder.decode(buffer) else { return asTheyAre }
      return SourceText(decoded, start: unit.byteOffset)
    }
  }

  private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    firstInvalidUTF8(bytes, in: 0..<bytes.count) == nil
  }
}
