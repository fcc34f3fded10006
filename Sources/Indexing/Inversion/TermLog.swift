import ByteStorage
import TextAnalysis

/// An occurrence of a term.
struct TermRow: BitwiseCopyable {
  var passage: UInt32
  var position: UInt32
}

/// The tokens of a batch as they come, one row each, and the terms that they stand for.
///
/// Rows are brought into the order of terms by counting: the rows of a term stay in the order of passages and positions.
struct TermLog: ~Copyable {
  private var table = TermTable()
  /// The number of each row's term.
  private var terms = PlainBuffer<UInt32>(capacity: 1 << 16)
  private var positions = PlainBuffer<UInt32>(capacity: 1 << 16)
  /// For each passage how many rows there are until its end.
  private var passageEnds = PlainBuffer<Int>(capacity: 1 << 10)
  private var sorted = PlainBuffer<TermRow>()
  /// For each term where its next row belongs among the sorted ones.
  private var places = PlainBuffer<UInt32>()
  private var encoder = RunEncoder()
  /// Where runs are kept.
  private var runs = ByteArena()

  /// Rows so far.
  var count: Int { terms.count }
  /// Passages so far.
  var passageCount: Int { passageEnds.count }

  /// Logs the tokens of a text of the current passage, whose positions count from `base`, and returns how many of them are
  /// scored.
  mutating func append(_ text: TokenView, at base: UInt32) -> UInt32 {
    let count = text.tokens.count
    terms.reserve(count)
    positions.reserve(count)
    table.number(text.tokens, keys: text.keys, into: terms.base + terms.count)
    let target = positions.base + positions.count
    var scored: UInt32 = 0
    let scoredRole = TokenRoles.scored.rawValue
    for index in 0..<count {
      target[index] = base &+ text.tokens[index].position
      scored &+= UInt32(text.tokens[index].roles.rawValue & scoredRole)
    }
    terms.count += count
    positions.count += count
    return scored
  }

  /// Logs one token of the current passage.
  mutating func append(_ key: UnsafeBufferPointer<UInt8>, isPositional: Bool, at position: UInt32) {
    terms.append(table.number(of: key, isPositional: isPositional))
    positions.append(position)
  }

  /// Ends the current passage.
  mutating func endPassage() { passageEnds.append(terms.count) }

  /// Makes a run of everything that was logged and forgets it; the memory is kept.
  ///
  /// - Parameter firstPassage: the number of the passage that was logged first.
  mutating func endRun(firstPassage: Int) -> Run {
    let order = table.sorted()
    scatter(order)
    encoder.removeAll()
    var start: UInt32 = 0
    for entry in order {
      let end = places.base[Int(entry.term)]
      let rows = UnsafeBufferPointer(start: sorted.base + Int(start), count: Int(end - start))
      if entry.length <= 8 {
        // The key is at hand: what is known of the term elsewhere need not be fetched.
        withUnsafeBytes(of: entry.prefix.bigEndian) {
          encoder.append(
            key: UnsafeBufferPointer(rebasing: $0.assumingMemoryBound(to: UInt8.self)[..<Int(entry.length)]),
            isPositional: entry.isPositional, rows: rows)
        }
      } else {
        encoder.append(key: table.key(entry.term), isPositional: entry.isPositional, rows: rows)
      }
      start = end
    }
    table.removeAll()
    terms.count = 0
    positions.count = 0
    passageEnds.count = 0
    return Run(
      content: .memory(runs.copy(encoder.output.elements)), landmarks: encoder.landmarks,
      firstPassage: firstPassage)
  }

  /// Brings the rows into the order of the terms' keys, and leaves in `places` where the rows of each term end.
  private mutating func scatter(_ order: [TermOrder]) {
    sorted.count = 0
    sorted.reserve(terms.count)
    places.count = 0
    places.reserve(table.count)
    let (rows, places, terms, positions) = (sorted.base, places.base, terms.base, positions.base)
    places.update(repeating: 0, count: table.count)
    for row in 0..<count { places[Int(terms[row])] &+= 1 }
    var next: UInt32 = 0
    for entry in order { (places[Int(entry.term)], next) = (next, next + places[Int(entry.term)]) }
    var row = 0
    for passage in 0..<passageEnds.count {
      let end = passageEnds.base[passage]
      while row < end {
        let place = places + Int(terms[row])
        rows[Int(place.pointee)] = TermRow(
          passage: UInt32(truncatingIfNeeded: passage), position: positions[row])
        place.pointee &+= 1
        row &+= 1
      }
    }
  }
}
