/// Whose formula scores: the variants of BM25 that programs and papers use.
public enum ScoringModel: String, Sendable, Hashable, CaseIterable {
  /// Suo's own: as Lucene has it, with exact lengths.
  case bm25
  /// Apache Lucene 8 and later, and what is built on it: Elasticsearch, OpenSearch, Solr.
  case lucene
  /// Lucene with the parameters of Anserini and Pyserini.
  case anserini
  /// Tantivy.
  case tantivy
  /// PISA.
  case pisa
  /// The function `bm25` of SQLite's FTS5, with the sign turned.
  case fts5
  /// BM25L (Lv and Zhai, 2011), which is kinder to long passages.
  case bm25l
  /// BM25+ (Lv and Zhai, 2011), in which a word that occurs always counts for something.
  case bm25plus = "bm25+"
  /// ATIRE (Trotman, Jia and Crane, 2012).
  case atire
}

/// How exactly the lengths of passages enter the score.
public enum LengthPrecision: String, Sendable, Hashable, CaseIterable {
  /// As they are.
  case exact
  /// Rounded down to the 256 lengths that a byte of Lucene's and Tantivy's indexes can tell apart; up to 40 they are exact.
  case lucene
}
