import ByteStorage
import IndexFormat

/// Turns the entries of one term after the other into postings and positions as they lie in the index.
struct TermEncoder: ~Copyable {
  private var postings = PostingsEncoder()
  private var positions = PositionsEncoder()
  private var documents = PlainBuffer<UInt32>()
  private var frequencies = PlainBuffer<UInt32>()
  private var gaps = PlainBuffer<UInt32>()
  private var joined = PlainBuffer<UInt8>()

  /// Encodes the terms that runs have from one key on and before another one.
  mutating func encode(
    _ runs: [Run], from first: [UInt8]?, to end: [UInt8]?, in folder: StorageFolder
  ) throws(StorageError) -> EncodedTerms {
    var terms = EncodedTerms()
    var merge = try RunMerge(runs, from: first, to: end, in: folder)
    while merge.next() { append(merge.current, merge.currentFirstPassages, to: &terms) }
    return terms
  }

  private mutating func append(
    _ entries: UnsafeBufferPointer<RunEntry>, _ firstPassages: UnsafeBufferPointer<Int>, to terms: inout EncodedTerms
  ) {
    let isPositional = entries[0].isPositional
    var postingCount = 0
    var occurrences = 0
    for entry in entries {
      precondition(entry.isPositional == isPositional, "a term has positions in all runs or in none")
      postingCount += entry.postings
      occurrences += entry.occurrences
    }
    var term = EncodedTerms.Term(
      keyLength: entries[0].key.count, documentFrequency: postingCount, totalFrequency: occurrences)
    let positionStart = terms.positions.count
    let postingStart = terms.postings.count
    // Lists that fill no block are in a run as they are in the index.
    var positionEnds: [UInt32]?
    let needsNumbers = postingCount >= IntegerBlock.size
    if needsNumbers { decodePostings(entries, firstPassages, count: postingCount) }
    if isPositional {
      if occurrences < IntegerBlock.size {
        for entry in entries { terms.positions.append(contentsOf: entry.positionBytes) }
      } else {
        decodePositions(entries, count: occurrences)
        if !needsNumbers { decodePostings(entries, firstPassages, count: postingCount) }
        positionEnds = positions.encode(gaps.elements, frequencies: frequencies.elements, to: &terms.positions)
      }
      term.positionsLength = terms.positions.count - positionStart
    }
    if postingCount == 1 {
      term.singlePosting = TermInfo.SinglePosting(
        document: UInt32(entries[0].first + firstPassages[0]), frequency: UInt32(occurrences))
    } else if needsNumbers {
      postings.encode(
        documents: documents.elements, frequencies: frequencies.elements, positionEnds: positionEnds,
        to: &terms.postings)
    } else {
      joined.count = 0
      var last = -1
      for (entry, firstPassage) in zip(entries, firstPassages) {
        entry.appendPostings(after: last - firstPassage, to: &joined)
        last = entry.last + firstPassage
      }
      terms.postings.append(contentsOf: joined.elements)
    }
    term.postingsLength = terms.postings.count - postingStart
    terms.keys.append(contentsOf: entries[0].key)
    terms.terms.append(term)
  }

  private mutating func decodePostings(
    _ entries: UnsafeBufferPointer<RunEntry>, _ firstPassages: UnsafeBufferPointer<Int>, count: Int
  ) {
    documents.count = 0
    frequencies.count = 0
    documents.reserve(count)
    frequencies.reserve(count)
    var document = documents.base
    var frequency = frequencies.base
    for (entry, firstPassage) in zip(entries, firstPassages) {
      var next = entry.postingBytes.baseAddress!
      var passage = UInt32(entry.first + firstPassage)
      for posting in 0..<entry.postings {
        let head = VariableInteger.read(&next)
        if posting > 0 { passage &+= UInt32(truncatingIfNeeded: head >> 1) &+ 1 }
        document.pointee = passage
        frequency.pointee = head & 1 == 1 ? 1 : UInt32(truncatingIfNeeded: VariableInteger.read(&next))
        document += 1
        frequency += 1
      }
    }
    documents.count = count
    frequencies.count = count
  }

  private mutating func decodePositions(_ entries: UnsafeBufferPointer<RunEntry>, count: Int) {
    gaps.count = 0
    gaps.reserve(count)
    var gap = gaps.base
    for entry in entries {
      guard var next = entry.positionBytes.baseAddress else { continue }
      for _ in 0..<entry.occurrences {
        gap.pointee = UInt32(truncatingIfNeeded: VariableInteger.read(&next))
        gap += 1
      }
    }
    gaps.count = count
  }
}

/// Terms in the order of their keys, with the bytes of their postings and positions one after the other.
struct EncodedTerms: Sendable {
  struct Term: Sendable {
    var keyLength: Int
    var documentFrequency: Int
    var totalFrequency: Int
    var postingsLength = 0
    /// Nil for a term without positions.
    var positionsLength: Int?
    var singlePosting: TermInfo.SinglePosting?
  }

  var terms: [Term] = []
  var keys: [UInt8] = []
  var postings: [UInt8] = []
  var positions: [UInt8] = []
}
