/// A passage that a search found.
public struct SearchHit: Sendable, Hashable {
  /// Place in the ranking, counted from 1.
  public var rank: Int
  /// Higher is better; scores of different queries cannot be compared.
  public var score: Float
  /// The document's id.
  public var id: String
  /// Which of the document's passages this is, counted from 0.
  public var passage: Int
  /// The document's file; `-` for standard input.
  public var path: String
  /// The line of the file on which the passage begins, counted from 1.
  public var line: Int
  /// Byte range of the passage in the file.
  public var range: Range<Int>
  /// The document's title, or an empty string.
  public var title: String
  /// The headings above the passage, outermost first.
  public var headings: [String]
  /// The language that the passage is mainly written in.
  public var language: Language
  /// The passage, or nil where the index stores no texts.
  public var text: String?
  /// What matched: UTF-8 byte ranges in `text`, ascending and apart from each other.
  public var highlights: [Range<Int>]
  /// What matched in the title, which is searched with the document's first passage, or with all of them where headings
  /// have a weight: UTF-8 byte ranges in `title`.
  public var titleHighlights: [Range<Int>]
  /// The document's fields.
  public var fields: [Field]
  /// How the score came about; nil unless it was asked for.
  public var explanation: Explanation?
  /// Further passages of the same document, best first; empty unless hits are grouped by document.
  public var others: [SearchHit]

  /// A hit from its parts.
  public init(
    rank: Int, score: Float, id: String, passage: Int, path: String, line: Int, range: Range<Int>, title: String,
    headings: [String], language: Language, text: String?, highlights: [Range<Int>],
    titleHighlights: [Range<Int>] = [], fields: [Field], explanation: Explanation? = nil, others: [SearchHit] = []
  ) {
    self.rank = rank
    self.score = score
    self.id = id
    self.passage = passage
    self.path = path
    self.line = line
    self.range = range
    self.title = title
    self.headings = headings
    self.language = language
    self.text = text
    self.highlights = highlights
    self.titleHighlights = titleHighlights
    self.fields = fields
    self.explanation = explanation
    self.others = others
  }
}

/// How many passages match a query.
public struct TotalHits: Sendable, Hashable {
  /// Whether the number is exact.
  public enum Relation: String, Sendable {
    /// Exactly so many.
    case equal = "eq"
    /// At least so many: the search stopped counting when no further passage could reach the hits.
    case atLeast = "gte"
  }

  /// The number of passages.
  public var value: Int
  /// Whether the number is exact.
  public var relation: Relation

  /// A number of passages.
  public init(value: Int, relation: Relation) {
    self.value = value
    self.relation = relation
  }
}
