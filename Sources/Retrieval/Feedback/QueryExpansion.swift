import IndexFormat
import SearchModel
import TextAnalysis

/// Adds to the words of a query what its best passages have in common: relevance feedback without judgements, after Rocchio
/// (1971), with shares by score.
///
/// With `q` for the weights of the words, `S` for the sum of all `q · idf`, `sᵢ` for the scores of the 10 best passages and `vᵢ`
/// for their vectors of `f / (f + k1 · (1 − b + b · l / l̄)) · idf` over all scored terms, brought to length 1:
///
///     m = Σ wᵢ · vᵢ, with wᵢ ∝ exp((sᵢ − s₁) / (0.1 · S)) and Σ wᵢ = 1
///     new q = 0.6 · q + 0.4 · S · (m / idf) / Σ m, over the 40 terms of greatest m that qualify
///
/// Terms of two passages or more qualify, since one of a single passage would only find that passage again, and single
/// characters do not, since pairs of them say more.
///
/// `S` stays what it is, so that scores stay on their scale. With other formulas than BM25, `idf` and the part beside it are
/// those of the formula.
struct QueryExpansion {
  /// How many hits are learned from.
  static let passages = 10
  /// How many terms are added at most.
  static let terms = 40
  /// How many hits of the second search are ranked again: it finds passages that the first one ranked low, or not at all.
  static let rerankingDepth = 50
  /// The part of the whole weight that the added terms have.
  static let share: Float = 0.4
  private static let temperature: Float = 0.1

  /// The words with those of the best passages.
  private(set) var words: TermBag
  /// What was added, that of the greatest share first.
  private(set) var added: [AddedTerm] = []

  /// - Parameter hits: the hits of `words`, best first.
  init(
    _ words: TermBag, by hits: [ScoredPassage], _ compiler: QueryCompiler, _ terms: PassageTerms
  ) throws(IndexError) {
    self.words = words
    let sum = try WeightedWords(words, compiler).sum
    guard sum > 0 else { return }
    let features = try QueryExpansion.features(of: hits.prefix(QueryExpansion.passages), sum, compiler, terms)
    let total = features.reduce(0) { $0 + $1.mean }
    guard total > 0 else { return }
    for index in self.words.drivers.indices { self.words.drivers[index].weight *= 1 - QueryExpansion.share }
    for index in self.words.boosters.indices { self.words.boosters[index].weight *= 1 - QueryExpansion.share }
    for feature in features {
      let share = Double(QueryExpansion.share) * feature.mean / total
      let weight = Float(share * Double(sum)) / feature.weight
      add(weight, to: feature.key)
      added.append(
        AddedTerm(
          channel: TokenKind(rawValue: feature.key[0]).map(TermMatch.Channel.init) ?? .exact,
          term: TermLabel.text(of: feature.key), weight: weight, share: Float(share)))
    }
  }

  private mutating func add(_ weight: Float, to key: [UInt8]) {
    // Only single characters are ever boosters.
    if let known = words.drivers.firstIndex(where: { $0.key == key }) {
      words.drivers[known].weight += weight
      words.drivers[known].feedback += weight
    } else {
      words.drivers.append(TermBag.Term(key: key, weight: weight, feedback: weight))
    }
  }

  /// A term of the best passages.
  private struct Feature {
    var key: [UInt8]
    /// Passages of the whole index that hold it.
    var documentFrequency: Int
    /// What no score of the term reaches where the query names it once.
    var weight: Float
    /// m of the formula.
    var mean = 0.0
  }

  /// The terms that weigh most in the passages, the heaviest first.
  private static func features(
    of hits: ArraySlice<ScoredPassage>, _ sum: Float, _ compiler: QueryCompiler, _ terms: PassageTerms
  ) throws(IndexError) -> [Feature] {
    guard let best = hits.first else { return [] }
    let shares = hits.map { Double(exponential(($0.score - best.score) / (temperature * sum))) }
    let total = shares.reduce(0, +)
    /// By the number of the term.
    var features: [Feature] = []
    for (hit, share) in zip(hits, shares) {
      let counts = try terms.counts(of: hit.passage)
      for key in terms.keys[features.count...] {
        let frequency = try compiler.documentFrequency(of: key)
        features.append(Feature(key: key, documentFrequency: frequency, weight: compiler.weight(frequency)))
      }
      let inverseNorm = compiler.norms.inverseNorm(counts.length)
      var vector: [(term: Int, value: Double)] = []
      try counts.forEach { term, frequency throws(IndexError) in
        let value = compiler.norms.score(
          weight: features[term].weight, frequency: frequency, inverseNorm: inverseNorm)
        vector.append((term, Double(value)))
      }
      let norm = vector.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
      guard norm > 0 else { continue }
      for (term, value) in vector { features[term].mean += share / total * value / norm }
    }
    features.removeAll { $0.documentFrequency < 2 || $0.key.first == TokenKind.character.rawValue }
    features.sort { $0.mean != $1.mean ? $0.mean > $1.mean : $0.key.lexicographicallyPrecedes($1.key) }
    return Array(features.prefix(QueryExpansion.terms))
  }
}
