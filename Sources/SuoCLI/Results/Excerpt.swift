/// The part of a passage that is shown below a hit: all of a short one, and of a long one the stretch with the most
/// matches. Characters are never cut.
struct Excerpt {
  /// A character with what is needed to lay it out.
  struct Piece: Equatable {
    var character: Character
    var columns: Int
    var isMatch: Bool
  }

  /// The lines, each as long as fits.
  let lines: [[Piece]]

  /// - Parameters:
  ///   - highlights: UTF-8 byte ranges in `text`, ascending and apart from each other.
  ///   - columns: the width of a line, at least 20.
  ///   - mostLines: the most lines, at least 1.
  ///   - marksMatches: true to put « and » around matches, where there is no colour to tell them.
  init(_ text: String, highlights: [Range<Int>], columns: Int, mostLines: Int, marksMatches: Bool) {
    var pieces = Excerpt.pieces(text, highlights)
    // What wrapping leaves free at the ends of lines is about a tenth.
    pieces = Excerpt.window(pieces, columns: columns * mostLines * 9 / 10)
    if marksMatches { pieces = Excerpt.marked(pieces) }
    lines = Array(Excerpt.wrapped(pieces, columns: columns).prefix(mostLines))
  }

  /// The text without control characters, each run of blanks and line ends as one blank.
  private static func pieces(_ text: String, _ highlights: [Range<Int>]) -> [Piece] {
    var pieces: [Piece] = []
    var offset = 0
    var next = 0
    for character in text {
      let range = offset..<(offset + character.utf8.count)
      offset = range.upperBound
      while next < highlights.count, highlights[next].upperBound <= range.lowerBound { next += 1 }
      let isMatch = next < highlights.count && highlights[next].overlaps(range)
      if character.isWhitespace {
        // An ideographic blank has a width of its own, which says nothing in running text.
        if let last = pieces.last, last.character != " " {
          pieces.append(Piece(character: " ", columns: 1, isMatch: isMatch && last.isMatch))
        }
      } else if let visible = TerminalText.visible(character) {
        pieces.append(Piece(character: visible, columns: DisplayWidth.columns(visible), isMatch: isMatch))
      }
    }
    if pieces.last?.character == " " { pieces.removeLast() }
    return pieces
  }

  /// A stretch of at most `columns` columns with the most matches; a third of what is free stands before them.
  private static func window(_ pieces: [Piece], columns: Int) -> [Piece] {
    guard pieces.reduce(0, { $0 + $1.columns }) > columns else { return pieces }
    let room = columns - 4  // for the two ellipses
    var best = (start: 0, end: 0, matched: -1)
    var start = 0
    var width = 0
    var matched = 0
    for (end, piece) in pieces.enumerated() {
      width += piece.columns
      matched += piece.isMatch ? piece.columns : 0
      while width > room {
        width -= pieces[start].columns
        matched -= pieces[start].isMatch ? pieces[start].columns : 0
        start += 1
      }
      if matched > best.matched { best = (start, end + 1, matched) }
    }
    let firstMatch = pieces[best.start..<best.end].firstIndex(where: \.isMatch) ?? best.start
    let used = pieces[firstMatch..<best.end].reduce(0) { $0 + $1.columns }
    let first = beginning(pieces, before: firstMatch, columns: (room - used) / 3)
    var last = first
    width = 0
    while last < pieces.count, width + pieces[last].columns <= room {
      width += pieces[last].columns
      last += 1
    }
    let ellipsis = Piece(character: "…", columns: 1, isMatch: false)
    return (first > 0 ? [ellipsis] : []) + pieces[first..<last] + (last < pieces.count ? [ellipsis] : [])
  }

  /// Where to begin so that at most `columns` columns stand before `place`: after a blank or a sign where there is one.
  private static func beginning(_ pieces: [Piece], before place: Int, columns: Int) -> Int {
    var start = place
    var width = 0
    while start > 0, width + pieces[start - 1].columns <= columns {
      start -= 1
      width += pieces[start].columns
    }
    guard start > 0 else { return 0 }
    let afterBreak = pieces[start..<place].firstIndex { $0.character == " " || $0.character.isPunctuation }
    return afterBreak.map { min($0 + 1, place) } ?? start
  }

  private static func marked(_ pieces: [Piece]) -> [Piece] {
    var marked: [Piece] = []
    var isInMatch = false
    for piece in pieces {
      if piece.isMatch != isInMatch {
        marked.append(Piece(character: isInMatch ? "»" : "«", columns: 1, isMatch: false))
        isInMatch.toggle()
      }
      marked.append(piece)
    }
    if isInMatch { marked.append(Piece(character: "»", columns: 1, isMatch: false)) }
    return marked
  }

  /// Breaks at blanks and beside wide characters; a word that is longer than a line is broken where the line ends.
  private static func wrapped(_ pieces: [Piece], columns: Int) -> [[Piece]] {
    var lines: [[Piece]] = []
    var line: [Piece] = []
    var width = 0
    /// Where the line can be broken: the number of its pieces that stay.
    var breakAt: Int?
    for piece in pieces {
      if let last = line.last, mayBreak(after: last, before: piece) { breakAt = line.count }
      if width + piece.columns > columns, !line.isEmpty {
        let kept = breakAt ?? line.count
        lines.append(withoutTrailingBlank(line[..<kept]))
        line.removeSubrange(..<kept)
        width = line.reduce(0) { $0 + $1.columns }
        breakAt = nil
      }
      if line.isEmpty && piece.character == " " { continue }
      line.append(piece)
      width += piece.columns
    }
    if !line.isEmpty { lines.append(withoutTrailingBlank(line[...])) }
    return lines
  }

  private static func withoutTrailingBlank(_ line: ArraySlice<Piece>) -> [Piece] {
    Array(line.last?.character == " " ? line.dropLast() : line)
  }

  private static func mayBreak(after last: Piece, before next: Piece) -> Bool {
    if last.character == " " { return true }
    if next.character == " " || closingSigns.contains(next.character) || openingSigns.contains(last.character) {
      return false
    }
    return last.columns == 2 || next.columns == 2
  }

  /// Signs that do not begin a line.
  private static let closingSigns: Set<Character> = [
    "，", "。", "、", "；", "：", "？", "！", "）", "》", "」", "』", "】", "”", "’", "»", "…", ",", ".", ")", "]",
  ]
  /// Signs that do not end a line.
  private static let openingSigns: Set<Character> = ["（", "《", "「", "『", "【", "“", "‘", "«", "(", "["]
}
