package import ByteStorage

/// Why an index cannot be read or written.
package enum IndexError: Error, Equatable, Sendable {
  /// The folder holds no manifest.
  case notAnIndex(folder: String)
  /// A file does not begin or end as an index file does.
  case foreignFile(file: String, expected: String)
  /// A file was written in a version of the format that this program does not read.
  case unsupportedVersion(file: String, found: Int, supported: ClosedRange<Int>)
  /// The bytes of a file contradict themselves; `section` names the part, `reason` says what was expected.
  case damaged(file: String, section: String, reason: String)
  /// The index was built with another analyzer than the one that would read its queries.
  case analyzerDiffers(folder: String, differences: [String])
  /// The input is larger than a segment can hold.
  case tooLarge(what: String, limit: Int)
  /// A file of the index could not be read or written.
  case storage(StorageError)
}

extension IndexError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAnIndex(let folder):
      "\(folder): no index here; make one with `suo index PATH --index \(folder)`"
    case .foreignFile(let file, let expected):
      "\(file): not an index file: \(expected)"
    case .unsupportedVersion(let file, let found, let supported):
      "\(file): format version \(found); this program reads \(supported.lowerBound) to \(supported.upperBound); "
        + "index the sources again"
    case .damaged(let file, let section, let reason):
      "\(file): damaged \(section): \(reason); index the sources again"
    case .analyzerDiffers(let folder, let differences):
      "\(folder): built with another analyzer (\(differences.joined(separator: "; "))); "
        + "index the sources again with `suo index PATH --index \(folder)`"
    case .tooLarge(let what, let limit):
      "too many \(what) for one index: the limit is \(limit)"
    case .storage(let error):
      error.description
    }
  }
}
