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
