package import TextAnalysis

/// The kinds of terms that queries are scored by.
package enum ScoredKinds {
  /// The kinds that an analyzer gives, in the order of their names.
  package static func of(_ analyzer: AnalyzerDescription) -> [TokenKind] {
    switch analyzer.tokenizer {
    case .bilingual: TokenKind.allCases.filter(\.isScored).sorted { $0.name < $1.name }
    case .whitespace, .words, .bigrams: [analyzer.filters.contains(.stemEnglish) ? .stem : .exact]
    }
  }
}
