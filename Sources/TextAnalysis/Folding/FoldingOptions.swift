/// Which changes the characters of a text go through before it is cut, and how it is cut into units.
struct FoldingOptions: Hashable {
  /// NFKC_Casefold, and no accents on Latin and Greek letters.
  var folds: Bool
  /// Traditional characters become simplified ones.
  var simplifies: Bool
  /// Everything between blanks is one unit, whatever it consists of.
  var splitsAtBlanksOnly: Bool

  init(_ description: AnalyzerDescription) {
    folds = description.filters.contains(.fold)
    simplifies = description.filters.contains(.simplify)
    splitsAtBlanksOnly = description.tokenizer == .whitespace
  }
}
