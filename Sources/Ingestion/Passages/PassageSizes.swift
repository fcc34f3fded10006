/// How long passages may be and which are too short to stand alone, both counted in reading characters.
///
/// A Han, kana or Hangul character counts one, every other character a third, so that an English word with its blank
/// counts about two: a Chinese translation of an English text has about as many reading characters as the original.
package struct PassageSizes: Sendable, Hashable {
  /// A longer paragraph is divided. 400 is about 400 Han characters or 200 English words.
  package var longest: Int
  /// A shorter paragraph or list item is joined to its neighbours. 40 is about 40 Han characters or 20 English words.
  package var shortest: Int

  /// Sizes in reading characters.
  ///
  /// - Precondition: `longest` is at least 10, and `shortest` lies between 0 and half of `longest`.
  package init(longest: Int = 400, shortest: Int = 40) {
    precondition(longest >= 10 && shortest >= 0 && shortest <= longest / 2, "\(shortest)...\(longest)")
    self.longest = longest
    self.shortest = shortest
  }

  /// Joining stops at this size, so that a list of short items becomes several passages and not one long one.
  var comfortable: Int { min(shortest * 3, longest) }
}
