import ByteStorage

/// Postings of consecutive passages, sorted by term: a stream of entries in memory or in a file of its own.
///
/// An entry: key length and key; number of postings; occurrences; 1 for a positional term, else 0; first and last passage;
/// length of the rest; then the frequency and the positions of the first passage, and for each further one the difference
/// of its passage, its frequency and its positions. Positions are stored as differences within a passage. All numbers are
/// variable-length integers.
struct Run: Sendable {
  /// Where the entries are.
  enum Content: Sendable {
    case memory([UInt8])
    case file(name: String, count: Int)
  }

  var content: Content
  /// The number of the run's first passage in the whole index.
  var firstPassage = 0

  /// Bytes that the run takes in memory.
  var memory: Int {
    switch content {
    case .memory(let bytes): bytes.count
    case .file: 0
    }
  }
}

/// The head of an entry in a run.
struct RunEntry {
  var key: [UInt8] = []
  var postings = 0
  var occurrences = 0
  var isPositional = false
  /// Passage numbers counted from the run's first.
  var first = 0
  var last = 0
  /// Length of the rest in bytes.
  var length = 0

  func encode(to output: inout [UInt8]) {
    output.append(variable: key.count)
    output.append(contentsOf: key)
    output.append(variable: postings)
    output.append(variable: occurrences)
    output.append(isPositional ? 1 : 0)
    output.append(variable: first)
    output.append(variable: last)
    output.append(variable: length)
  }
}
