import IndexFormat
import TextAnalysis

/// Turns plans into iterators and evaluators over a segment, with document frequencies over all segments. It serves one thread
/// and one similarity, and remembers the terms of earlier queries.
final class QueryCompiler {
  let reader: IndexReader
  let norms: NormTable
  let segmentNorms: [SegmentNorms]
  /// What the evaluators of a query work in.
  let memory: ScratchMemory
  // Only this class touches what changes, and never while it changes: checks at every access would be for nothing.
  @exclusivity(unchecked) private var phraseFrequencies: [PhrasePlan: Int] = [:]
  @exclusivity(unchecked) private var gathered: [PrefixPlan: [[(passage: UInt32, frequency: UInt32)]]] = [:]

  /// The terms that were asked for, as long as the cache of the index keeps them too.
  @exclusivity(unchecked) private var terms = CompiledTerms()
  @exclusivity(unchecked) private var generation: Int

  /// Words that one prefix may stand for.
  static let mostPrefixTerms = 4096

  init(_ reader: IndexReader, _ similarity: BM25, _ memory: ScratchMemory) {
    self.reader = reader
    self.memory = memory
    (norms, segmentNorms) = reader.scoring.norms(
      similarity, averageLength: reader.averageLength, reader.segments)
    generation = reader.scoring.generation
  }

  /// Forgets what belongs to the last query, and terms that are to be forgotten.
  func begin() {
    if !gathered.isEmpty { gathered.removeAll() }
    if !phraseFrequencies.isEmpty { phraseFrequencies.removeAll() }
    let current = reader.scoring.generation
    guard current != generation else { return }
    generation = current
    terms.removeAll()
  }

  /// An iterator over the passages of segment `index` that match.
  func iterator(_ plan: QueryPlan, segment index: Int) throws(RetrievalError) -> PassageIterator {
    do throws(IndexError) {
      return try compile(plan, index)
    } catch {
      throw .index(error)
    }
  }

  /// Checks the prefixes of a plan and gathers their postings, before any iterator is made.
  func prepare(_ plan: QueryPlan) throws(RetrievalError) {
    switch plan {
    case .bag, .phrase, .nothing: return
    case .unscored(let inner): try prepare(inner)
    case .boolean(let required, let optional, let prohibited):
      for inner in required { try prepare(inner) }
      for inner in optional { try prepare(inner) }
      for inner in prohibited { try prepare(inner) }
    case .prefix(let prefix):
      guard gathered[prefix] == nil else { return }
      var postings: [[(passage: UInt32, frequency: UInt32)]] = []
      for index in reader.segments.indices { postings.append(try gather(prefix, index)) }
      gathered[prefix] = postings
    }
  }

  /// A term's cursor and scoring in segment `index`, or nil where the segment does not hold it.
  func term(_ term: TermBag.Term, _ index: Int) throws(IndexError) -> (PostingsCursor, TermScoring)? {
    let known = try known(term.key)
    guard let list = known.lists[index] else { return nil }
    let scoring = TermScoring(
      weight: term.weight * weight(known.documentFrequency), norms: norms,
      subject: .term(term.key, term.declaration), documentFrequencies: [known.documentFrequency],
      queryWeight: term.weight, feedback: term.feedback)
    return (reader.segments[index].cursor(over: list), scoring)
  }

  private func compile(_ plan: QueryPlan, _ index: Int) throws(IndexError) -> PassageIterator {
    switch plan {
    case .nothing:
      return EmptyIterator()
    case .bag(let bag):
      let drivers = try iterators(bag.drivers, index)
      if drivers.isEmpty { return EmptyIterator() }
      let boosters = try iterators(bag.boosters, index)
      return drivers.count == 1 && boosters.isEmpty ? drivers[0] : UnionIterator(drivers, boosters: boosters)
    case .phrase(let phrase):
      return try iterator(phrase, index) ?? EmptyIterator()
    case .prefix(let prefix):
      guard let postings = gathered[prefix] else { preconditionFailure("prefixes are gathered before") }
      let frequency = postings.reduce(0) { $0 + $1.count }
      let scoring = TermScoring(
        weight: weight(frequency), norms: norms, subject: .prefix(prefix.key), documentFrequencies: [frequency])
      return GatheredIterator(postings[index], scoring, lengths: reader.segments[index].lengths)
    case .unscored(let inner):
      return UnscoredIterator(try compile(inner, index))
    case .boolean(let required, let optional, let prohibited):
      var must: [PassageIterator] = []
      for inner in required { must.append(try compile(inner, index)) }
      var may: [PassageIterator] = []
      for inner in optional { may.append(try compile(inner, index)) }
      var not: [PassageIterator] = []
      for inner in prohibited { not.append(try compile(inner, index)) }
      guard must.isEmpty else { return IntersectionIterator(required: must, optional: may, prohibited: not) }
      // Nothing is found by what it lacks alone.
      guard !may.isEmpty else { return EmptyIterator() }
      let union = may.count == 1 ? may[0] : UnionIterator(may)
      return not.isEmpty ? union : IntersectionIterator(required: [union], optional: [], prohibited: not)
    }
  }

  private func iterators(_ terms: [TermBag.Term], _ index: Int) throws(IndexError) -> [PassageIterator] {
    var iterators: [PassageIterator] = []
    for term in terms {
      guard let (cursor, scoring) = try self.term(term, index) else { continue }
      iterators.append(TermIterator(cursor, scoring, lengths: reader.segments[index].lengths))
    }
    return iterators
  }

  private func iterator(_ phrase: PhrasePlan, _ index: Int) throws(IndexError) -> PassageIterator? {
    let lengths = reader.segments[index].lengths
    // A phrase of one unit is the unit's own term, where that stands nowhere but in texts.
    if phrase.parts.count == 1, phrase.units.count == 1, phrase.reachesHeadings || reader.manifest.headingWeight == 0 {
      guard let (cursor, scoring) = try term(TermBag.Term(key: phrase.units[0]), index) else { return nil }
      return TermIterator(cursor, scoring, lengths: lengths)
    }
    guard let parts = try parts(phrase.parts, index) else { return nil }
    return PhraseIterator(parts, below: phrase.positionLimit, try scoring(of: phrase), lengths: lengths)
  }

  /// A phrase weighs as much as its units together, or by itself where the model has it so.
  func weight(of phrase: PhrasePlan) throws(IndexError) -> Float {
    if norms.similarity.weighsPhrasesWhole { return weight(try documentFrequency(of: phrase)) }
    var weight: Float = 0
    for unit in phrase.units { weight += try compiled(unit).takeUnretainedValue().weight }
    return weight
  }

  /// What a phrase is scored with.
  func scoring(of phrase: PhrasePlan) throws(IndexError) -> TermScoring {
    var frequencies: [Int] = []
    if norms.similarity.weighsPhrasesWhole {
      frequencies = [try documentFrequency(of: phrase)]
    } else {
      for unit in phrase.units { frequencies.append(try documentFrequency(of: unit)) }
    }
    return TermScoring(
      weight: try weight(of: phrase), norms: norms, subject: .phrase(phrase.units), documentFrequencies: frequencies)
  }

  /// How many passages of the whole index hold a term.
  func documentFrequency(of key: [UInt8]) throws(IndexError) -> Int { try known(key).documentFrequency }

  /// How many passages of the whole index hold a phrase.
  private func documentFrequency(of phrase: PhrasePlan) throws(IndexError) -> Int {
    if let frequency = phraseFrequencies[phrase] { return frequency }
    var frequency = 0
    for index in reader.segments.indices {
      guard let parts = try parts(phrase.parts, index) else { continue }
      let iterator = PhraseIterator(
        parts, below: phrase.positionLimit, TermScoring.unweighted(norms), lengths: reader.segments[index].lengths)
      var passage = try iterator.advance(to: 0)
      while passage != PassageIterator.exhausted {
        frequency += 1
        passage = try iterator.advance(to: passage + 1)
      }
    }
    phraseFrequencies[phrase] = frequency
    return frequency
  }

  /// The cursors of a phrase, or nil where the segment lacks one of its terms.
  func parts(
    _ parts: [PhrasePlan.Part], _ index: Int
  ) throws(IndexError) -> [PhraseMatcher.Part]? {
    let segment = reader.segments[index]
    var cursors: [PhraseMatcher.Part] = []
    for part in parts {
      guard let list = try known(part.key).lists[index], list.term.isPositional else { return nil }
      let postings = segment.cursor(over: list)
      cursors.append(
        PhraseMatcher.Part(
          offset: UInt32(part.offset), postings: postings, positions: try segment.positions(beside: postings)))
    }
    return cursors
  }

  private func gather(
    _ prefix: PrefixPlan, _ index: Int
  ) throws(RetrievalError) -> [(passage: UInt32, frequency: UInt32)] {
    let segment = reader.segments[index]
    var terms: [([UInt8], TermInfo)] = []
    var frequencies: [UInt32: UInt32] = [:]
    do throws(IndexError) {
      try segment.terms.forEach(prefix: prefix.key[...]) { key, info throws(IndexError) in
        terms.append((key, info))
        return terms.count <= QueryCompiler.mostPrefixTerms
      }
    } catch { throw .index(error) }
    guard terms.count <= QueryCompiler.mostPrefixTerms else {
      throw .prefixTooShort(prefix: TermLabel.text(of: prefix.key), limit: QueryCompiler.mostPrefixTerms)
    }
    do throws(IndexError) {
      for (key, info) in terms {
        if prefix.leading.isEmpty {
          let cursor = try segment.postings(of: info)
          for block in 0..<cursor.list.blockCount {
            try cursor.load(block)
            let counts = try cursor.frequencies()
            // The sum wraps only where a damaged index names frequencies that no passage can have.
            for index in 0..<cursor.count { frequencies[cursor.documents[index], default: 0] &+= counts[index] }
          }
        } else {
          let last = PhrasePlan.Part(key: key, offset: prefix.leadingUnits)
          guard let parts = try parts(prefix.leading + [last], index) else { continue }
          let phrase = PhraseIterator(parts, TermScoring.unweighted(norms), lengths: segment.lengths)
          var passage = try phrase.advance(to: 0)
          while passage != PassageIterator.exhausted {
            frequencies[passage, default: 0] &+= phrase.frequency
            passage = try phrase.advance(to: passage + 1)
          }
        }
      }
    } catch { throw .index(error) }
    return frequencies.map { (passage: $0.key, frequency: $0.value) }.sorted { $0.passage < $1.passage }
  }

  func weight(_ documentFrequency: Int) -> Float {
    let similarity = norms.similarity
    return similarity.scale
      * similarity.inverseDocumentFrequency(passages: reader.statistics.passages, documentFrequency: documentFrequency)
  }

  func known(_ key: [UInt8]) throws(IndexError) -> KnownTerm { try compiled(key).takeUnretainedValue().known }

  /// A term, valid until the next query begins.
  func compiled(_ key: [UInt8]) throws(IndexError) -> Unmanaged<CompiledTerm> {
    let fingerprint = CompiledTerms.Fingerprint(key)
    if let term = terms.find(key, fingerprint) { return term }
    let known = try reader.scoring.term(key, reader.segments)
    return terms.insert(CompiledTerm(known, weight: weight(known.documentFrequency)), fingerprint)
  }
}
