package import SearchModel

/// Okapi BM25 in the variants that `ScoringModel` names, all as one formula.
///
/// A term that occurs `f` times in a passage of `l` scored tokens scores `w · (1 − ρ / (1 + f · i))`. What grows with `f` ends
/// at the weight `w = q · s · idf`: `q` is the weight of the term in the query, `s` the model's scale, `idf` its inverse
/// document frequency. `i = 1 / (κ · (1 − b + b · l / l̄))` is the inverse norm, with the mean length `l̄`. With `ρ = 1` and
/// `κ = k1` this is `w · f / (f + k1 · (1 − b + b · l / l̄))`. With `N` passages, of which `n` hold the term:
///
/// | model | idf | s | ρ | κ |
/// |---|---|---|---|---|
/// | `bm25`, `lucene`, `anserini` | ln(1 + (N − n + ½) / (n + ½)) | 1 | 1 | k1 |
/// | `tantivy` | the same | k1 + 1 | 1 | k1 |
/// | `pisa`, `fts5` | ln((N − n + ½) / (n + ½)), at least 10⁻⁶ | k1 + 1 | 1 | k1 |
/// | `atire` | ln(N / n) | k1 + 1 | 1 | k1 |
/// | `bm25l` | ln((N + 1) / (n + ½)) | k1 + 1 | k1 / (k1 + δ) | k1 + δ |
/// | `bm25+` | ln((N + 1) / n) | k1 + 1 + δ | (k1 + 1) / (k1 + 1 + δ) | k1 |
///
/// Every model rises with `f` and falls with `l`. All steps are in single precision.
///
/// Sources: Robertson et al., "Okapi at TREC-3" (1994); Lv and Zhai, "When Documents Are Very Long, BM25 Fails!" (2011) and
/// "Lower-Bounding Term Frequency Normalization" (2011); Trotman et al., "Improvements to BM25 and Language Models Examined"
/// (2014).
package struct BM25: Sendable, Hashable {
  /// Which variant.
  package var model: ScoringModel
  /// How soon further occurrences stop to count; 0 or more.
  package var k1: Float
  /// How much longer passages are held back; 0 (not at all) to 1.
  package var b: Float
  /// How exactly lengths are taken.
  package var lengths: LengthPrecision

  /// - Parameters: what is nil is as the model has it.
  package init(
    _ model: ScoringModel = .bm25, k1: Float? = nil, b: Float? = nil, lengths: LengthPrecision? = nil
  ) {
    self.model = model
    self.k1 = k1 ?? model.standardK1
    self.b = b ?? model.standardB
    self.lengths = lengths ?? model.standardLengths
  }

  /// δ of BM25L and BM25+.
  package static let lowerBound: Float = 0.5
  /// The least inverse document frequency: a term that is everywhere must still score, if next to nothing, for what
  /// matches to be found.
  private static let leastFrequencyWeight: Float = 1e-30
  /// The same as PISA and FTS5 have it.
  private static let flooredFrequencyWeight: Float = 1e-6

  /// How much a term says by being rare.
  package func inverseDocumentFrequency(passages: Int, documentFrequency: Int) -> Float {
    let N = Double(passages)
    let n = Double(documentFrequency)
    switch model {
    case .bm25, .lucene, .anserini, .tantivy: return Float(logarithm(1 + (N - n + 0.5) / (n + 0.5)))
    case .pisa, .fts5: return max(Float(logarithm((N - n + 0.5) / (n + 0.5))), BM25.flooredFrequencyWeight)
    case .atire: return max(Float(logarithm(N / max(n, 1))), BM25.leastFrequencyWeight)
    case .bm25l: return Float(logarithm((N + 1) / (n + 0.5)))
    case .bm25plus: return Float(logarithm((N + 1) / max(n, 1)))
    }
  }

  /// What an inverse document frequency is multiplied with to give the weight, which no number of occurrences exceeds.
  package var scale: Float {
    switch model {
    case .bm25, .lucene, .anserini: 1
    case .tantivy, .pisa, .fts5, .atire, .bm25l: k1 + 1
    case .bm25plus: k1 + 1 + BM25.lowerBound
    }
  }

  /// The part of the weight that is gained by occurring often in a short passage; the rest is gained by occurring.
  package var gainedPart: Float {
    switch model {
    case .bm25, .lucene, .anserini, .tantivy, .pisa, .fts5, .atire: 1
    case .bm25l: k1 / (k1 + BM25.lowerBound)
    case .bm25plus: (k1 + 1) / (k1 + 1 + BM25.lowerBound)
    }
  }

  /// True where a phrase is weighed by the passages that hold it, false where its units' weights are added.
  var weighsPhrasesWhole: Bool { model == .fts5 }

  /// The part of the formula that depends on the passage alone.
  package func inverseNorm(length: UInt32, averageLength: Float) -> Float {
    let k = model == .bm25l ? k1 + BM25.lowerBound : k1
    return 1 / (k * ((1 - b) + b * Float(lengths.rounded(length)) / averageLength))
  }
}

extension ScoringModel {
  /// What is set where nothing else is asked for; for the models of papers, what bm25s has.
  package var standardK1: Float {
    switch self {
    case .bm25, .lucene, .tantivy, .fts5: 1.2
    case .anserini, .pisa: 0.9
    case .bm25l, .bm25plus, .atire: 1.5
    }
  }

  package var standardB: Float {
    switch self {
    case .anserini, .pisa: 0.4
    case .bm25, .lucene, .tantivy, .fts5, .bm25l, .bm25plus, .atire: 0.75
    }
  }

  package var standardLengths: LengthPrecision {
    switch self {
    case .lucene, .anserini, .tantivy: .lucene
    case .bm25, .pisa, .fts5, .bm25l, .bm25plus, .atire: .exact
    }
  }
}

extension LengthPrecision {
  /// The lengths up to this one have a byte each.
  private static let exactLengths: UInt32 = 24

  /// The greatest length that can be told and is not above `length`.
  ///
  /// Beyond 24, a byte holds four bits of significand, of which the first is 1 and not written, and an exponent.
  package func rounded(_ length: UInt32) -> UInt32 {
    switch self {
    case .exact: return length
    case .lucene:
      guard length >= LengthPrecision.exactLengths else { return length }
      let beyond = length - LengthPrecision.exactLengths
      let shift = max(UInt32.bitWidth - beyond.leadingZeroBitCount - 4, 0)
      return LengthPrecision.exactLengths + ((beyond >> shift) << shift)
    }
  }
}
