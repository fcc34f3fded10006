package import SearchModel

/// What a unit holds.
package struct ParsedUnit: Sendable {
  /// In the order of the source.
  package var documents: [Document]
  /// What of the unit was left out, with reasons.
  package var skipped: [SourceProblem]
  /// Bytes of the source that were read.
  package var byteCount: Int

  package init(documents: [Document] = [], skipped: [SourceProblem] = [], byteCount: Int = 0) {
    self.documents = documents
    self.skipped = skipped
    self.byteCount = byteCount
  }
}
