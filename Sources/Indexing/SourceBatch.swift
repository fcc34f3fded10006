package import SearchModel

/// Documents that are analyzed and inverted together by one thread.
package struct SourceBatch: Sendable {
  /// The documents in the order of the source.
  package var documents: [Document]
  /// Bytes of the source that they were read from.
  package var byteCount: Int
  /// What was left out of the index, and why.
  package var problems: [SourceProblem]

  package init(documents: [Document], byteCount: Int, problems: [SourceProblem] = []) {
    self.documents = documents
    self.byteCount = byteCount
    self.problems = problems
  }
}
