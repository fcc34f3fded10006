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
/// Where it is asked for, what `PassageEvidence` finds is added to F: the nearness of the words to each other, and how many of
/// them the passage holds. Without vectors F is the score of BM25 and this.
///
/// The second step is pseudo-relevance feedback without a second search: what the very best have in common counts a little.
/// Where hits lie in several segments, whose vectors cannot be compared, it is done within each of them.
struct Reranking {
  /// How many hits are ranked again; those below keep their order under them.
  static let depth = 16
  static let latentWeight: Float = 0.6
  static let feedbackWeight: Float = 0.15
  private static let feedbackPassages = 10
  private static let temperature: Float = 0.03

  private let depth: Int
  private let words: TermBag
  private let compiler: QueryCompiler
  private let reader: IndexReader
  private let memory: ScratchMemory
  private let forms: WordForms
  private let weights: EvidenceWeights
  /// False where a segment has no vectors: then likeness counts nowhere.
  private let usesVectors: Bool

  init(
    _ words: TermBag, _ compiler: QueryCompiler, _ reader: IndexReader, _ memory: ScratchMemory, _ forms: WordForms,
    _ weights: EvidenceWeights, depth: Int = Reranking.depth
  ) {
    (self.words, self.compiler, self.reader, self.memory, self.depth) = (words, compiler, reader, memory, depth)
    (self.forms, self.weights) = (forms, weights)
    usesVectors = reader.hasLatentVectors
  }

  /// The words by which the hits of a plan are ranked again, or nil where it has none. One term alone names no topic that
  /// passages could be like: its hits stay as they are.
  static func words(of plan: QueryPlan) -> TermBag? {
    guard let words = plan.scoredWords, words.drivers.count + words.boosters.count > 1 else { return nil }
    return words
  }

  /// What the score of a reranked hit is the sum of.
  struct Parts: Sendable, Hashable, BitwiseCopyable {
    /// The score of BM25.
    var words: Float
    /// What the likeness of query and passage adds; nil without vectors.
    var latent: Float?
    /// What the likeness to the best passages adds; nil without vectors.
    var feedback: Float?
    /// What other evidence adds; nil where none is asked for.
    var evidence: PassageEvidence.Gain?
    /// The sum of the weights of the query's terms.
    var sumOfWeights: Float
    /// What keeps a hit that was not reranked below those that were; 0 or less.
    var shift: Float = 0

    var sum: Float { words + (latent ?? 0) + (feedback ?? 0) + (evidence?.sum ?? 0) + shift }
  }

  /// Ranks `hits`, best first, again, and keeps the first `limit` of them.
  ///
  /// - Returns: the parts of each hit, in the new order.
  func apply(to hits: inout [ScoredPassage], limit: Int = .max) throws(IndexError) -> [Parts] {
    let count = min(hits.count, depth)
    let words = try WeightedWords(words, compiler)
    guard count > 0, words.sum > 0 else {
      hits = Array(hits.prefix(limit))
      return []
    }
    let parts = memory.allocate(Parts.self, hits.count)
    for place in hits.indices {
      parts[place] = Parts(words: hits[place].score, sumOfWeights: words.sum)
    }
    let members = memory.allocate(Int.self, count)
    for index in reader.segments.indices {
      let first = reader.firstPassages[index]
      let passages = first..<(first + reader.segments[index].passages.count)
      var memberCount = 0
      for place in 0..<count where passages.contains(hits[place].passage) {
        members[memberCount] = place
        memberCount += 1
      }
      guard memberCount > 0 else { continue }
      let chosen = UnsafeBufferPointer(start: members, count: memberCount)
      if !weights.isEmpty {
        let evidence = try PassageEvidence(
          words, of: chosen.map { hits[$0].passage - first }, forms, reader, index, weights: weights)
        for (place, gain) in zip(chosen, evidence.gains) { parts[place].evidence = gain }
      }
      if usesVectors { try addLikeness(chosen, of: hits, words, index, into: parts) }
    }
    // The others keep their order and their distances.
    if count < hits.count {
      let last = (0..<count).reduce(.infinity) { min($0, parts[$1].sum) }
      let shift = min(last - hits[count].score, 0)
      for place in count..<hits.count { parts[place].shift = shift }
    }
    let scored = memory.allocate(ScoredPassage.self, hits.count)
    let order = memory.allocate(Int.self, hits.count)
    for place in hits.indices {
      scored[place] = ScoredPassage(passage: hits[place].passage, score: parts[place].sum)
      var rank = place
      while place < count && rank > 0 && scored[place].precedes(scored[order[rank - 1]]) {
        order[rank] = order[rank - 1]
        rank -= 1
      }
      order[rank] = place
    }
    hits = (0..<min(limit, hits.count)).map { scored[order[$0]] }
    return (0..<hits.count).map { parts[order[$0]] }
  }

  /// Finds what likeness adds to the scores of the hits of one segment, which `members` names, best first.
  private func addLikeness(
    _ members: UnsafeBufferPointer<Int>, of hits: [ScoredPassage], _ words: WeightedWords, _ index: Int,
    into parts: UnsafeMutablePointer<Parts>
  ) throws(IndexError) {
    let segment = reader.segments[index]
    guard let vectors = segment.latent else { preconditionFailure("hits are reranked where there are vectors") }
    let query = try LatentQuery(words, compiler, vectors, segment, index, memory)
    let count = members.count
    let rows = memory.allocate(UnsafePointer<Int8>?.self, count)
    for place in 0..<count {
      rows[place] = vectors.vector(ofPassage: hits[members[place]].passage - reader.firstPassages[index])
    }
    let inverseLengths = memory.allocate(Float.self, count)
    LatentKernels.inverseLengths(rows, count: count, into: inverseLengths)
    let likeness = memory.allocate(Float.self, count)
    LatentKernels.products(query.vector, rows, weights: inverseLengths, count: count, into: likeness)
    let scores = memory.allocate(Float.self, count)
    for place in 0..<count {
      let latent = Reranking.latentWeight * likeness[place]
      parts[members[place]].latent = words.sum * latent
      let gain = parts[members[place]].evidence.map { $0.sum / words.sum } ?? 0
      scores[place] = hits[members[place]].score / words.sum + latent + gain
    }
    let mean = mean(of: rows, inverseLengths, scores, count)
    LatentKernels.products(mean, rows, weights: inverseLengths, count: count, into: likeness)
    for place in 0..<count {
      parts[members[place]].feedback = words.sum * Reranking.feedbackWeight * likeness[place]
    }
  }

  /// The mean of the directions of the best rows by `scores`, of which equal ones keep their order.
  private func mean(
    of rows: UnsafePointer<UnsafePointer<Int8>?>, _ inverseLengths: UnsafePointer<Float>,
    _ scores: UnsafePointer<Float>, _ count: Int
  ) -> UnsafePointer<Float> {
    let mean = memory.allocate(Float.self, LatentLayout.width)
    mean.initialize(repeating: 0, count: LatentLayout.width)
    let best = memory.allocate(Int.self, count)
    for row in 0..<count {
      var place = row
      while place > 0 && scores[best[place - 1]] < scores[row] {
        best[place] = best[place - 1]
        place -= 1
      }
      best[place] = row
    }
    let weighed = min(count, Reranking.feedbackPassages)
    let weights = memory.allocate(Float.self, weighed)
    var total: Float = 0
    for place in 0..<weighed {
      weights[place] = exponential((scores[best[place]] - scores[best[0]]) / Reranking.temperature)
      total += weights[place]
    }
    for place in 0..<weighed {
      guard let row = rows[best[place]] else { continue }
      LatentKernels.add(row, times: weights[place] / total * inverseLengths[best[place]], to: mean)
    }
    return UnsafePointer(mean)
  }
}
