package import Retrieval

/// What to look for.
public struct Query: Sendable, Hashable {
  package let node: QueryNode

  /// A query in the query language: words, `"exact phrases"`, `+must`, `-not`, `AND OR NOT ( )`, `field:value`, `prefix*`.
  ///
  /// - Throws: `SuoError.invalidQuery` with the column of what is wrong.
  public init(_ text: String) throws(SuoError) {
    do { node = try QueryParser.parse(text) } catch { throw .invalidQuery(column: error.column, reason: error.message) }
  }

  /// Words in which no character has a meaning of its own: a question, a title, text from elsewhere.
  public init(words text: String) { node = QueryParser.plainText(text) }
}
