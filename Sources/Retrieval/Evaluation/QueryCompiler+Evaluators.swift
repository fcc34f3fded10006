import ByteStorage
import IndexFormat

/// Evaluators, which look at a segment range by range.
extension QueryCompiler {
  /// The terms of a bag as ranges of passages are looked at; those that the segment does not hold are left out.
  func rangeTerms(_ bag: TermBag, _ index: Int) throws(IndexError) -> RangeTerms {
    let count = bag.drivers.count + bag.boosters.count
    let found = makeRangeTerms(capacity: count, index)
    // What is known of the terms lies far apart: it is fetched for all of them before that of the first is read.
    let compiled = memory.allocate(Unmanaged<CompiledTerm>.self, count)
    for (place, term) in bag.drivers.enumerated() { compiled[place] = try fetch(term.key) }
    for (place, term) in bag.boosters.enumerated() { compiled[bag.drivers.count + place] = try fetch(term.key) }
    for place in 0..<count { compiled[place]._withUnsafeGuaranteedRef { $0.fetch(segment: index) } }
    for (place, term) in bag.drivers.enumerated() {
      _ = try append(compiled[place], weight: term.weight, isDriver: true, to: found, index)
    }
    for (place, term) in bag.boosters.enumerated() {
      _ = try append(compiled[bag.drivers.count + place], weight: term.weight, isDriver: false, to: found, index)
    }
    return found
  }

  /// An evaluator of bags of one term each that must all be there, or nil where the segment lacks one of them.
  func conjunction(_ bags: [QueryPlan], _ index: Int) throws(IndexError) -> ConjunctionEvaluator? {
    let found = makeRangeTerms(capacity: bags.count, index)
    for bag in bags {
      guard case .bag(let bag) = bag else { continue }
      let driver = bag.drivers[0]
      let isHeld = try append(compiled(driver.key), weight: driver.weight, isDriver: true, to: found, index)
      guard isHeld else { return nil }
    }
    return ConjunctionEvaluator(
      found, masks: try masks(found, index), nil, firstPassage: reader.firstPassages[index], memory)
  }

  /// An evaluator of a phrase of several parts, or nil where the segment lacks one of them.
  func conjunction(_ phrase: PhrasePlan, _ index: Int) throws(IndexError) -> ConjunctionEvaluator? {
    let found = makeRangeTerms(capacity: phrase.parts.count, index)
    for part in phrase.parts {
      guard try append(compiled(part.key), weight: 1, isDriver: true, to: found, index),
        found.list(found.count - 1).term.isPositional
      else { return nil }
    }
    let masks = try masks(found, index)
    let counter = try PhraseCounter(found, phrase, weight: try weight(of: phrase), reader.segments[index], memory)
    reader.scoring.note(added: counter.added)
    return ConjunctionEvaluator(found, masks: masks, counter, firstPassage: reader.firstPassages[index], memory)
  }

  /// By term, which passages hold it.
  private func masks(_ terms: RangeTerms, _ index: Int) throws(IndexError) -> UnsafePointer<RangeMasks.View> {
    try kept(terms) { term throws(IndexError) in
      try terms.bounds(term).masks(terms.list(term), reader.segments[index])
    }
  }

  /// By term, what is kept of it; `find` tells also how many bytes have been taken for it.
  @inline(__always)
  private func kept<View: BitwiseCopyable>(
    _ terms: RangeTerms, _ find: (Int) throws(IndexError) -> (View, added: Int)
  ) throws(IndexError) -> UnsafePointer<View> {
    let views = memory.allocate(View.self, terms.count)
    for term in 0..<terms.count {
      let (view, added) = try find(term)
      (views + term).initialize(to: view)
      reader.scoring.note(added: added)
    }
    return UnsafePointer(views)
  }

  /// An evaluator of the best passages of a bag.
  func union(_ terms: RangeTerms, _ index: Int) throws(IndexError) -> UnionEvaluator {
    let sets = try kept(terms) { term throws(IndexError) -> (TermSet, added: Int) in
      var masks: RangeMasks.View?
      var added = 0
      if !terms.terms[term].isSparse {
        (masks, added) = try terms.bounds(term).masksIfKept(
          terms.list(term), reader.segments[index], isAsked: true)
      }
      // Greater frequencies than a byte holds stand in the postings only.
      if let known = masks, known.greatestFrequency == RangeMasks.mostFrequent { masks = nil }
      return (terms.scorer.set(masks, weight: terms.terms[term].weight), added)
    }
    return UnionEvaluator(terms, sets: sets, firstPassage: reader.firstPassages[index], memory)
  }

  /// The same for a bag of few postings, without boosters.
  func exhaustiveUnion(_ terms: RangeTerms, _ index: Int) throws(IndexError) -> ExhaustiveUnion {
    let segment = reader.segments[index]
    let known = try kept(terms) { term throws(IndexError) in
      try terms.bounds(term).postings(terms.list(term), segment, segmentNorms[index])
    }
    return ExhaustiveUnion(
      terms, known: known, firstPassage: reader.firstPassages[index], passageCount: segment.lengths.count, memory)
  }

  /// A counter of the passages that hold a driver of a bag.
  ///
  /// - Parameter isAlone: true where no union of the same terms is made.
  func counter(_ terms: RangeTerms, _ index: Int, isAlone: Bool) throws(IndexError) -> UnionCounter {
    let masks = try kept(terms) { term throws(IndexError) -> (RangeMasks.View?, added: Int) in
      guard terms.terms[term].isDriver else { return (nil, 0) }
      // A union has asked for those of frequent terms.
      return try terms.bounds(term).masksIfKept(
        terms.list(term), reader.segments[index], isAsked: isAlone || terms.terms[term].isSparse)
    }
    return UnionCounter(terms, masks: masks, memory)
  }

  private func makeRangeTerms(capacity: Int, _ index: Int) -> RangeTerms {
    RangeTerms(
      capacity: capacity, passageCount: reader.segments[index].lengths.count, segmentNorms[index], of: self, memory)
  }

  /// Appends a term; false where the segment does not hold it.
  private func append(
    _ term: Unmanaged<CompiledTerm>, weight: Float, isDriver: Bool, to found: RangeTerms, _ index: Int
  ) throws(IndexError) -> Bool {
    var (known, termWeight) = term._withUnsafeGuaranteedRef { ($0.find(segment: index), $0.weight) }
    if known == nil { known = try insert(term.takeUnretainedValue(), index) }
    guard let known else { return false }
    found.append(known, weight: weight * termWeight, isDriver: isDriver)
    return true
  }

  /// A term, which is fetched without waiting for it.
  private func fetch(_ key: [UInt8]) throws(IndexError) -> Unmanaged<CompiledTerm> {
    let term = try compiled(key)
    Prefetch.bytes(term.toOpaque(), count: 1)
    return term
  }

  /// Finds out what is needed of a term in a segment; nil where the segment does not hold it.
  private func insert(_ term: CompiledTerm, _ index: Int) throws(IndexError) -> UnsafePointer<SegmentTerm>? {
    guard let list = term.known.lists[index] else { return nil }
    let (bounds, added) = try term.known.bounds(
      index, list, reader.segments[index], segmentNorms[index], norms.similarity)
    reader.scoring.note(added: added)
    return term.insert(SegmentTerm(list, bounds, reader.segments[index], memory), bounds, segment: index)
  }
}
