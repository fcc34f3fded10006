/// What is wrong with the text of a query, and where.
package struct QuerySyntaxError: Error, Sendable, Hashable {
  /// Column of the offending character, counted in characters from 1.
  package var column: Int
  /// What was expected, and what to do.
  package var message: String
}

extension QuerySyntaxError: CustomStringConvertible {
  package var description: String { "column \(column): \(message)" }
}
