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
  ///
  /// - Parameter all: true to make the bound 0 where the term, or all before it, do not occur.
  package static func addBounds(
    _ bounds: UnsafeMutablePointer<UInt16>, _ codes: UnsafePointer<UInt16>, weight: UInt16, count: Int, all: Bool
  ) {
    if all {
      suo_bounds_add_both(bounds, codes, weight, UInt32(count))
    } else {
      suo_bounds_add(bounds, codes, weight, UInt32(count))
    }
  }

  /// Takes the lesser of bounds and codes.
  package static func takeLeast(
    _ bounds: UnsafeMutablePointer<UInt16>, _ codes: UnsafePointer<UInt16>, count: Int
  ) {
    suo_bounds_least(bounds, codes, UInt32(count))
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

  /// Scores postings: `weight − gained / (1 + frequency · norm)`, in single precision.
  package static func score(
    frequencies: UnsafePointer<UInt32>, norms: UnsafePointer<Float>, count: Int, weight: Float, gained: Float,
    into output: UnsafeMutablePointer<Float>
  ) {
    suo_score(frequencies, norms, UInt32(count), weight, gained, output)
  }

  /// Scores up to 128 postings of a range of 128 passages that begins at `base`, and adds them to its sums.
  ///
  /// - Parameters:
  ///   - lengths: of all passages, little-endian, of `bytesPerLength` bytes.
  ///   - norms: by length where `bytesPerLength` is 1 or 2, by passage where it is 0.
  @inline(__always)
  package static func accumulate(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, count: Int, lengths: UnsafeRawPointer,
    bytesPerLength: Int, norms: UnsafePointer<Float>, weight: Float, gained: Float, base: UInt32,
    to sums: UnsafeMutablePointer<Double>
  ) {
    let count = UInt32(truncatingIfNeeded: count)
    switch bytesPerLength {
    case 1:
      suo_accumulate_8(
        documents, frequencies, count, lengths.assumingMemoryBound(to: UInt8.self), norms, weight, gained, base,
        sums)
    case 2:
      suo_accumulate_16(
        documents, frequencies, count, lengths.assumingMemoryBound(to: UInt16.self), norms, weight, gained, base,
        sums)
    default:
      suo_accumulate(documents, frequencies, count, norms, weight, gained, base, sums)
    }
  }

  /// How the bounds of several terms make one.
  package enum BoundRule {
    /// The sum of those that occur.
    case sum
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
    case .sum: suo_eighths_sum(parts, bounds, UInt32(truncatingIfNeeded: count), least)
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
