import ByteStorage
import IndexFormat

/// Scores every passage that holds any of several terms, term after term: what is least work where they have few postings
/// beside the hits that are wanted.
///
/// Sums that nothing has been added to are told by marks of a bit each, so that only what is added to is ever touched.
struct ExhaustiveUnion {
  private let owner: RangeTerms
  /// By term, its postings where they are kept decoded.
  private let known: UnsafePointer<DecodedPostings.View?>
  private let firstPassage: Int
  private let passageCount: Int
  /// Of the passages of a window.
  private let sums: UnsafeMutablePointer<Double>
  private let marks: UnsafeMutablePointer<UInt64>
  /// The places in the window that are marked, in the order of their marking.
  private let places: UnsafeMutablePointer<UInt32>
  private let windowSize: Int
  /// For each term the block and the posting in it that come next.
  private let blocks: UnsafeMutablePointer<Int>
  private let postings: UnsafeMutablePointer<Int>

  /// Passages that are offered between two looks at the threshold.
  private static let passagesAtATime = 512

  /// - Parameters:
  ///   - owner: terms each of which makes a passage match.
  ///   - known: by term, its postings where they are kept decoded.
  init(
    _ owner: RangeTerms, known: UnsafePointer<DecodedPostings.View?>, firstPassage: Int, passageCount: Int,
    _ memory: ScratchMemory
  ) {
    self.owner = owner
    self.known = known
    self.firstPassage = firstPassage
    self.passageCount = passageCount
    let isSole = owner.count == 1 && known[0] != nil
    windowSize = isSole ? 0 : min(ScoringKernels.windowSize, (passageCount + 63) / 64 * 64)
    sums = memory.allocate(Double.self, windowSize)
    marks = memory.allocateZeros(UInt64.self, windowSize / 64)
    places = memory.allocate(UInt32.self, windowSize + 1)
    blocks = memory.allocateZeros(Int.self, owner.count)
    postings = memory.allocateZeros(Int.self, owner.count)
  }

  /// Offers every passage that matches and can be among the hits, and returns how many match.
  func evaluate(into hits: inout TopHits) throws(RetrievalError) -> Int {
    let floor = owner.floor(of: hits.limit)
    if owner.count == 1, let known = known[0] { return scan(known, floor: floor, into: &hits) }
    var count = 0
    var base = 0
    while base < passageCount {
      var marked = 0
      for term in 0..<owner.count {
        if let known = known[term] {
          marked = add(known, term, base, marked: marked)
        } else {
          marked = try add(term, base, marked: marked)
        }
      }
      count += marked
      var first = 0
      while first < marked {
        let last = min(first + ExhaustiveUnion.passagesAtATime, marked)
        let kept = ScoringKernels.takeMarked(
          places + first, count: last - first, sums, marks, reaching: max(hits.threshold, floor))
        for index in first..<first + kept {
          let place = Int(places[index])
          hits.offer(ScoredPassage(passage: firstPassage + base + place, score: Float(sums[place])))
        }
        first = last
      }
      base += windowSize
    }
    return count
  }

  /// Scores the postings of the only term: there is nothing to add up.
  private func scan(_ postings: DecodedPostings.View, floor: Float, into hits: inout TopHits) -> Int {
    let (scorer, weight) = (owner.scorer, owner.terms[0].weight)
    var least = max(hits.threshold, floor)
    for place in 0..<postings.count {
      let score = scorer.score(saturation: postings.saturations[place], weight: weight)
      if score < least { continue }
      hits.offer(ScoredPassage(passage: firstPassage + Int(postings.documents[place]), score: score))
      least = max(hits.threshold, floor)
    }
    return postings.count
  }

  /// Adds the scores of a term whose postings are kept decoded.
  @inline(__always)
  private func add(_ known: DecodedPostings.View, _ term: Int, _ base: Int, marked: Int) -> Int {
    let first = postings[term]
    let end = UInt32(truncatingIfNeeded: base + windowSize)
    let last = known.documents.firstIndex(in: first..<known.count, reaching: end)
    postings[term] = last
    guard last > first else { return marked }
    return owner.scorer.accumulate(
      known, first..<last, weight: owner.terms[term].weight, base: UInt32(truncatingIfNeeded: base), to: sums,
      marks: marks, places: places, marked: marked)
  }

  /// Adds the scores of a term in the window that begins at `base`, and returns how many passages are marked then.
  private func add(_ term: Int, _ base: Int, marked: Int) throws(RetrievalError) -> Int {
    let end = UInt32(truncatingIfNeeded: base + windowSize)
    let terms = owner.terms
    var marked = marked
    while blocks[term] < terms[term].blocks.blockCount {
      guard terms[term].blocks.load(blocks[term]), terms[term].blocks.decodeFrequencies() else {
        throw .index(owner.damaged(term))
      }
      let all = postings[term]..<terms[term].blocks.count
      let isWhole = terms[term].blocks.documents[all.upperBound - 1] < end
      let last = isWhole ? all.upperBound : terms[term].firstPlace(reaching: end, in: all)
      if last > all.lowerBound {
        marked = owner.scorer.accumulate(
          terms[term].blocks.documents + all.lowerBound, terms[term].blocks.frequencies + all.lowerBound,
          count: last - all.lowerBound, weight: terms[term].weight, base: UInt32(truncatingIfNeeded: base),
          to: sums, marks: marks, places: places, marked: marked)
      }
      postings[term] = isWhole ? 0 : last
      guard isWhole else { break }
      blocks[term] += 1
    }
    return marked
  }
}
