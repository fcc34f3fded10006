/// An analyzer as a value: which tokenizer cuts the text and which filters change the tokens.
///
/// The description is stamped into every index with the versions of the libraries behind it, and two analyzers are the
/// same exactly when their descriptions are equal.
package struct AnalyzerDescription: Sendable, Hashable {
  /// How text is cut into tokens.
  package enum Tokenizer: String, Sendable, CaseIterable {
    /// Split at blanks (Unicode White_Space), nothing else.
    case whitespace
    /// ICU word boundaries; each word is one token.
    case words
    /// ICU word boundaries for spaced scripts, overlapping bigrams for unspaced ones.
    case bigrams
    /// Units, stems, bigrams, characters and compounds: the default analyzer.
    case bilingual
  }

  /// What happens to a token after it is cut, in the order in which the cases are listed here.
  package enum Filter: String, Sendable, CaseIterable {
    /// NFKC, full width to half width, case folding and the accents of Latin and Greek letters.
    case fold
    /// Traditional characters to simplified ones, character by character.
    case simplify
    /// Snowball's English stemmer, for words of ASCII letters.
    case stemEnglish = "stem-english"
    /// Abbreviations that a text declares beside their long forms become terms of their own, which are never scored.
    case abbreviations
  }

  /// The name by which the command line and the index know it.
  package var name: String
  package var tokenizer: Tokenizer
  package var filters: [Filter]

  package init(name: String, tokenizer: Tokenizer, filters: [Filter]) {
    self.name = name
    self.tokenizer = tokenizer
    self.filters = filters
  }

  package static let bilingual = AnalyzerDescription(
    name: "bilingual", tokenizer: .bilingual, filters: [.fold, .simplify, .stemEnglish, .abbreviations])
  package static let whitespace = AnalyzerDescription(name: "whitespace", tokenizer: .whitespace, filters: [])
  package static let english = AnalyzerDescription(
    name: "english", tokenizer: .words, filters: [.fold, .stemEnglish, .abbreviations])
  package static let standard = AnalyzerDescription(name: "standard", tokenizer: .words, filters: [.fold])
  package static let cjkBigram = AnalyzerDescription(
    name: "cjk-bigram", tokenizer: .bigrams, filters: [.fold])

  /// The analyzers that exist by name, the default first.
  package static let builtIn: [AnalyzerDescription] = [.bilingual, .english, .standard, .cjkBigram, .whitespace]
}
