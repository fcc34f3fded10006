/// A term that feedback from the best passages added to the words of a query, or made heavier.
public struct AddedTerm: Sendable, Hashable {
  /// What kind of term it is.
  public var channel: TermMatch.Channel
  /// The term as the index has it.
  public var term: String
  /// How much was added to what it counts in the query, beside how rare it is.
  public var weight: Float
  /// The part of the whole query that was added with it: weight times rarity, over the sum of that for all terms.
  public var share: Float

  /// A term with what was added.
  public init(channel: TermMatch.Channel, term: String, weight: Float, share: Float) {
    self.channel = channel
    self.term = term
    self.weight = weight
    self.share = share
  }
}
