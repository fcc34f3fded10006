import TextAnalysis

/// Finds in the text of a hit what the query met: the text is cut as it was for the index, and the source ranges of the
/// tokens that the query names are joined.
final class Highlighter {
  private let analyzer: Analyzer
  private let evidence: HighlightEvidence
  private var buffer = TokenBuffer()

  init(_ plan: QueryPlan, _ analyzer: Analyzer) {
    self.analyzer = analyzer
    evidence = HighlightEvidence(plan)
  }

  /// UTF-8 byte ranges of what matched, ascending, none touching another.
  func highlights(in text: String) -> [Range<Int>] {
    analyzer.analyze(text, into: &buffer)
    let units = UnitTable(buffer)
    var ranges: [Range<Int>] = []
    var characters: [Range<Int>] = []
    for token in buffer.tokens {
      let key = Array(buffer.key(of: token))
      if evidence.terms.contains(key) {
        if units.isUnbroken(token) { ranges.append(token.sourceRange) }
      } else if evidence.characters.contains(key) {
        characters.append(token.sourceRange)
      }
    }
    for phrase in evidence.phrases { ranges += units.occurrences(of: phrase, lastIsPrefix: false) }
    for prefix in evidence.prefixes { ranges += units.occurrences(of: prefix, lastIsPrefix: true) }
    // Single characters of a longer run are shown only where nothing better explains the hit.
    return Highlighter.joined(ranges.isEmpty ? characters : ranges)
  }

  /// Joins ranges that overlap or touch.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else if !range.isEmpty {
        joined.append(range)
      }
    }
    return joined
  }
}
