import IndexFormat
import TextAnalysis

/// Turns a plan into iterators over a segment, with document frequencies over all segments.
final class QueryCompiler {
  private let reader: IndexReader
  let norms: NormTable
  private var known: [[UInt8]: KnownTerm] = [:]
  private var gathered: [PrefixPlan: [[(passage: UInt32, frequency: UInt32)]]] = [:]

  /// Words that one prefix may stand for.
  static let mostPrefixTerms = 4096

  /// A term as the dictionaries of all segments have it.
  private struct KnownTerm {
    /// By segment; nil where the segment does not hold the term.
    var infos: [TermInfo?]
    /// Passages of the whole index that hold it.
    var documentFrequency: Int
  }

  init(_ reader: IndexReader, _ similarity: BM25) {
    self.reader = reader
    norms = reader.scoring.norms(similarity, averageLength: reader.averageLength)
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
    guard let info = known.infos[index] else { return nil }
    let scoring = TermScoring(
      weight: Float(term.count) * weight(known.documentFrequency), norms: norms, subject: .term(term.key),
      documentFrequencies: [known.documentFrequency])
    return (try reader.segments[index].postings(of: info), scoring)
  }

  /// Postings of a bag's terms in a segment, all together.
  func postingCount(_ bag: TermBag, _ index: Int) throws(IndexError) -> Int {
    var sum = 0
    for term in bag.drivers + bag.boosters { sum += Int(try known(term.key).infos[index]?.documentFrequency ?? 0) }
    return sum
  }

  /// The bounds of a term in a segment; those of frequent terms are kept by the reader.
  func bounds(
    _ term: TermBag.Term, _ cursor: PostingsCursor, _ segment: Segment
  ) throws(IndexError) -> ScoreBounds {
    try reader.scoring.bounds(term.key, cursor, segment, norms)
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
    // A phrase of one unit is the unit's own term.
    if phrase.parts.count == 1, phrase.units.count == 1 {
      guard let (cursor, scoring) = try term(TermBag.Term(key: phrase.units[0], count: 1), index) else { return nil }
      return TermIterator(cursor, scoring, lengths: lengths)
    }
    guard let parts = try parts(phrase.parts, index) else { return nil }
    return PhraseIterator(parts, try scoring(of: phrase), lengths: lengths)
  }

  /// A phrase weighs as much as its units together.
  func scoring(of phrase: PhrasePlan) throws(IndexError) -> TermScoring {
    var frequencies: [Int] = []
    var weight: Float = 0
    for unit in phrase.units {
      frequencies.append(try known(unit).documentFrequency)
      weight += self.weight(frequencies[frequencies.count - 1])
    }
    return TermScoring(
      weight: weight, norms: norms, subject: .phrase(phrase.units), documentFrequencies: frequencies)
  }

  /// The cursors of a phrase, or nil where the segment lacks one of its terms.
  func parts(
    _ parts: [PhrasePlan.Part], _ index: Int
  ) throws(IndexError) -> [PhraseMatcher.Part]? {
    let segment = reader.segments[index]
    var cursors: [PhraseMatcher.Part] = []
    for part in parts {
      guard let info = try known(part.key).infos[index], info.isPositional else { return nil }
      let postings = try segment.postings(of: info)
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

  private func weight(_ documentFrequency: Int) -> Float {
    BM25.inverseDocumentFrequency(passages: reader.statistics.passages, documentFrequency: documentFrequency)
  }

  private func known(_ key: [UInt8]) throws(IndexError) -> KnownTerm {
    if let known = known[key] { return known }
    var term = KnownTerm(infos: [], documentFrequency: 0)
    for segment in reader.segments {
      let info = try segment.terms.find(key[...])
      term.infos.append(info)
      term.documentFrequency += Int(info?.documentFrequency ?? 0)
    }
    known[key] = term
    return term
  }
}
