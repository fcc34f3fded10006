package import Ingestion

/// How sources are read and divided into passages.
public struct SourceOptions: Sendable, Hashable {
  /// The format of all sources; nil decides for each by its name.
  public var format: Format?
  /// Whether documents are divided into passages; nil divides texts and leaves records of JSON lines and TSV whole.
  public var splits: Bool?
  /// True to read files and folders whose names begin with a dot.
  public var includesHidden: Bool
  /// True to follow symbolic links in folders.
  public var followsSymbolicLinks: Bool
  /// A passage is divided when it reads longer than this: a Chinese character counts 1, an English word about 2.
  public var longestPassage: Int
  /// Neighbouring passages are joined while they read shorter than this.
  public var shortestPassage: Int

  /// The formats of sources.
  public enum Format: String, Sendable, CaseIterable {
    /// CommonMark with tables and YAML front matter.
    case markdown
    /// Plain text.
    case text
    /// A JSON object on each line.
    case jsonLines = "jsonl"
    /// An id, a tab and a text on each line.
    case tsv
    /// HTML.
    case html
  }

  /// The defaults.
  public init(
    format: Format? = nil, splits: Bool? = nil, includesHidden: Bool = false, followsSymbolicLinks: Bool = false,
    longestPassage: Int = 400, shortestPassage: Int = 40
  ) {
    self.format = format
    self.splits = splits
    self.includesHidden = includesHidden
    self.followsSymbolicLinks = followsSymbolicLinks
    self.longestPassage = longestPassage
    self.shortestPassage = shortestPassage
  }

  package var ingestion: IngestionOptions {
    IngestionOptions(
      format: format.flatMap { SourceFormat(rawValue: $0.rawValue) }, split: splits, includeHidden: includesHidden,
      followSymbolicLinks: followsSymbolicLinks,
      sizes: PassageSizes(longest: longestPassage, shortest: shortestPassage))
  }
}
