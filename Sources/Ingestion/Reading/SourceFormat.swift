/// How the bytes of a source are to be read.
package enum SourceFormat: String, CaseIterable, Sendable {
  /// CommonMark with tables and YAML front matter.
  case markdown
  /// Plain text with the structure that writers of notes give it.
  case text
  /// One JSON object a line.
  case jsonLines = "jsonl"
  /// One record a line: an id, a tab and the text.
  case tsv
  /// HTML as browsers read it.
  case html

  /// The format that a file's name promises, or `nil` where its extension is none of the known ones.
  package init?(fileName: String) {
    guard let dot = fileName.utf8.lastIndex(of: UInt8(ascii: ".")), dot != fileName.utf8.startIndex else { return nil }
    switch fileName[fileName.utf8.index(after: dot)...].lowercased() {
    case "md", "markdown": self = .markdown
    case "txt", "text": self = .text
    case "jsonl", "ndjson": self = .jsonLines
    case "tsv": self = .tsv
    case "html", "htm", "xhtml": self = .html
    default: return nil
    }
  }

  /// True where a source holds many documents, one a line, and so can be read in pieces.
  package var holdsRecords: Bool {
    switch self {
    case .jsonLines, .tsv: true
    case .markdown, .text, .html: false
    }
  }
}
