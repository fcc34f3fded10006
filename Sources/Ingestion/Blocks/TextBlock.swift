/// A stretch of text that its writer set apart: a heading, a paragraph, an item of a list.
struct TextBlock: Equatable {
  enum Kind: Equatable {
    /// A heading without its marks; outer headings have lower levels.
    case heading(level: Int, text: String)
    case paragraph
    case listItem
    /// A row of a table; the first row comes with the header and the line below it.
    case tableRow
    case code
  }

  var kind: Kind
  /// Bytes of the text, without blanks at either end.
  var range: Range<Int>
  /// True where a rule or something else that is no text sets the block apart from the one before.
  var isSetApart = false

  var isHeading: Bool {
    if case .heading = kind { true } else { false }
  }
}
