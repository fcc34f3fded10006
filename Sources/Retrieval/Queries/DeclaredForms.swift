import IndexFormat
import TextAnalysis

/// Looks up what the texts of an index declare to mean the same.
struct DeclaredForms {
  private let reader: IndexReader

  /// Stems of the longest long form that is looked for.
  private static let mostStems = 20

  init(_ reader: IndexReader) { self.reader = reader }

  /// The other form of one that was looked up, and how many passages declare it.
  struct Form {
    var stems: [[UInt8]]
    var passages: Int
  }

  /// The declared other forms, those of most passages first.
  func forms(_ kind: TokenKind, of form: [UInt8]) throws(IndexError) -> [Form] {
    let prefix = AbbreviationKey.prefix(kind, of: form)
    var passages: [[UInt8]: Int] = [:]
    for segment in reader.segments {
      try segment.terms.forEach(prefix: prefix[...]) { key, info throws(IndexError) in
        passages[key, default: 0] += Int(info.documentFrequency)
        return true
      }
    }
    return passages.sorted { $0.value == $1.value ? $0.key.lexicographicallyPrecedes($1.key) : $0.value > $1.value }
      .map { Form(stems: AbbreviationKey.stems($0.key, after: prefix), passages: $0.value) }
      // Only damage makes such keys.
      .filter { !$0.stems.isEmpty && $0.passages > 0 }
  }

  /// The longest declared long form that begins at a place among stems, with its abbreviations.
  func longestForm(in stems: [[UInt8]], from start: Int) throws(IndexError) -> (end: Int, abbreviations: [Form])? {
    var longest: (end: Int, abbreviations: [Form])?
    var text = stems[start]
    var end = start + 1
    while try isBeginning(text) {
      let forms = try forms(.expansion, of: text)
      if !forms.isEmpty { longest = (end, forms) }
      guard end < stems.count, end - start < DeclaredForms.mostStems else { break }
      text += [0x20] + stems[end]
      end += 1
    }
    return longest
  }

  /// Whether a declared long form begins with these stems.
  private func isBeginning(_ stems: [UInt8]) throws(IndexError) -> Bool {
    let prefix = [TokenKind.expansion.rawValue] + stems
    var isFound = false
    for segment in reader.segments where !isFound {
      try segment.terms.forEach(prefix: prefix[...]) { _, _ throws(IndexError) in
        isFound = true
        return false
      }
    }
    return isFound
  }

  /// The inverse document frequencies of stems together.
  func rarity(of stems: [[UInt8]]) throws(IndexError) -> Float {
    var sum: Float = 0
    for stem in stems {
      let known = try reader.scoring.term(DeclaredForms.key(stem), reader.segments)
      sum += BM25().inverseDocumentFrequency(
        passages: reader.statistics.passages, documentFrequency: known.documentFrequency)
    }
    return sum
  }

  /// The passages that hold a stem.
  func passages(holding stem: [UInt8]) throws(IndexError) -> Int {
    try reader.scoring.term(DeclaredForms.key(stem), reader.segments).documentFrequency
  }

  /// The key under which passages are found by a stem.
  static func key(_ stem: [UInt8]) -> [UInt8] { [TokenKind.stem.rawValue] + stem }
}
