import ByteStorage
import IndexFormat

/// Ranks the best hits of words again by what latent vectors add to BM25.
///
/// With `s` for the score of BM25, `S` for the sum of all weights of the query (which no score reaches), `u` for the query's
/// vector and `D` for a passage's, brought to length 1:
///
///     F = s / S + 0.6 · u · D
///     m = Σ wᵢ · Dᵢ over the 10 best passages by F, with wᵢ ∝ exp((Fᵢ − F₁) / 0.03) and Σ wᵢ = 1
///     score = S · (F + 0.15 · m · D)
///
/// The second step is pseudo-relevance feedback without a second search: what the very best have in common counts a little.
/// Where hits lie in several segments, whose vectors cannot be compared, it is done within each of them.
struct Reranking {
  /// How many hits are ranked again; those below keep their order under them.
  static let depth = 20
  static let latentWeight: Float = 0.6
  static let feedbackWeight: Float = 0.15
  private static let feedbackPassages = 10
  private static let temperature: Float = 0.03

  private let words: TermBag
  private let compiler: QueryCompiler
  private let reader: IndexReader

  init(_ words: TermBag, _ compiler: QueryCompiler, _ reader: IndexReader) {
    (self.words, self.compiler, self.reader) = (words, compiler, reader)
  }

  /// What the score of a reranked hit is the sum of.
  struct Parts: Sendable, Hashable {
    /// The score of BM25.
    var words: Float
    /// What the likeness of query and passage adds.
    var latent: Float
    /// What the likeness to the best passages adds.
    var feedback: Float
    /// The sum of the weights of the query's terms.
    var sumOfWeights: Float
    /// What keeps a hit that was not reranked below those that were; 0 or less.
    var shift: Float = 0

    var sum: Float { words + latent + feedback + shift }
  }

  /// Ranks `hits`, best first, again.
  ///
  /// - Returns: the parts of each hit, in the new order.
  func apply(to hits: inout [ScoredPassage]) throws(IndexError) -> [Parts] {
    let count = min(hits.count, Reranking.depth)
    let sum = try compiler.sumOfWeights(words)
    guard count > 0, sum > 0 else { return [] }
    var ranked: [(hit: ScoredPassage, parts: Parts)] = []
    ranked.reserveCapacity(hits.count)
    for index in reader.segments.indices {
      let first = reader.firstPassages[index]
      let passages = first..<(first + reader.segments[index].passages.count)
      let members = hits[..<count].filter { passages.contains($0.passage) }
      guard !members.isEmpty else { continue }
      try append(members, index, sum, to: &ranked)
    }
    ranked.sort { $0.hit.precedes($1.hit) }
    // The others keep their order and their distances.
    if count < hits.count, let last = ranked.last?.hit.score {
      let shift = min(last - hits[count].score, 0)
      for hit in hits[count...] {
        let parts = Parts(words: hit.score, latent: 0, feedback: 0, sumOfWeights: sum, shift: shift)
        ranked.append((ScoredPassage(passage: hit.passage, score: parts.sum), parts))
      }
    }
    hits = ranked.map(\.hit)
    return ranked.map(\.parts)
  }

  /// Appends the hits of one segment with their new scores.
  private func append(
    _ hits: [ScoredPassage], _ index: Int, _ sum: Float, to ranked: inout [(hit: ScoredPassage, parts: Parts)]
  ) throws(IndexError) {
    let segment = reader.segments[index]
    guard let vectors = segment.latent else { preconditionFailure("hits are reranked where there are vectors") }
    let query = try LatentQuery(words, compiler, vectors, segment, index)
    let first = reader.firstPassages[index]
    var found = hits.map { hit in
      let latent = Reranking.latentWeight * query.similarity(hit.passage - first)
      return (hit: hit, latent: latent, score: hit.score / sum + latent)
    }
    found.sort { $0.score != $1.score ? $0.score > $1.score : $0.hit.passage < $1.hit.passage }
    let best = found.prefix(Reranking.feedbackPassages)
    let mean = ScratchVector()
    var weights = best.map { exponential(($0.score - found[0].score) / Reranking.temperature) }
    let total = weights.reduce(0, +)
    for index in weights.indices { weights[index] /= total }
    for (hit, weight) in zip(best, weights) {
      LatentKernels.add(
        directionOf: vectors.vector(ofPassage: hit.hit.passage - first), length: weight, to: mean.base)
    }
    for hit in found {
      let likeness = LatentKernels.cosine(mean.base, vectors.vector(ofPassage: hit.hit.passage - first))
      let parts = Parts(
        words: hit.hit.score, latent: sum * hit.latent, feedback: sum * Reranking.feedbackWeight * likeness,
        sumOfWeights: sum)
      ranked.append((ScoredPassage(passage: hit.hit.passage, score: parts.sum), parts))
    }
  }
}

extension QueryCompiler {
  /// The sum of the weights of words, which no score reaches.
  func sumOfWeights(_ words: TermBag) throws(IndexError) -> Float {
    var sum: Float = 0
    for term in words.drivers + words.boosters {
      let known = try known(term.key)
      if known.documentFrequency > 0 { sum += term.weight * weight(known.documentFrequency) }
    }
    return sum
  }
}

/// A vector of zeros in memory of its own.
private final class ScratchVector {
  let base: UnsafeMutablePointer<Float>

  init() {
    base = .allocate(capacity: LatentLayout.width)
    base.initialize(repeating: 0, count: LatentLayout.width)
  }

  deinit { base.deallocate() }
}
