/// A query of an experiment.
package struct Topic: Sendable, Hashable {
  /// The id under which its judgements and results stand.
  package var identifier: String
  package var text: String

  package init(identifier: String, text: String) {
    self.identifier = identifier
    self.text = text
  }
}
