import ByteStorage
import IndexFormat

/// The words of a query as a latent vector in one segment: the sum of the terms' vectors by the squares of their inverse
/// document frequencies, divided by the length that all those squares have together. Words that the vectors know little of
/// make it short, and then it says little.
final class LatentQuery {
  let vectors: LatentVectors
  let vector: UnsafeMutablePointer<Float>

  /// - Parameter index: of the segment, which has vectors.
  init(_ words: TermBag, _ compiler: QueryCompiler, _ vectors: LatentVectors, _ segment: Segment, _ index: Int)
    throws(IndexError)
  {
    self.vectors = vectors
    vector = .allocate(capacity: LatentLayout.width)
    vector.initialize(repeating: 0, count: LatentLayout.width)
    var squares: Float = 0
    for term in words.drivers + words.boosters {
      let known = try compiler.known(term.key)
      guard known.documentFrequency > 0 else { continue }
      let weight = compiler.weight(known.documentFrequency)
      let square = term.weight * weight * weight
      squares += square * square
      guard let info = known.lists[index]?.term else { continue }
      if let single = info.singlePosting {
        guard Int(single.document) < vectors.passageCount else { continue }
        let inverseNorm = compiler.norms.inverseNorm(segment.lengths[single.document])
        let there = compiler.norms.score(weight: weight * weight, frequency: single.frequency, inverseNorm: inverseNorm)
        try add(single, square * there)
      } else if let found = try vectors.vector(ofTerm: info.ordinal) {
        LatentKernels.add(found.bytes, times: square * found.scale, to: vector)
      }
    }
    guard squares > 0 else { return }
    let inverse = 1 / squares.squareRoot()
    for column in 0..<LatentLayout.width { vector[column] *= inverse }
  }

  deinit { vector.deallocate() }

  /// How like a passage of the segment is to the query, about −1 to 1.
  func similarity(_ passage: Int) -> Float { LatentKernels.cosine(vector, vectors.vector(ofPassage: passage)) }

  /// Adds a term of one passage, whose vector has the direction of the passage's.
  private func add(_ posting: TermInfo.SinglePosting, _ weight: Float) throws(IndexError) {
    let passage = Int(posting.document)
    let length = weight * (try vectors.reach(ofPassage: passage))
    LatentKernels.add(directionOf: vectors.vector(ofPassage: passage), length: length, to: vector)
  }
}
