/// How to search.
public struct SearchOptions: Sendable, Hashable {
  /// How many hits to return at most.
  public var limit: Int
  /// Only passages of this language; nil for all.
  public var language: Language?
  /// Whose formula scores.
  public var model: ScoringModel
  /// How soon further occurrences of a term stop to count, 0 or more; nil for what the model has.
  public var k1: Float?
  /// How much longer passages are held back, 0 (not at all) to 1; nil for what the model has.
  public var b: Float?
  /// How exactly the lengths of passages are taken; nil for what the model has.
  public var lengths: LengthPrecision?
  /// True to weigh the terms of a query by what they say in it: interrogatives and particles less, words and numbers
  /// among characters more, repetitions once. False for the formula alone.
  public var weighsTerms: Bool
  /// True to rank the best hits of plain words again by likeness of content, where the index has vectors for it; false for
  /// the scores of BM25. With the formulas of other systems it is never done.
  public var reranks: Bool
  /// How much the best hits gain where words of the query stand near each other, as a part of the reranking; 0 or more.
  public var proximity: Float
  /// How much the best hits gain by holding many of the query's words, as a part of the reranking; 0 or more.
  public var coverage: Float
  /// True to look for abbreviations by their long forms too, and the other way round, where the texts declare them.
  public var expandsAbbreviations: Bool
  /// True to search for plain words twice, the second time also for what the best passages of the first search have in
  /// common. It needs an index with texts. It finds more where many passages are about the matter, and may move the one
  /// passage down that is asked for where there is only one.
  public var usesFeedback: Bool
  /// True to return each document once, with its best passage; `SearchHit.others` holds further ones.
  public var groupsByDocument: Bool
  /// True to tell how each score came about.
  public var explains: Bool

  /// The defaults: ten hits, all languages, BM25 with k1 1.2 and b 0.75 over weighed terms, abbreviations by both forms, the
  /// best hits reranked, no feedback.
  public init(
    limit: Int = 10, language: Language? = nil, model: ScoringModel = .bm25, k1: Float? = nil, b: Float? = nil,
    lengths: LengthPrecision? = nil, weighsTerms: Bool = true, reranks: Bool = true, proximity: Float = 0,
    coverage: Float = 0, expandsAbbreviations: Bool = true, usesFeedback: Bool = false, groupsByDocument: Bool = false,
    explains: Bool = false
  ) {
    self.limit = limit
    self.language = language
    self.model = model
    self.k1 = k1
    self.b = b
    self.lengths = lengths
    self.weighsTerms = weighsTerms
    self.reranks = reranks
    self.proximity = proximity
    self.coverage = coverage
    self.expandsAbbreviations = expandsAbbreviations
    self.usesFeedback = usesFeedback
    self.groupsByDocument = groupsByDocument
    self.explains = explains
  }
}
