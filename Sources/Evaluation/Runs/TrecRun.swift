/// Writes the lines of a run as the evaluation programs of TREC read them: `qid Q0 docid rank score tag`.
package struct TrecRun: Sendable {
  /// The name of the run, the last word of every line.
  package let tag: String

  package init(tag: String) { self.tag = TrecRun.word(tag) }

  /// A line without its end.
  ///
  /// - Parameters:
  ///   - rank: counted from 1.
  ///   - score: written in the shortest digits that read back as the same number, so that no two scores become equal.
  package func line(topic: String, document: String, rank: Int, score: Float) -> String {
    "\(TrecRun.word(topic)) Q0 \(TrecRun.word(document)) \(rank) \(score) \(tag)"
  }

  /// A text as one word: blanks and control characters, which would end it, become underscores.
  static func word(_ text: String) -> String {
    guard !text.isEmpty else { return "_" }
    // Most ids are of letters, digits and marks of ASCII.
    if text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.isWhitespace || $0.properties.generalCategory == .control ? "_" : $0 }))
  }
}
