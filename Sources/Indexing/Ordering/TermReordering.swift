import ByteStorage
import IndexFormat

/// Turns the postings and positions of one term of a segment after the other into those of another order of the passages.
struct TermReordering: ~Copyable {
  private let source: Source
  private let places: [UInt32]
  private var postings = PostingsEncoder()
  private var positions = PositionsEncoder()
  /// For each posting its new passage and, lower, which posting of the list it was.
  private var keys = PlainBuffer<UInt64>()
  private var documents = PlainBuffer<UInt32>()
  private var frequencies = PlainBuffer<UInt32>()
  private var newFrequencies = PlainBuffer<UInt32>()
  /// Positions as they are stored, the first of a passage and then differences, and where those of each posting begin.
  private var gaps = PlainBuffer<UInt32>()
  private var newGaps = PlainBuffer<UInt32>()
  private var starts = PlainBuffer<Int>()

  /// Where the terms of a segment are read.
  struct Source: Sendable {
    var postings: SectionBytes
    var positions: SectionBytes
    var terms: TermDictionary
  }

  /// - Parameter places: the new number of each passage.
  init(_ source: Source, places: [UInt32]) {
    self.source = source
    self.places = places
  }

  /// Encodes the terms from one key on and before another one.
  mutating func encode(from first: [UInt8]?, to end: [UInt8]?) throws(IndexError) -> EncodedTerms {
    var terms = EncodedTerms()
    var walk = try source.terms.walk(from: first.map { $0[...] } ?? [])
    while try walk.next() {
      if let first, walk.key.lexicographicallyPrecedes(first) { continue }
      if let end, !walk.key.lexicographicallyPrecedes(end) { break }
      try append(walk.key, walk.info, to: &terms)
    }
    return terms
  }

  private mutating func append(_ key: [UInt8], _ info: TermInfo, to terms: inout EncodedTerms) throws(IndexError) {
    var term = EncodedTerms.Term(
      keyLength: key.count, documentFrequency: Int(info.documentFrequency), totalFrequency: Int(info.totalFrequency))
    let (postingStart, positionStart) = (terms.postings.count, terms.positions.count)
    if let single = info.singlePosting {
      guard Int(single.document) < places.count else {
        throw source.postings.damaged("expected passages up to \(places.count)")
      }
      term.singlePosting = TermInfo.SinglePosting(
        document: places[Int(single.document)], frequency: single.frequency)
      let bytes = try source.positions.reading { () throws(StorageError) in
        try source.positions.view.slice(info.positions.lowerBound, info.positions.count)
      }
      bytes.withBytes { terms.positions.append(contentsOf: $0) }
    } else {
      try read(info)
      let positionEnds = info.isPositional ? reorderPositions(to: &terms.positions) : nil
      postings.encode(
        documents: documents.elements, frequencies: newFrequencies.elements, positionEnds: positionEnds,
        to: &terms.postings)
    }
    term.postingsLength = terms.postings.count - postingStart
    if info.isPositional { term.positionsLength = terms.positions.count - positionStart }
    terms.keys += key
    terms.terms.append(term)
  }

  /// Reads the list of a term and sorts its postings.
  private mutating func read(_ info: TermInfo) throws(IndexError) {
    let count = Int(info.documentFrequency)
    keys.count = 0
    keys.reserve(count)
    frequencies.count = 0
    frequencies.reserve(count)
    gaps.count = 0
    starts.count = 0
    let cursor = PostingsCursor(try PostingsList(info, postings: source.postings), passageCount: places.count)
    let positions = info.isPositional ? try PositionsCursor(cursor, positions: source.positions) : nil
    for block in 0..<cursor.list.blockCount {
      try cursor.load(block)
      let blockFrequencies = try cursor.frequencies()
      places.withUnsafeBufferPointer { places in
        for index in 0..<cursor.count {
          keys.append(UInt64(places[Int(cursor.documents[index])]) << 32 | UInt64(keys.count))
        }
      }
      frequencies.append(UnsafeBufferPointer(start: blockFrequencies, count: cursor.count))
      guard let positions else { continue }
      for index in 0..<cursor.count {
        starts.append(gaps.count)
        var last: UInt32 = 0
        for position in try positions.positions(ofPosting: index) {
          gaps.append(position &- last)
          last = position
        }
      }
    }
    var sorted = UnsafeMutableBufferPointer(start: keys.base, count: keys.count)
    sorted.sort()
    documents.count = 0
    documents.reserve(keys.count)
    newFrequencies.count = 0
    newFrequencies.reserve(keys.count)
    for index in 0..<keys.count {
      documents.append(UInt32(truncatingIfNeeded: keys.base[index] >> 32))
      newFrequencies.append(frequencies.base[Int(UInt32(truncatingIfNeeded: keys.base[index]))])
    }
  }

  /// Appends the positions in the order of the sorted postings.
  ///
  /// - Returns: where those of each block end.
  private mutating func reorderPositions(to output: inout [UInt8]) -> [UInt32] {
    newGaps.count = 0
    newGaps.reserve(gaps.count)
    for index in 0..<keys.count {
      let posting = Int(UInt32(truncatingIfNeeded: keys.base[index]))
      newGaps.append(
        UnsafeBufferPointer(start: gaps.base + starts.base[posting], count: Int(frequencies.base[posting])))
    }
    return positions.encode(newGaps.elements, frequencies: newFrequencies.elements, to: &output)
  }
}
