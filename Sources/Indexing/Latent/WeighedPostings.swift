import ByteStorage
import IndexFormat
import TextAnalysis

/// The scored terms of two or more passages with the weights of their postings: `f / (f + k1 · (1 − b + b · l / l̄)) · idf²`,
/// divided by the length of the passage's vector of all its weights.
///
/// A term of one passage is kept as its square alone: all that it does to vectors is known from that.
final class WeighedPostings {
  /// A term of two or more passages.
  struct Term {
    /// Its number in the dictionary.
    var number: UInt32
    var documentFrequency: UInt32
    var isPositional: Bool
    var postingsStart: Int
    var postingsLength: Int
  }

  /// In the order of the dictionary.
  private(set) var terms: [Term] = []
  let passageCount: Int
  /// How many terms the dictionary has.
  let termCount: Int
  /// By passage: 1 divided by the length of the vector of all weights, 0 where there is none.
  private(set) var inverseLengths: [Float]
  /// By passage: the squares of the weights of the terms that no other passage has, together, of the vector of length 1.
  private(set) var ownSquares: [Float]
  private let section: SectionBytes
  /// By passage: the part of the formula that is added to the frequency.
  private let norms: [Float]
  private let room: UnsafeMutablePointer<UInt32>
  private let weights: UnsafeMutablePointer<Float>

  /// BM25's parameters, as queries have them unless they are told otherwise.
  private static let k1: Float = 1.2
  private static let b: Float = 0.75

  /// Reads all postings once.
  ///
  /// - Parameters:
  ///   - kinds: the scored kinds.
  ///   - onTerm: called with every block of postings of every term, before the weights are divided by lengths.
  init(
    _ kinds: [TokenKind], lengths: [UInt32], postings: SectionBytes, terms dictionary: TermDictionary,
    onTerm: (Term, UnsafePointer<UInt32>, UnsafePointer<Float>, _ count: Int) -> Void
  ) throws(IndexError) {
    section = postings
    passageCount = lengths.count
    termCount = dictionary.count
    let total = lengths.reduce(0) { $0 + Int($1) }
    let average = total > 0 ? Float(Double(total) / Double(lengths.count)) : 1
    norms = lengths.map {
      WeighedPostings.k1 * ((1 - WeighedPostings.b) + WeighedPostings.b * Float($0) / average)
    }
    room = .allocate(capacity: PostingsBlocks.room)
    room.initialize(repeating: 0, count: PostingsBlocks.room)
    weights = .allocate(capacity: IntegerBlock.size)
    weights.initialize(repeating: 0, count: IntegerBlock.size)
    inverseLengths = [Float](repeating: 0, count: lengths.count)
    ownSquares = inverseLengths
    var squares = [Double](repeating: 0, count: lengths.count)
    var own = squares
    for kind in kinds.sorted(by: { $0.rawValue < $1.rawValue }) {
      try dictionary.forEach(prefix: [kind.rawValue]) { _, info throws(IndexError) in
        if let single = info.singlePosting {
          let passage = Int(single.document)
          guard passage < passageCount else { throw section.damaged("expected passages up to \(passageCount)") }
          let weight = Double(weigh(single.frequency, passage, documentFrequency: 1))
          squares[passage] += weight * weight
          own[passage] += weight * weight
          return true
        }
        let term = Term(
          number: UInt32(info.ordinal), documentFrequency: info.documentFrequency, isPositional: info.isPositional,
          postingsStart: info.postings.lowerBound, postingsLength: info.postings.count)
        terms.append(term)
        try forEachBlock(of: term, in: 0..<passageCount) { places, weights, count in
          for index in 0..<count {
            squares[Int(places[index])] += Double(weights[index]) * Double(weights[index])
          }
          onTerm(term, places, weights, count)
        }
        return true
      }
    }
    for passage in squares.indices where squares[passage] > 0 {
      inverseLengths[passage] = Float(1 / squares[passage].squareRoot())
      ownSquares[passage] = Float(own[passage] / squares[passage])
    }
    isNormalized = true
  }

  deinit {
    room.deallocate()
    weights.deallocate()
  }

  /// False while the lengths of the vectors are not known yet.
  private var isNormalized = false

  /// Calls `body` with the passages of `range` that hold the term, counted from its beginning, and the weights there, block by
  /// block.
  func forEachBlock(
    of term: Term, in range: Range<Int>,
    _ body: (UnsafePointer<UInt32>, UnsafePointer<Float>, _ count: Int) -> Void
  ) throws(IndexError) {
    let info = TermInfo(
      documentFrequency: term.documentFrequency, totalFrequency: 0, isPositional: term.isPositional,
      postings: term.postingsStart..<(term.postingsStart + term.postingsLength), positions: 0..<0)
    let list = try PostingsList(info, postings: section)
    var blocks = PostingsBlocks(list, passageCount: passageCount, room: room)
    let factor = squaredInverseDocumentFrequency(term.documentFrequency)
    let (norms, inverseLengths, isNormalized) = (norms, inverseLengths, isNormalized)
    var block = firstBlock(of: list, reaching: range.lowerBound)
    while block < list.blockCount {
      guard blocks.load(block), blocks.decodeFrequencies() else { throw list.damagedBlock(block) }
      var count = 0
      for index in 0..<blocks.count {
        let passage = Int(blocks.documents[index])
        guard range.contains(passage) else { continue }
        let frequency = Float(blocks.frequencies[index])
        var weight = frequency / (frequency + norms[passage]) * factor
        if isNormalized { weight *= inverseLengths[passage] }
        blocks.documents[count] = UInt32(passage - range.lowerBound)
        weights[count] = weight
        count += 1
      }
      let isLast = list.hasDirectory && Int(list.lastDocument(ofBlock: block)) >= range.upperBound - 1
      body(blocks.documents, weights, count)
      if isLast { return }
      block += 1
    }
  }

  private func firstBlock(of list: PostingsList, reaching passage: Int) -> Int {
    guard list.hasDirectory, passage > 0 else { return 0 }
    var low = 0
    var high = list.blockCount
    while low < high {
      let middle = (low + high) / 2
      if Int(list.lastDocument(ofBlock: middle)) < passage { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func weigh(_ frequency: UInt32, _ passage: Int, documentFrequency: UInt32) -> Float {
    let frequency = Float(frequency)
    return frequency / (frequency + norms[passage]) * squaredInverseDocumentFrequency(documentFrequency)
  }

  private func squaredInverseDocumentFrequency(_ documentFrequency: UInt32) -> Float {
    let (all, holding) = (Double(passageCount), Double(documentFrequency))
    let weight = Float(logarithm(1 + (all - holding + 0.5) / (holding + 0.5)))
    return weight * weight
  }
}
