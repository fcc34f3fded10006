import ByteStorage

/// Finds and writes the competitive impacts of blocks.
///
/// Form of a block: count u8, then for each pair, by rising frequency and so by rising length, the difference of the
/// frequency and the difference of the length from the pair before, both as variable-length integers.
struct ImpactEncoder {
  /// More pairs than this are thinned: two neighbours become one that is at least as good as either, which keeps the
  /// bound safe. Blocks of real texts rarely have more.
  static let mostPairs = 8
  private var pairs: [Impact] = []

  /// Appends the competitive impacts of the postings.
  mutating func encode(
    frequencies: UnsafeBufferPointer<UInt32>, lengths: (Int) -> UInt32, to output: inout [UInt8]
  ) {
    pairs.removeAll(keepingCapacity: true)
    for index in frequencies.indices { insert(Impact(frequency: frequencies[index], length: lengths(index))) }
    ImpactEncoder.thin(&pairs)
    output.append(UInt8(pairs.count))
    var previous = Impact(frequency: 0, length: 0)
    for pair in pairs {
      output.append(variable: UInt64(pair.frequency - previous.frequency))
      output.append(variable: UInt64(pair.length - previous.length))
      previous = pair
    }
  }

  /// Keeps `pairs` ascending in both frequency and length, without pairs that another one beats.
  private mutating func insert(_ pair: Impact) {
    var index = pairs.count
    while index > 0 && pairs[index - 1].frequency >= pair.frequency { index -= 1 }
    // Everything from `index` on is at least as frequent: one of them that is no longer beats the new pair.
    if index < pairs.count && pairs[index].length <= pair.length { return }
    // Of the same frequency the new pair is shorter, and of the less frequent ones those that are not shorter fall.
    var end = index
    if end < pairs.count && pairs[end].frequency == pair.frequency { end += 1 }
    var start = index
    while start > 0 && pairs[start - 1].length >= pair.length { start -= 1 }
    pairs.replaceSubrange(start..<end, with: CollectionOfOne(pair))
  }

  private static func thin(_ pairs: inout [Impact]) {
    while pairs.count > mostPairs {
      // The two neighbours whose merging moves the bound least, by the rectangle between them.
      var best = 0
      var bestLoss = UInt64.max
      for index in 0..<(pairs.count - 1) {
        let loss =
          UInt64(pairs[index + 1].frequency - pairs[index].frequency)
          * UInt64(pairs[index + 1].length - pairs[index].length)
        if loss < bestLoss { (best, bestLoss) = (index, loss) }
      }
      pairs[best] = Impact(frequency: pairs[best + 1].frequency, length: pairs[best].length)
      pairs.remove(at: best + 1)
    }
  }
}
