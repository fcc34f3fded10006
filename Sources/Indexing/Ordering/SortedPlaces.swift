import ByteStorage

/// The places of documents in order of a preference, of which only as much is sorted as is asked for.
struct SortedPlaces: ~Copyable {
  /// The preference, greatest first, then the side, then the place: all differ.
  private var keys: PlainBuffer<UInt64>

  init(capacity: Int) { keys = PlainBuffer(capacity: capacity) }

  /// Puts a place at its own number, to be sorted.
  ///
  /// - Parameters:
  ///   - preference: no NaN; greater ones come first.
  ///   - side: 0 or 1; of equal preferences 0 comes first, and then lower places.
  @inline(__always)
  mutating func set(_ place: Int, preference: Float, side: UInt8) {
    // As a number that sorts as the floats do the other way round.
    let bits = preference.bitPattern
    let descending = ~(bits ^ (preference.sign == .minus ? .max : 1 << 31))
    keys.base[place] = UInt64(descending) << 32 | UInt64(side) << 31 | UInt64(place)
  }

  /// The place that is in so many in the order, once that is sorted so far.
  @inline(__always)
  func place(_ index: Int) -> Int { Int(keys.base[index] & 0x7FFF_FFFF) }

  /// Sorts a range.
  mutating func sort(_ range: Range<Int>) {
    var places = UnsafeMutableBufferPointer(start: keys.base + range.lowerBound, count: range.count)
    places.sort()
  }

  /// Brings the places of a range that come first before those that come later.
  ///
  /// - Parameter range: of three places or more.
  /// - Returns: where the later ones begin, inside the range.
  mutating func split(_ range: Range<Int>) -> Int {
    let keys = keys.base
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    let (first, middle, last) = (keys[low], keys[(low + high) / 2], keys[high])
    // Neither the least nor the greatest, as all keys differ.
    let pivot = max(min(first, middle), min(max(first, middle), last))
    while true {
      while keys[low] < pivot { low += 1 }
      while keys[high] > pivot { high -= 1 }
      if low >= high { return low }
      (keys[low], keys[high]) = (keys[high], keys[low])
      low += 1
      high -= 1
    }
  }
}
