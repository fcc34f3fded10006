/// One source document, divided into the passages that a search returns.
public struct Document: Sendable, Hashable {
  /// The name by which runs and hits refer to the document: a record's own id, or the file's path.
  public var id: String
  /// The file that the document was read from; `-` for standard input.
  public var path: String
  /// The title, or an empty string where the source names none.
  public var title: String
  /// True when the title stands outside the passages (front matter, a JSON key), so that it has to be indexed of its own.
  public var titleIsSeparate: Bool
  /// Typed fields in the order of the source; names may repeat.
  public var fields: [Field]
  /// The passages in the order of the source.
  public var passages: [Passage]

  /// A document from its parts.
  public init(
    id: String, path: String, title: String = "", titleIsSeparate: Bool = false, fields: [Field] = [],
    passages: [Passage]
  ) {
    self.id = id
    self.path = path
    self.title = title
    self.titleIsSeparate = titleIsSeparate
    self.fields = fields
    self.passages = passages
  }
}

/// A stretch of a document that is found, ranked and shown as one.
public struct Passage: Sendable, Hashable {
  /// What is searched and shown. For plain text and Markdown it is the slice `range` of the source, to the byte.
  public var text: String
  /// Byte range of the passage in the source file, counted in the bytes of the file as it lies on the disk.
  public var range: Range<Int>
  /// The line of the source file on which the passage begins, counted from 1.
  public var line: Int
  /// The headings above the passage, outermost first, without their marks.
  public var headings: [String]
  /// The language that the passage is mainly written in.
  public var language: Language

  /// A passage from its parts.
  public init(text: String, range: Range<Int>, line: Int, headings: [String] = [], language: Language) {
    self.text = text
    self.range = range
    self.line = line
    self.headings = headings
    self.language = language
  }
}
