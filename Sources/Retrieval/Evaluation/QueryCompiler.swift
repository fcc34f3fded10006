import IndexFormat
import TextAnalysis

/// Turns a plan into iterators over a segment, with document frequencies over all segments.
final class QueryCompiler {
  private let reader: IndexReader
  let norms: NormTable
  let segmentNorms: [SegmentNorms]
  /// What the evaluators of this query work in.
  private let memory: ScratchMemory
  private var phraseFrequencies: [PhrasePlan: Int] = [:]
  private var gathered: [PrefixPlan: [[(passage: UInt32, frequency: UInt32)]]] = [:]

  /// Terms that were asked for, in that order, and which of them is likely to be asked for next.
  private var recent: [KnownTerm] = []
  private var next = 0
  private static let mostRecent = 64

  /// Words that one prefix may stand for.
  static let mostPrefixTerms = 4096

  init(_ reader: IndexReader, _ similarity: BM25, _ memory: ScratchMemory) {
    self.reader = reader
    self.memory = memory
    (norms, segmentNorms) = reader.scoring.norms(
      similarity, averageLength: reader.averageLength, reader.segments)
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
      for inner in required + optional + prohibited { try prepare(inner) }
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

  /// The terms of a bag as ranges of passages are looked at; those that the segment does not hold are left out.
  func rangeTerms(_ bag: TermBag, _ index: Int) throws(IndexError) -> RangeTerms {
    let found = makeRangeTerms(capacity: bag.drivers.count + bag.boosters.count, index)
    for term in bag.drivers { _ = try append(term, isDriver: true, to: found, index) }
    for term in bag.boosters { _ = try append(term, isDriver: false, to: found, index) }
    return found
  }

  /// An evaluator of terms that must all be there, or nil where the segment lacks one of them.
  func conjunction(_ terms: [TermBag.Term], _ index: Int) throws(IndexError) -> ConjunctionEvaluator? {
    let found = makeRangeTerms(capacity: terms.count, index)
    for term in terms {
      guard try append(term, isDriver: true, to: found, index) else { return nil }
    }
    return try evaluator(found, nil, index)
  }

  /// An evaluator of a phrase of several parts, or nil where the segment lacks one of them.
  func conjunction(_ phrase: PhrasePlan, _ index: Int) throws(IndexError) -> ConjunctionEvaluator? {
    let found = makeRangeTerms(capacity: phrase.parts.count, index)
    for part in phrase.parts {
      guard try append(TermBag.Term(key: part.key), isDriver: true, to: found, index),
        found.list(found.count - 1).term.isPositional
      else { return nil }
    }
    let counter = try PhraseCounter(
      found, offsets: phrase.parts.map(\.offset), below: phrase.positionLimit, weight: try scoring(of: phrase).weight,
      reader.segments[index], memory)
    reader.scoring.note(added: counter.added)
    return try evaluator(found, counter, index)
  }

  private func evaluator(
    _ terms: RangeTerms, _ phrase: PhraseCounter?, _ index: Int
  ) throws(IndexError) -> ConjunctionEvaluator {
    let masks = memory.allocate(RangeMasks.View.self, terms.count)
    for term in 0..<terms.count {
      let (view, added) = try terms.bounds(term).masks(terms.list(term), reader.segments[index])
      (masks + term).initialize(to: view)
      reader.scoring.note(added: added)
    }
    return ConjunctionEvaluator(
      terms, masks: masks, phrase, firstPassage: reader.firstPassages[index], memory)
  }

  /// An evaluator of the best passages of a bag.
  func union(_ terms: RangeTerms, _ index: Int) -> UnionEvaluator {
    UnionEvaluator(terms, firstPassage: reader.firstPassages[index], memory)
  }

  /// A counter of the passages that hold a driver of a bag.
  func counter(_ terms: RangeTerms) -> UnionCounter { UnionCounter(terms, memory) }

  private func makeRangeTerms(capacity: Int, _ index: Int) -> RangeTerms {
    RangeTerms(capacity: capacity, reader.segments[index], segmentNorms[index], memory)
  }

  /// Appends a term; false where the segment does not hold it.
  private func append(
    _ term: TermBag.Term, isDriver: Bool, to terms: RangeTerms, _ index: Int
  ) throws(IndexError) -> Bool {
    let known = try known(term.key)
    guard let list = known.lists[index] else { return false }
    let (bounds, added) = try known.bounds(
      index, list, reader.segments[index], segmentNorms[index], norms.similarity)
    reader.scoring.note(added: added)
    let weight = term.weight * weight(known.documentFrequency)
    terms.append(list, bounds, weight: weight, isDriver: isDriver)
    return true
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
  func scoring(of phrase: PhrasePlan) throws(IndexError) -> TermScoring {
    if norms.similarity.weighsPhrasesWhole {
      let frequency = try documentFrequency(of: phrase)
      return TermScoring(
        weight: weight(frequency), norms: norms, subject: .phrase(phrase.units), documentFrequencies: [frequency])
    }
    var frequencies: [Int] = []
    var weight: Float = 0
    for unit in phrase.units {
      frequencies.append(try known(unit).documentFrequency)
      weight += self.weight(frequencies[frequencies.count - 1])
    }
    return TermScoring(
      weight: weight, norms: norms, subject: .phrase(phrase.units), documentFrequencies: frequencies)
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

  func known(_ key: [UInt8]) throws(IndexError) -> KnownTerm {
    // A query's terms are asked for again and again in the same order: for each segment, and for the reranking.
    if next < recent.count, recent[next].key == key {
      defer { next = next + 1 == recent.count ? 0 : next + 1 }
      return recent[next]
    }
    let term = try reader.scoring.term(key, reader.segments)
    if recent.count < QueryCompiler.mostRecent { recent.append(term) }
    return term
  }
}
