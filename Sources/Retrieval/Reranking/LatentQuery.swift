import ByteStorage
import IndexFormat

/// The words of a query as a latent vector in one segment: the sum of the terms' vectors by the squares of their inverse
/// document frequencies, divided by the length that all those squares have together. Words that the vectors know little of
/// make it short, and then it says little.
struct LatentQuery {
  let vectors: LatentVectors
  let vector: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - index: of the segment, which has vectors.
  ///   - memory: holds the vector until it is reset.
  init(
    _ words: WeightedWords, _ compiler: QueryCompiler, _ vectors: LatentVectors, _ segment: Segment, _ index: Int,
    _ memory: ScratchMemory
  ) throws(IndexError) {
    self.vectors = vectors
    vector = memory.allocate(Float.self, LatentLayout.width)
    vector.initialize(repeating: 0, count: LatentLayout.width)
    var squares: Float = 0
    for word in words.terms {
      let square = word.queryWeight * word.rarity * word.rarity
      squares += square * square
      guard let info = word.known.lists[index]?.term else { continue }
      if let single = info.singlePosting {
        guard Int(single.document) < vectors.passageCount else { continue }
        let inverseNorm = compiler.norms.inverseNorm(segment.lengths[single.document])
        let there = compiler.norms.score(
          weight: word.rarity * word.rarity, frequency: single.frequency, inverseNorm: inverseNorm)
        try add(single, square * there)
      } else if let found = try vectors.vector(ofTerm: info.ordinal) {
        LatentKernels.add(found.bytes, times: square * found.scale, to: vector)
      }
    }
    guard squares > 0 else { return }
    let inverse = 1 / squares.squareRoot()
    for column in 0..<LatentLayout.width { vector[column] *= inverse }
  }

  /// Adds a term of one passage, whose vector has the direction of the passage's.
  private func add(_ posting: TermInfo.SinglePosting, _ weight: Float) throws(IndexError) {
    let passage = Int(posting.document)
    let length = weight * (try vectors.reach(ofPassage: passage))
    LatentKernels.add(directionOf: vectors.vector(ofPassage: passage), length: length, to: vector)
  }
}
