/// What the dictionary says of a term.
package struct TermInfo: Sendable, Hashable {
  /// The term's number in the dictionary, counted from 0.
  package var ordinal = 0
  /// Passages that hold the term, at least 1.
  package var documentFrequency: UInt32
  /// Occurrences in all passages together.
  package var totalFrequency: UInt64
  /// True where the term's positions are stored.
  package var isPositional: Bool
  /// Byte range in the section of postings; empty for a single posting.
  package var postings: Range<Int>
  /// Byte range in the section of positions; empty without positions.
  package var positions: Range<Int>
  /// The posting of a term that occurs in one passage only.
  package var singlePosting: SinglePosting?

  package init(
    ordinal: Int = 0, documentFrequency: UInt32, totalFrequency: UInt64, isPositional: Bool, postings: Range<Int>,
    positions: Range<Int>, singlePosting: SinglePosting? = nil
  ) {
    self.ordinal = ordinal
    self.documentFrequency = documentFrequency
    self.totalFrequency = totalFrequency
    self.isPositional = isPositional
    self.postings = postings
    self.positions = positions
    self.singlePosting = singlePosting
  }

  /// A posting that lies in the dictionary itself.
  package struct SinglePosting: Sendable, Hashable {
    package var document: UInt32
    package var frequency: UInt32

    package init(document: UInt32, frequency: UInt32) {
      self.document = document
      self.frequency = frequency
    }
  }
}
