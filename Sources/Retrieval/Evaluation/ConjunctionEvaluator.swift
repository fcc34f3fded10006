import IndexFormat

/// Finds the passages that hold all of several terms, one after the other for a phrase, without looking into windows
/// where one of them is missing or where no passage can be among the hits.
///
/// In a window the rarest term leads: its passages are the candidates, and each further term strikes out those that it
/// does not hold. Scores are added in the order of the query, so they equal those of the iterators to the bit.
final class ConjunctionEvaluator {
  private let segment: Segment
  private let firstPassage: Int
  private let owner: WindowTerms
  private let terms: UnsafeMutableBufferPointer<WindowTerm>
  private let candidates: UnsafeMutablePointer<UInt32>
  /// What each candidate can score at most: the sum of the terms that have been looked at, or the least part of a phrase.
  private let reach: UnsafeMutablePointer<Float>
  private let norms: NormTable
  /// The rarest term.
  private let lead: Int
  /// For a phrase: what compares positions, and the weight of the whole; else each term scores by itself.
  private let matcher: PhraseMatcher?
  private let phraseWeight: Float

  private typealias Found = (PostingsCursor, TermScoring, ScoreBounds)

  /// For terms that must all be there; nil where the segment lacks one of them.
  static func all(
    _ bags: [TermBag.Term], _ segment: Segment, _ index: Int, firstPassage: Int, _ compiler: QueryCompiler
  ) throws(IndexError) -> ConjunctionEvaluator? {
    var found: [Found] = []
    for term in bags {
      guard let (cursor, scoring) = try compiler.term(term, index) else { return nil }
      found.append((cursor, scoring, try compiler.bounds(term, cursor, segment)))
    }
    return ConjunctionEvaluator(found, nil, weight: 0, segment, firstPassage, compiler.norms)
  }

  /// For a phrase; nil where the segment lacks one of its terms.
  static func phrase(
    _ phrase: PhrasePlan, _ segment: Segment, _ index: Int, firstPassage: Int, _ compiler: QueryCompiler
  ) throws(IndexError) -> ConjunctionEvaluator? {
    guard let parts = try compiler.parts(phrase.parts, index) else { return nil }
    let scoring = try compiler.scoring(of: phrase)
    var found: [Found] = []
    for (part, cursors) in zip(phrase.parts, parts) {
      let term = TermBag.Term(key: part.key, count: 1)
      found.append((cursors.postings, scoring, try compiler.bounds(term, cursors.postings, segment)))
    }
    return ConjunctionEvaluator(
      found, PhraseMatcher(parts), weight: scoring.weight, segment, firstPassage, compiler.norms)
  }

  private init(
    _ found: [Found], _ matcher: PhraseMatcher?, weight: Float, _ segment: Segment, _ firstPassage: Int,
    _ norms: NormTable
  ) {
    self.segment = segment
    self.firstPassage = firstPassage
    self.norms = norms
    self.matcher = matcher
    phraseWeight = weight
    let frequencies = found.map { $0.0.list.term.documentFrequency }
    lead = frequencies.indices.min { frequencies[$0] < frequencies[$1] } ?? 0
    owner = WindowTerms(found, segment)
    terms = owner.terms
    candidates = .allocate(capacity: ScoreBounds.windowSize)
    reach = .allocate(capacity: ScoreBounds.windowSize)
  }

  deinit {
    candidates.deallocate()
    reach.deallocate()
  }

  /// Offers the matching passages and returns how many there are; without `countsAll` those that cannot be among the hits
  /// are left out.
  func evaluate(countsAll: Bool, into hits: inout TopHits) throws(IndexError) -> Int {
    var promise = [Float](repeating: 0, count: owner.windowCount)
    for window in promise.indices { promise[window] = self.promise(window) }
    var count = 0
    if !countsAll {
      for window in WindowTerms.leaders(promise) {
        count += try score(window, promise[window], countsAll: false, into: &hits)
        promise[window] = 0
      }
    }
    for window in promise.indices where promise[window] > 0 {
      count += try score(window, promise[window], countsAll: countsAll, into: &hits)
    }
    return count
  }

  /// The greatest score in a window, or 0 where a term is missing.
  private func promise(_ window: Int) -> Float {
    var sum: Float = 0
    var least = Float.infinity
    for index in 0..<terms.count {
      let greatest = terms[index].greatest[window]
      guard greatest > 0 else { return 0 }
      sum += terms[index].weight * greatest
      least = min(least, greatest)
    }
    // A phrase occurs at most as often as the rarest of its terms.
    return matcher == nil ? sum : phraseWeight * least
  }

  private func score(
    _ window: Int, _ promise: Float, countsAll: Bool, into hits: inout TopHits
  ) throws(IndexError) -> Int {
    if !countsAll && promise * (1 + WindowTerms.slack) < hits.threshold { return 0 }
    let base = UInt32(window * ScoreBounds.windowSize)
    let end = min(base + UInt32(ScoreBounds.windowSize), UInt32(segment.lengths.count))
    let threshold = countsAll ? -.infinity : hits.threshold * (1 - WindowTerms.slack)
    var rest = promise
    var count = try collect(lead, window: window, base: base, end: end)
    for step in 0..<terms.count where count > 0 {
      // The lead comes first, then the others in the order of the query.
      let index = step == 0 ? lead : step <= lead ? step - 1 : step
      rest -= terms[index].weight * terms[index].greatest[window]
      count = try strike(index, window: window, count, rest: rest, atLeast: threshold, isFirst: step == 0)
    }
    // Where nothing is ranked, terms that are all there are a match whatever they would score.
    if hits.limit == 0 && matcher == nil { return count }
    var matches = 0
    for place in 0..<count {
      // The threshold has risen since the candidates were struck out.
      if threshold > 0 && reach[place] < hits.threshold * (1 - WindowTerms.slack) { continue }
      guard let score = try score(candidates[place], window: window) else { continue }
      matches += 1
      hits.offer(ScoredPassage(passage: firstPassage + Int(candidates[place]), score: score))
    }
    return matches
  }

  /// Writes the passages of a term in a window to `candidates`.
  private func collect(_ term: Int, window: Int, base: UInt32, end: UInt32) throws(IndexError) -> Int {
    var count = 0
    var block = Int(terms[term].firstBlock[window])
    while block < terms[term].blockCount {
      try terms[term].load(block)
      let documents = terms[term].documents
      for index in 0..<terms[term].count {
        if documents[index] >= end { return count }
        guard documents[index] >= base else { continue }
        candidates[count] = documents[index]
        count += 1
      }
      block += 1
    }
    return count
  }

  /// Strikes out the candidates that a term does not hold, and those that can no longer reach `least`.
  ///
  /// - Parameters:
  ///   - rest: the greatest score of the terms that are still to come.
  ///   - isFirst: true for the term that the candidates come from.
  private func strike(
    _ term: Int, window: Int, _ count: Int, rest: Float, atLeast least: Float, isFirst: Bool
  ) throws(IndexError) -> Int {
    try terms[term].load(Int(terms[term].firstBlock[window]))
    var place = 0
    var kept = 0
    for index in 0..<count {
      let passage = candidates[index]
      guard try terms[term].advance(to: passage, from: &place) else { break }
      guard terms[term].documents[place] == passage else { continue }
      candidates[kept] = passage
      if least > 0 {
        let frequency = try terms[term].frequencies()[place]
        let norm = norms.inverseNorm(segment.lengths[passage])
        if matcher == nil {
          let score = BM25.score(weight: terms[term].weight, frequency: frequency, inverseNorm: norm)
          reach[kept] = (isFirst ? 0 : reach[index]) + score
          if reach[kept] + rest < least { continue }
        } else {
          let score = BM25.score(weight: phraseWeight, frequency: frequency, inverseNorm: norm)
          reach[kept] = isFirst ? score : min(reach[index], score)
          if reach[kept] < least { continue }
        }
      }
      kept += 1
    }
    return kept
  }

  /// The score of a passage that holds all terms, or nil where they do not form the phrase.
  private func score(_ passage: UInt32, window: Int) throws(IndexError) -> Float? {
    let norm = norms.inverseNorm(segment.lengths[passage])
    if let matcher {
      for index in 0..<terms.count {
        guard let place = try terms[index].find(passage, window: window) else { return nil }
        matcher.places[index] = place
      }
      let frequency = try matcher.countOccurrences()
      return frequency == 0 ? nil : BM25.score(weight: phraseWeight, frequency: frequency, inverseNorm: norm)
    }
    var sum = 0.0
    for index in 0..<terms.count {
      guard let place = try terms[index].find(passage, window: window) else { return nil }
      let frequency = try terms[index].frequencies()[place]
      sum += Double(BM25.score(weight: terms[index].weight, frequency: frequency, inverseNorm: norm))
    }
    return Float(sum)
  }
}
