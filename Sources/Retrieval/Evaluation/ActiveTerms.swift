import ByteStorage

/// The terms that occur in the live eighths of a range, in memory that lasts as long as the query.
struct ActiveTerms {
  /// Of each the most that it can add there, in units of the query's bounds, above 32 bits with its number.
  let terms: UnsafeMutablePointer<UInt64>
  /// By number: the first posting in the range, above 32 bits how many there are, and above 48 the code, as `RangeEntry` holds
  /// them.
  let postings: UnsafeMutablePointer<UInt64>
  /// Scores them by their sets.
  let query: UnsafePointer<TermSetQuery>
  var count = 0

  /// - Parameter sets: by term of the query, the set of passages that hold it, where that is kept.
  init(_ owner: RangeTerms, sets: UnsafePointer<TermSet>, _ memory: ScratchMemory) {
    terms = memory.allocate(UInt64.self, owner.count)
    postings = memory.allocate(UInt64.self, owner.count)
    let query = memory.allocate(TermSetQuery.self, 1)
    query.initialize(to: TermSetQuery(sets, postings: postings, owner.norms))
    self.query = UnsafePointer(query)
  }

  /// The postings in the range of a term that is among them.
  @inline(__always)
  func postings(_ term: Int) -> Range<Int> {
    let first = Int(truncatingIfNeeded: postings[term] & 0xFFFF_FFFF)
    return first..<first &+ Int(truncatingIfNeeded: postings[term] >> 32 & 0xFFFF)
  }

  /// Takes all terms of a query that occur in a range, by looking for each.
  mutating func takeAll(of owner: RangeTerms, inRange range: Int) {
    count = 0
    for term in 0..<owner.count {
      let bound = owner.terms[term].bound(range)
      guard bound > 0 else { continue }
      let entry = owner.terms[term].entry(range)
      terms[count] = UInt64(bound) << 32 | UInt64(term)
      postings[term] = UInt64(entry.count) << 32 | UInt64(entry.firstPosting)
      count += 1
    }
  }

  /// Brings the terms whose sets are not kept before the others, and returns how many there are.
  @inline(__always)
  func bringForward(without sets: UnsafePointer<TermSet>) -> Int {
    var others = 0
    for place in 0..<count where sets[Int(truncatingIfNeeded: terms[place] & 0xFFFF_FFFF)].held == nil {
      (terms[others], terms[place]) = (terms[place], terms[others])
      others += 1
    }
    return others
  }

  /// Brings the term to `place` that can add most of those from there on, and returns its number. Few are ever needed, so they
  /// are not sorted.
  @inline(__always)
  func takeStrongest(_ place: Int, of count: Int) -> Int {
    var best = terms[place]
    var bestPlace = place
    for other in place + 1..<max(count, place + 1) {
      bestPlace = terms[other] > best ? other : bestPlace
      best = max(best, terms[other])
    }
    terms[bestPlace] = terms[place]
    terms[place] = best
    return Int(truncatingIfNeeded: best & 0xFFFF_FFFF)
  }
}
