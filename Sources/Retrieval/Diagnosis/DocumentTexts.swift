import TextAnalysis

/// The texts of a document, cut as for the index and once more with everything folded that can be folded.
struct DocumentTexts {
  /// A text with its tokens.
  struct Text {
    /// Which passage, counted from 0; nil for the title.
    var passage: Int?
    var bytes: [UInt8]
    /// As the index cuts it.
    var tokens: TokenBuffer
    /// As the lens cuts it.
    var folded: TokenBuffer

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func evidence(_ range: Range<Int>) -> MissCause.Evidence {
      MissCause.Evidence(string(range), passage: passage, range: passage == nil ? nil : range)
    }
  }

  private(set) var texts: [Text] = []
  private let analyzer: Analyzer
  /// Makes alike what the index may keep apart: case, accents, width, kinds of characters, forms of a word.
  let lens: Analyzer

  init(_ analyzer: Analyzer) throws(AnalyzerError) {
    self.analyzer = analyzer
    lens = try Analyzer(.bilingual)
  }

  /// - Parameter passage: its number in the document, or nil for the title.
  mutating func add(_ text: String, passage: Int?) {
    var tokens = TokenBuffer()
    var folded = TokenBuffer()
    analyzer.analyze(text, into: &tokens)
    lens.analyze(text, into: &folded)
    texts.append(Text(passage: passage, bytes: Array(text.utf8), tokens: tokens, folded: folded))
  }

  /// The keys of the units of a text as the lens cuts it.
  func units(of text: String) -> [[UInt8]] {
    var buffer = TokenBuffer()
    lens.analyze(text, into: &buffer)
    return buffer.unitKeys
  }

  /// The stems in a text as the lens cuts it.
  func stems(of text: String) -> [[UInt8]] {
    var buffer = TokenBuffer()
    lens.analyze(text, into: &buffer)
    return buffer.tokens.filter { $0.kind == .stem }.map { Array(buffer.key(of: $0)) }
  }
}

extension TokenBuffer {
  /// For each unit the key of the plain token that stands for it; empty where there is none.
  var unitKeys: [[UInt8]] {
    var keys = [[UInt8]](repeating: [], count: Int(unitCount))
    for token in tokens where token.positionLength == 1 && [.exact, .character].contains(token.kind) {
      keys[Int(token.position)] = Array(key(of: token))
    }
    return keys
  }
}
