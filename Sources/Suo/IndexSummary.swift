package import IndexFormat
import Indexing

/// What an index holds.
public struct IndexSummary: Sendable, Hashable {
  /// Documents, with or without passages.
  public let documents: Int
  /// Passages.
  public let passages: Int
  /// Distinct terms.
  public let terms: Int
  /// Scored tokens of all passages together.
  public let tokens: Int
  /// Bytes of the passages' texts before compression.
  public let textBytes: Int
  /// Bytes of the index's files.
  public let bytes: Int
  /// Passages of each language that occurs.
  public let languages: [LanguageCount]

  /// How many passages a language has.
  public struct LanguageCount: Sendable, Hashable {
    /// The language.
    public let language: Language
    /// Its passages.
    public let passages: Int
  }

  package init(_ statistics: SegmentStatistics, bytes: Int) {
    documents = statistics.documents
    passages = statistics.passages
    terms = statistics.terms
    tokens = statistics.totalLength
    textBytes = statistics.textBytes
    self.bytes = bytes
    languages = statistics.passagesByLanguage.map { LanguageCount(language: $0.language, passages: $0.passages) }
  }

  init(_ summary: BuildSummary) { self.init(summary.statistics, bytes: summary.byteCount) }
}

extension Index {
  /// What the index holds.
  public var summary: IndexSummary {
    IndexSummary(
      reader.statistics,
      bytes: reader.manifest.segments.reduce(reader.manifest.encoded().count) { $0 + $1.byteCount })
  }
}
