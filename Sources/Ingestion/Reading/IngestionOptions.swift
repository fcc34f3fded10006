/// What is read and how it is divided.
package struct IngestionOptions: Sendable, Hashable {
  /// The format of every source; `nil` goes by each file's extension.
  package var format: SourceFormat?
  /// Whether records are divided into passages; `nil` divides whole files but not the records of JSON lines and TSV.
  package var split: Bool?
  /// Whether files and folders whose name begins with a dot are read too.
  package var includeHidden: Bool
  /// Whether symbolic links within folders are followed. A link that is named itself always is.
  package var followSymbolicLinks: Bool
  /// How long passages are.
  package var sizes: PassageSizes
  /// The most bytes that a whole file, or one line of JSON lines or TSV, may have; longer ones are skipped.
  package var largestRecord: Int

  /// Options that differ from the defaults where a value is given.
  ///
  /// - Precondition: `largestRecord` is positive and below 4 GiB, the range of a line table's offsets.
  package init(
    format: SourceFormat? = nil, split: Bool? = nil, includeHidden: Bool = false, followSymbolicLinks: Bool = false,
    sizes: PassageSizes = PassageSizes(), largestRecord: Int = 256 << 20
  ) {
    precondition(largestRecord > 0 && largestRecord < Int(UInt32.max), "largestRecord is \(largestRecord)")
    self.format = format
    self.split = split
    self.includeHidden = includeHidden
    self.followSymbolicLinks = followSymbolicLinks
    self.sizes = sizes
    self.largestRecord = largestRecord
  }
}

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
