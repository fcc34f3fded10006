/// The sections of a segment file, in the order in which they lie there. The raw value is the section's number on disk.
///
/// The texts come first because they are written while the sources are read; all else is known only at the end.
package enum SegmentSection: UInt32, Sendable, CaseIterable {
  /// The texts of the passages, compressed; empty in an index that stores none.
  case texts = 1
  /// Where each passage stands in its source.
  case passages = 2
  /// Ids, paths and titles of the documents.
  case documents = 3
  /// Typed fields, a column each.
  case fields = 4
  /// Scored tokens of each passage.
  case lengths = 5
  /// Passages and frequencies of each term, with block directories.
  case postings = 6
  /// Positions of each term in its passages.
  case positions = 7
  /// All terms, sorted, with where their postings lie.
  case terms = 8
  /// Counts and sums over the segment.
  case statistics = 9
  /// Vectors of passages and terms; empty in an index that is built without.
  case latent = 10

  /// The name on the command line and in messages.
  package var name: String { String(describing: self) }

  /// The section of this name.
  package init?(named name: String) {
    guard let section = SegmentSection.allCases.first(where: { $0.name == name }) else { return nil }
    self = section
  }
}
