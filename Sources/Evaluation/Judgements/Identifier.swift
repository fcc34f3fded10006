/// The id of a topic or of a document. Ids are the same where their bytes are, and are ordered by their bytes, as the
/// evaluation programs do it; texts would also be the same where only their Unicode normal forms differ.
package struct Identifier: Sendable {
  package let text: String

  /// - Parameter text: blanks and control characters in it become underscores, as in a run.
  package init(_ text: String) { self.text = TrecRun.word(text) }
}

extension Identifier: Hashable, Comparable {
  package static func == (first: Identifier, second: Identifier) -> Bool {
    first.text.utf8.elementsEqual(second.text.utf8)
  }

  package static func < (first: Identifier, second: Identifier) -> Bool {
    first.text.utf8.lexicographicallyPrecedes(second.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    // Texts of the same bytes have the same hash; so have those of other normal forms, which `==` tells apart.
    hasher.combine(text)
  }
}

extension Identifier: CustomStringConvertible {
  package var description: String { text }
}
