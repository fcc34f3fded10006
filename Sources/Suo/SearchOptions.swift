/// How to search.
public struct SearchOptions: Sendable, Hashable {
  /// How many hits to return at most.
  public var limit: Int
  /// Only passages of this language; nil for all.
  public var language: Language?
  /// How soon further occurrences of a term stop to count; 0 or more.
  public var k1: Float
  /// How much longer passages are held back: 0 (not at all) to 1.
  public var b: Float
  /// True to return each document once, with its best passage; `SearchHit.others` holds further ones.
  public var groupsByDocument: Bool
  /// True to tell how each score came about.
  public var explains: Bool

  /// The defaults: ten hits, all languages, BM25 with k1 1.2 and b 0.75.
  public init(
    limit: Int = 10, language: Language? = nil, k1: Float = 1.2, b: Float = 0.75, groupsByDocument: Bool = false,
    explains: Bool = false
  ) {
    self.limit = limit
    self.language = language
    self.k1 = k1
    self.b = b
    self.groupsByDocument = groupsByDocument
    self.explains = explains
  }
}
