import ByteStorage

/// Postings of consecutive passages, sorted by term: a stream of entries in memory or in a file of its own.
///
/// An entry: key length and key; number of postings; occurrences; 1 for a positional term, else 0; first and last passage;
/// length of the postings, length of the positions; then both. A posting is the difference of its passage from the one
/// before less 1, doubled, plus 1 where the frequency is 1; then the frequency where it is not. The first posting has a
/// difference of 0 instead, because its passage stands in front. Positions are stored as differences within a passage. All
/// numbers are variable-length integers.
///
/// Postings and positions are those of the short lists of the index, so that most of them need not be decoded again.
struct Run: Sendable {
  /// Where the entries are.
  enum Content: Sendable {
    case memory(ByteView)
    case file(name: String, count: Int)
  }

  /// An entry by which a reader can begin.
  struct Landmark: Sendable {
    var key: [UInt8]
    var offset: Int
  }

  var content: Content
  /// The first entry, and one every so many bytes.
  var landmarks: [Landmark]
  /// The number of the run's first passage in the whole index.
  var firstPassage = 0

  /// Bytes that the run takes in memory.
  var memory: Int {
    switch content {
    case .memory(let bytes): bytes.count
    case .file: 0
    }
  }

  /// The bytes of the entries, mapped into memory where they are in a file.
  func bytes(in folder: StorageFolder) throws(StorageError) -> ByteView {
    switch content {
    case .memory(let bytes): bytes
    case .file(let name, let count): try MappedFile(path: folder.path(of: name), expectedCount: count).view
    }
  }

  /// Bytes from one landmark to the next.
  static let landmarkDistance = 16 << 10
}

/// The head of an entry in a run, and where its rest is; valid as long as the run is.
struct RunEntry: BitwiseCopyable {
  var key = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var postings = 0
  var occurrences = 0
  var isPositional = false
  /// Passage numbers counted from the run's first.
  var first = 0
  var last = 0
  var postingBytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var positionBytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
}
