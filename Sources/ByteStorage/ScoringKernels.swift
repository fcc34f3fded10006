private import CKernels

/// The inner loops of scoring that are written in C, where the compiler turns them into vector instructions.
package enum ScoringKernels {
  /// Begins bounds of ranges with one term, whose codes are 0 where it does not occur.
  ///
  /// - Parameters:
  ///   - weight: in 65,536ths; a weighted code is rounded up.
  ///   - count: a multiple of 32, as for all functions on bounds.
  package static func startBounds(
    _ bounds: UnsafeMutablePointer<UInt16>, _ codes: UnsafePointer<UInt16>, weight: UInt16, count: Int
  ) {
    suo_bounds_start(bounds, codes, weight, UInt32(count))
  }

  /// Adds a further term. The sums must stay below 65,536.
  package static func addBounds(
    _ bounds: UnsafeMutablePointer<UInt16>, _ codes: UnsafePointer<UInt16>, weight: UInt16, count: Int
  ) {
    suo_bounds_add(bounds, codes, weight, UInt32(count))
  }

  /// Writes the greatest of every 32 bounds.
  package static func greatest(
    _ bounds: UnsafePointer<UInt16>, count: Int, into output: UnsafeMutablePointer<UInt16>
  ) {
    suo_bounds_greatest(bounds, UInt32(count), output)
  }

  /// Writes the indices of all bounds that reach `least` to `output`, ascending, and returns how many there are; there is
  /// room for all of them.
  package static func collect(
    _ bounds: UnsafePointer<UInt16>, count: Int, reaching least: UInt16, into output: UnsafeMutablePointer<UInt32>
  ) -> Int {
    Int(suo_bounds_collect(bounds, UInt32(count), least, output))
  }

  /// Sets the marks of documents, each by its distance from `base`, which is below the number of marks.
  package static func mark(
    _ documents: UnsafePointer<UInt32>, count: Int, base: UInt32, in marks: UnsafeMutablePointer<UInt8>
  ) {
    suo_mark(documents, UInt32(count), base, marks)
  }

  /// Counts the marks that are set, and unsets them. `count` is a multiple of 64.
  package static func takeMarks(_ marks: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
    Int(suo_take_marks(marks, UInt32(count)))
  }

  /// Scores up to 128 postings, at least one, of a range of 128 passages that begins at `base`, and adds them to its sums:
  /// `weight − gained / (1 + frequency · norm)` each, in single precision.
  ///
  /// - Parameters:
  ///   - documents: ascending; as `frequencies`, readable up to the next multiple of `postingsAtATime`.
  ///   - lengths: of all passages, little-endian, of `bytesPerLength` bytes.
  ///   - norms: by length where `bytesPerLength` is 1 or 2, by passage where it is 0.
  @inline(__always)
  package static func accumulate(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, count: Int, lengths: UnsafeRawPointer,
    bytesPerLength: Int, norms: UnsafePointer<Float>, weight: Float, gained: Float, base: UInt32,
    to sums: UnsafeMutablePointer<Double>
  ) {
    suo_accumulate(
      documents, frequencies, UInt32(truncatingIfNeeded: count), lengths, UInt32(truncatingIfNeeded: bytesPerLength),
      norms, weight, gained, base, sums)
  }

  /// Scores postings as `accumulate` does, of a window of `windowSize` passages that begins at `base`.
  ///
  /// - Parameters:
  ///   - sums: of the passages of the window; those without a mark mean nothing and need not be initialised.
  ///   - marks: a bit for each passage of the window, by 64, set where something has been added.
  ///   - places: gets those that are marked now behind the first `marked`; with room for one more than there are passages.
  /// - Returns: how many places are marked.
  @inline(__always)
  package static func accumulate(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, count: Int, lengths: UnsafeRawPointer,
    bytesPerLength: Int, norms: UnsafePointer<Float>, weight: Float, gained: Float, base: UInt32,
    to sums: UnsafeMutablePointer<Double>, marks: UnsafeMutablePointer<UInt64>, places: UnsafeMutablePointer<UInt32>,
    marked: Int
  ) -> Int {
    Int(
      suo_accumulate_marked(
        documents, frequencies, UInt32(truncatingIfNeeded: count), lengths, UInt32(truncatingIfNeeded: bytesPerLength),
        norms, weight, gained, base, sums, marks, places, UInt32(truncatingIfNeeded: marked)))
  }

  /// The same for postings whose frequencies have been multiplied by the norms of their passages before.
  @inline(__always)
  package static func accumulate(
    _ documents: UnsafePointer<UInt32>, saturations: UnsafePointer<Float>, count: Int, weight: Float, gained: Float,
    base: UInt32, to sums: UnsafeMutablePointer<Double>, marks: UnsafeMutablePointer<UInt64>,
    places: UnsafeMutablePointer<UInt32>, marked: Int
  ) -> Int {
    Int(
      suo_accumulate_saturated(
        documents, saturations, UInt32(truncatingIfNeeded: count), weight, gained, base, sums, marks, places,
        UInt32(truncatingIfNeeded: marked)))
  }

  /// Takes the marks of places away, keeps of the places those whose sums reach `least`, and returns how many those are.
  @inline(__always)
  package static func takeMarked(
    _ places: UnsafeMutablePointer<UInt32>, count: Int, _ sums: UnsafePointer<Double>,
    _ marks: UnsafeMutablePointer<UInt64>, reaching least: Float
  ) -> Int {
    Int(suo_take_marked(places, UInt32(truncatingIfNeeded: count), sums, marks, least))
  }

  /// Passages of a window in which sums are marked.
  package static let windowSize = Int(SUO_WINDOW_SIZE)

  /// How many postings `accumulate` reads at once.
  package static let postingsAtATime = 8

  /// The bits of passages of the range of 128 that begins at `base`: of the first 64, and of the others.
  @inline(__always)
  package static func mask(_ documents: UnsafePointer<UInt32>, count: Int, base: UInt32) -> (UInt64, UInt64) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2) { mask in
      suo_passage_mask(documents, UInt32(truncatingIfNeeded: count), base, mask.baseAddress)
      return (mask[0], mask[1])
    }
  }

  /// Adds a rare term to the bounds of the ranges where it occurs, and links it with the other rare terms of those ranges.
  ///
  /// - Parameters:
  ///   - occupied: the ranges, `count` of them, each with an entry.
  ///   - first: the number of the term's first link, above 0; the others follow.
  ///   - heads: by range, the first link or 0.
  package static func addFew(
    _ bounds: UnsafeMutablePointer<UInt16>, _ occupied: UnsafePointer<UInt32>, _ entries: UnsafePointer<RangeEntry>,
    count: Int, weight: UInt16, term: Int, first: UInt32, heads: UnsafeMutablePointer<UInt32>,
    links: UnsafeMutablePointer<RangeLink>
  ) {
    links.withMemoryRebound(to: suo_range_link.self, capacity: Int(first) + count) { links in
      suo_bounds_add_few(
        bounds, occupied, entries, UInt32(count), weight, UInt32(truncatingIfNeeded: term), first, heads, links)
    }
  }

  /// Codes of the greatest scores of weight 1 in the eight eighths of a range, of which at least one is not below 0: of the greatest of
  /// them, and bytes that tell what part of it each reaches, and what part of 1, in 255ths rounded up.
  ///
  /// - Parameter margin: added to each score.
  @inline(__always)
  package static func codes(
    ofEighths scores: UnsafePointer<Float>, margin: Float
  ) -> (code: UInt16, parts: UInt64, peaks: UInt64) {
    var (code, parts, peaks): (UInt16, UInt64, UInt64) = (0, 0, 0)
    suo_eighth_codes(scores, margin, &code, &parts, &peaks)
    return (code, parts, peaks)
  }

  /// How the bounds of several terms make one.
  package enum BoundRule {
    /// The sum, where all occur.
    case sumOfAll
    /// The least, where all occur.
    case leastOfAll
  }

  /// Which eighths of a range may hold a passage of at least `least`, as bits.
  ///
  /// - Parameters:
  ///   - parts: of each term eight bytes, of which each is the part of the term's bound, in 255ths rounded up, that an eighth
  ///     reaches, or 0 where the term does not occur there.
  ///   - bounds: of the terms in the range.
  @inline(__always)
  package static func eighths(
    _ parts: UnsafePointer<UInt64>, _ bounds: UnsafePointer<UInt16>, count: Int, reaching least: UInt16,
    _ rule: BoundRule
  ) -> UInt32 {
    switch rule {
    case .sumOfAll: suo_eighths_all(parts, bounds, UInt32(truncatingIfNeeded: count), least)
    case .leastOfAll: suo_eighths_least(parts, bounds, UInt32(truncatingIfNeeded: count), least)
    }
  }

  /// The bits of those of 128 sums that lie in `window`, whose ends are multiples of 8, and reach `least`: of the first 64,
  /// and of the others. Where `least` is not above 0, the bits of all sums there but −0, the sum of nothing.
  @inline(__always)
  package static func reaching(
    _ sums: UnsafePointer<Double>, in window: Range<Int>, _ least: Double
  ) -> (UInt64, UInt64) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2) { mask in
      suo_reaching(
        sums, UInt32(truncatingIfNeeded: window.lowerBound), UInt32(truncatingIfNeeded: window.upperBound), least,
        mask.baseAddress)
      return (mask[0], mask[1])
    }
  }
}
