import SearchModel
import TextAnalysis

/// A passage as a slice of the text that its document was read as.
struct PassageSlice: Equatable {
  var range: Range<Int>
  /// The headings above it and in it, outermost first.
  var headings: [String]
}

/// Makes passages of the blocks of a text: joins short blocks and divides long ones.
///
/// A heading goes to the passage below it. Passages are joined under one heading and in one language only; they are in
/// order, do not overlap, and hold everything that the blocks hold.
struct PassageDivision {
  /// A passage that may still grow.
  private struct OpenPassage {
    var range: Range<Int>
    var headings: [String]
    /// Counts the stretches of text that belong to one heading.
    var section: Int
    /// In thirds of a reading character.
    var size: Int
    /// `nil` where too little is written to tell.
    var language: Language?
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let longest: Int
  private let shortest: Int
  private let comfortable: Int
  private var passages: [OpenPassage] = []
  private var path: [(level: Int, text: String)] = []
  /// The headings that wait for text.
  private var pending: Range<Int>?
  private var section = 0

  private init(text: UnsafeBufferPointer<UInt8>, sizes: PassageSizes) {
    self.text = text
    longest = sizes.longest * ReadingSize.thirdsInCharacter
    shortest = sizes.shortest * ReadingSize.thirdsInCharacter
    comfortable = sizes.comfortable * ReadingSize.thirdsInCharacter
  }

  /// - Parameter blocks: in order and disjoint.
  static func passages(
    of text: UnsafeBufferPointer<UInt8>, blocks: [TextBlock], sizes: PassageSizes
  ) -> [PassageSlice] {
    var division = PassageDivision(text: text, sizes: sizes)
    var index = 0
    while index < blocks.count {
      let block = blocks[index]
      switch block.kind {
      case .heading(let level, let title):
        division.addHeading(block.range, level: level, title: title)
      case .tableRow:
        index = division.addTable(blocks, from: index) - 1
      case .paragraph, .listItem:
        for part in division.partsByLanguage(of: block) { division.addText(part, byLine: false) }
      case .code:
        division.addText(block, byLine: true)
      }
      index += 1
    }
    division.flushPending()
    return division.joined().map { PassageSlice(range: $0.range, headings: $0.headings) }
  }

  private mutating func addHeading(_ range: Range<Int>, level: Int, title: String) {
    // A run of headings without text between them must not outgrow a passage.
    if let pending, size(of: pending.lowerBound..<range.upperBound) > longest / 2 { flushPending() }
    while let last = path.last, last.level >= level { path.removeLast() }
    if !title.isEmpty { path.append((level, title)) }
    pending = (pending?.lowerBound ?? range.lowerBound)..<range.upperBound
    section += 1
  }

  /// Makes a passage of headings that no text follows.
  private mutating func flushPending() {
    guard let range = pending else { return }
    pending = nil
    addPieces(of: range, byLine: true, language: nil)
    section += 1
  }

  /// Adds a table whole where it is small enough, else row by row, and returns the index behind it.
  private mutating func addTable(_ blocks: [TextBlock], from start: Int) -> Int {
    var end = start + 1
    while end < blocks.count, blocks[end].kind == .tableRow, !blocks[end].isSetApart { end += 1 }
    let range = blocks[start].range.lowerBound..<blocks[end - 1].range.upperBound
    if size(of: range) <= longest {
      addText(TextBlock(kind: .tableRow, range: range, isSetApart: blocks[start].isSetApart), byLine: true)
    } else {
      for block in blocks[start..<end] { addText(block, byLine: true) }
    }
    return end
  }

  private mutating func addText(_ block: TextBlock, byLine: Bool) {
    if block.isSetApart { section += 1 }
    let range = (pending?.lowerBound ?? block.range.lowerBound)..<block.range.upperBound
    pending = nil
    addPieces(of: range, byLine: byLine, language: language(of: block.range))
  }

  private mutating func addPieces(of range: Range<Int>, byLine: Bool, language: Language?) {
    let headings = path.map(\.text)
    for piece in LongTextDivision(text: text, longest: longest).pieces(of: range, byLine: byLine) {
      passages.append(
        OpenPassage(range: piece, headings: headings, section: section, size: size(of: piece), language: language))
    }
  }

  /// Joins what is too short to stand alone to what follows it, and what is left over to what precedes it.
  private func joined() -> [OpenPassage] {
    var result: [OpenPassage] = []
    for passage in passages {
      if let last = result.last, canJoin(last, passage),
        last.size < shortest || (passage.size < shortest && last.size < comfortable)
      {
        join(passage, into: &result[result.count - 1])
      } else {
        // The last one of a list may be left over.
        if result.count >= 2, let last = result.last, last.size < shortest, canJoin(result[result.count - 2], last) {
          result.removeLast()
          join(last, into: &result[result.count - 1])
        }
        result.append(passage)
      }
    }
    if result.count >= 2, let last = result.last, last.size < shortest, canJoin(result[result.count - 2], last) {
      result.removeLast()
      join(last, into: &result[result.count - 1])
    }
    return result
  }

  private func canJoin(_ first: OpenPassage, _ second: OpenPassage) -> Bool {
    first.section == second.section && first.size + second.size <= longest
      && (first.language == nil || second.language == nil || first.language == second.language)
  }

  private func join(_ second: OpenPassage, into first: inout OpenPassage) {
    first.range = first.range.lowerBound..<second.range.upperBound
    first.size += second.size
    first.language = first.language ?? second.language
  }

  private func size(of range: Range<Int>) -> Int { ReadingSize.thirds(of: range, in: text) }

  /// The language of a stretch, or `nil` where it has no letters or is a mixed one of a few words, such as
  /// `Dopamine 多巴胺` in a list.
  private func language(of range: Range<Int>) -> Language? {
    let bytes = UnsafeBufferPointer(rebasing: text[range])
    let language = LanguageDetector.language(of: bytes)
    if language == .undetermined { return nil }
    guard range.count < Self.longestMixed else { return language }
    let hasLatin = bytes.contains { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
    let hasHan = bytes.contains { $0 >= 0xE3 }
    return hasLatin && hasHan ? nil : language
  }

  /// Bytes of about twenty Han characters or ten English words.
  private static let longestMixed = 60

  /// The lines of a block, together as long as their language does not change.
  private func partsByLanguage(of block: TextBlock) -> [TextBlock] {
    guard text[block.range].contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }),
      text[block.range].contains(where: { $0 >= 0xE3 })
    else { return [block] }
    var parts: [TextBlock] = []
    var current: Language?
    var start = block.range.lowerBound
    while start < block.range.upperBound {
      var end = start
      while end < block.range.upperBound, text[end] != UInt8(ascii: "\n"), text[end] != UInt8(ascii: "\r") { end += 1 }
      let line = TextBlanks.trimmed(start..<end, of: text)
      if !line.isEmpty {
        let language = self.language(of: line)
        if var last = parts.last, language == nil || current == nil || language == current {
          last.range = last.range.lowerBound..<line.upperBound
          parts[parts.count - 1] = last
        } else {
          parts.append(TextBlock(kind: block.kind, range: line, isSetApart: parts.isEmpty && block.isSetApart))
        }
        current = language ?? current
      }
      start = end + 1
    }
    return parts
  }
}
