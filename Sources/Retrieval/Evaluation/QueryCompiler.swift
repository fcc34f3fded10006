import IndexFormat
import TextAnalysis

/// Turns a plan into iterators over a segment, with document frequencies over all segments.
final class QueryCompiler {
  private let reader: IndexReader
  private let norms: NormTable
  private var documentFrequencies: [[UInt8]: Int] = [:]
  private var gathered: [PrefixPlan: [[(passage: UInt32, frequency: UInt32)]]] = [:]

  /// Words that one prefix may stand for.
  static let mostPrefixTerms = 4096

  init(_ reader: IndexReader, _ similarity: BM25) {
    self.reader = reader
    norms = NormTable(similarity, averageLength: reader.averageLength)
  }

  /// An iterator over the passages of segment `index` that match.
  func iterator(_ plan: QueryPlan, segment index: Int) throws(RetrievalError) -> PassageIterator {
    do throws(IndexError) {
      return try compile(plan, reader.segments[index], index)
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
      for segment in reader.segments { postings.append(try gather(prefix, in: segment)) }
      gathered[prefix] = postings
    }
  }

  /// A term's cursor and scoring in a segment, or nil where the segment does not hold it.
  func term(_ term: TermBag.Term, _ segment: Segment) throws(IndexError) -> (PostingsCursor, TermScoring)? {
    guard let info = try segment.terms.find(term.key[...]) else { return nil }
    return (try segment.postings(of: info), try scoring(of: term))
  }

  private func compile(_ plan: QueryPlan, _ segment: Segment, _ index: Int) throws(IndexError) -> PassageIterator {
    switch plan {
    case .nothing:
      return EmptyIterator()
    case .bag(let bag):
      let drivers = try iterators(bag.drivers, segment)
      if drivers.isEmpty { return EmptyIterator() }
      let boosters = try iterators(bag.boosters, segment)
      return drivers.count == 1 && boosters.isEmpty ? drivers[0] : UnionIterator(drivers, boosters: boosters)
    case .phrase(let phrase):
      return try iterator(phrase, segment) ?? EmptyIterator()
    case .prefix(let prefix):
      guard let postings = gathered[prefix] else { preconditionFailure("prefixes are gathered before") }
      let frequency = postings.reduce(0) { $0 + $1.count }
      let scoring = TermScoring(
        weight: weight(frequency), norms: norms, label: TermLabel.of(prefix.key) + "*", documentFrequencies: [frequency])
      return GatheredIterator(postings[index], scoring, lengths: segment.lengths)
    case .unscored(let inner):
      return UnscoredIterator(try compile(inner, segment, index))
    case .boolean(let required, let optional, let prohibited):
      var must: [PassageIterator] = []
      for inner in required { must.append(try compile(inner, segment, index)) }
      var may: [PassageIterator] = []
      for inner in optional { may.append(try compile(inner, segment, index)) }
      var not: [PassageIterator] = []
      for inner in prohibited { not.append(try compile(inner, segment, index)) }
      guard must.isEmpty else { return IntersectionIterator(required: must, optional: may, prohibited: not) }
      // Nothing is found by what it lacks alone.
      guard !may.isEmpty else { return EmptyIterator() }
      let union = may.count == 1 ? may[0] : UnionIterator(may)
      return not.isEmpty ? union : IntersectionIterator(required: [union], optional: [], prohibited: not)
    }
  }

  private func iterators(_ terms: [TermBag.Term], _ segment: Segment) throws(IndexError) -> [PassageIterator] {
    var iterators: [PassageIterator] = []
    for term in terms {
      guard let (cursor, scoring) = try self.term(term, segment) else { continue }
      iterators.append(TermIterator(cursor, scoring, lengths: segment.lengths))
    }
    return iterators
  }

  private func iterator(_ phrase: PhrasePlan, _ segment: Segment) throws(IndexError) -> PassageIterator? {
    // A phrase of one unit is the unit's own term.
    if phrase.parts.count == 1, phrase.units.count == 1 {
      guard let (cursor, scoring) = try term(TermBag.Term(key: phrase.units[0], count: 1), segment) else { return nil }
      return TermIterator(cursor, scoring, lengths: segment.lengths)
    }
    guard let parts = try parts(phrase.parts, segment) else { return nil }
    var frequencies: [Int] = []
    var weight: Float = 0
    for unit in phrase.units {
      frequencies.append(try documentFrequency(of: unit))
      weight += self.weight(frequencies[frequencies.count - 1])
    }
    let label = "\"" + phrase.units.map { TermLabel.text(of: $0) }.joined(separator: " ") + "\""
    let scoring = TermScoring(weight: weight, norms: norms, label: label, documentFrequencies: frequencies)
    return PhraseIterator(parts, scoring, lengths: segment.lengths)
  }

  /// The cursors of a phrase, or nil where the segment lacks one of its terms.
  private func parts(
    _ parts: [PhrasePlan.Part], _ segment: Segment
  ) throws(IndexError) -> [PhraseIterator.Part]? {
    var cursors: [PhraseIterator.Part] = []
    for part in parts {
      guard let info = try segment.terms.find(part.key[...]), info.isPositional else { return nil }
      let postings = try segment.postings(of: info)
      cursors.append(
        PhraseIterator.Part(
          offset: UInt32(part.offset), postings: postings, positions: try segment.positions(beside: postings)))
    }
    return cursors
  }

  private func gather(
    _ prefix: PrefixPlan, in segment: Segment
  ) throws(RetrievalError) -> [(passage: UInt32, frequency: UInt32)] {
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
            for index in 0..<cursor.count { frequencies[cursor.documents[index], default: 0] += counts[index] }
          }
        } else {
          let last = PhrasePlan.Part(key: key, offset: prefix.leadingUnits)
          guard let parts = try parts(prefix.leading + [last], segment) else { continue }
          let phrase = PhraseIterator(parts, TermScoring.unweighted(norms), lengths: segment.lengths)
          var passage = try phrase.advance(to: 0)
          while passage != PassageIterator.exhausted {
            frequencies[passage, default: 0] += phrase.frequency
            passage = try phrase.advance(to: passage + 1)
          }
        }
      }
    } catch { throw .index(error) }
    return frequencies.map { (passage: $0.key, frequency: $0.value) }.sorted { $0.passage < $1.passage }
  }

  private func scoring(of term: TermBag.Term) throws(IndexError) -> TermScoring {
    let frequency = try documentFrequency(of: term.key)
    return TermScoring(
      weight: Float(term.count) * weight(frequency), norms: norms, label: TermLabel.of(term.key),
      documentFrequencies: [frequency])
  }

  private func weight(_ documentFrequency: Int) -> Float {
    BM25.inverseDocumentFrequency(passages: reader.statistics.passages, documentFrequency: documentFrequency)
  }

  /// Passages of the whole index that hold a term.
  private func documentFrequency(of key: [UInt8]) throws(IndexError) -> Int {
    if let known = documentFrequencies[key] { return known }
    var sum = 0
    for segment in reader.segments { sum += Int(try segment.terms.find(key[...])?.documentFrequency ?? 0) }
    documentFrequencies[key] = sum
    return sum
  }
}
