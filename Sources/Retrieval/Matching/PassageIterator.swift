import IndexFormat

/// Walks through the passages of a segment that match a part of a query, in ascending order.
///
/// A class hierarchy rather than a protocol: every query has its own tree, and what is hot runs below it over whole blocks.
class PassageIterator {
  /// The current passage after the first call of `advance`; `exhausted` after the last.
  fileprivate(set) var passage: UInt32 = 0

  /// What `passage` is after the last one.
  static let exhausted = UInt32.max

  /// How many passages match at most: what decides which of several iterators leads.
  var cost: Int { preconditionFailure("an iterator says its cost") }

  /// Steps to the first matching passage that is not before `target`, and returns it.
  func advance(to target: UInt32) throws(IndexError) -> UInt32 {
    preconditionFailure("an iterator advances")
  }

  /// The score of the current passage.
  func score() throws(IndexError) -> Double { preconditionFailure("an iterator scores") }

  /// Adds what the current passage's score is made of.
  func explain() throws(IndexError) -> [ScorePart] { preconditionFailure("an iterator explains") }

  /// Records where the iterator stands.
  @inline(__always)
  final func stand(at passage: UInt32) -> UInt32 {
    self.passage = passage
    return passage
  }
}
