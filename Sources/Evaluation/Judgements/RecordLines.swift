/// The lines of a file of judgements or of a run, compressed by gzip or not, with their numbers.
struct RecordLines {
  /// A line that is not empty.
  struct Line {
    /// Counted from 1.
    let number: Int
    let text: Substring

    /// The stretches between blanks.
    var words: [Substring] { text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }).map { Substring($0) } }

    /// The stretches between tabs.
    var columns: [Substring] {
      text.utf8.split(separator: 0x09, omittingEmptySubsequences: false).map { Substring($0) }
    }
  }

  private let file: String
  private let content: ArraySlice<UInt8>

  /// - Parameter bytes: a byte order mark at the beginning is passed over.
  init(_ bytes: [UInt8], file: String) throws(EvaluationError) {
    self.file = file
    var content = bytes[...]
    if Gzip.isCompressed(bytes) {
      do { content = try Gzip.decompress(bytes)[...] } catch { throw .gzip(file: file, error) }
    }
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    self.content = content
  }

  /// Hands over the lines one after the other; lines of blanks alone are passed over.
  func forEach(_ body: (Line) throws(EvaluationError) -> Void) throws(EvaluationError) {
    var number = 0
    var rest = content
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      var line = rest[rest.startIndex..<end]
      rest = end < rest.endIndex ? rest[(end + 1)...] : []
      if line.last == 0x0D { line.removeLast() }
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
      guard let text = String(validating: line, as: UTF8.self) else { throw .invalidUTF8(file: file, line: number) }
      try body(Line(number: number, text: text[...]))
    }
  }
}
