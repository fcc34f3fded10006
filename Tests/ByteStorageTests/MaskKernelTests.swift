import ByteStorage
import CKernels
import TestSupport
import Testing

/// Sets of passages are brought together and counted as one would bit by bit.
@Suite struct MaskKernelTests {
  @Test(arguments: 0..<4)
  func commonMasksAreTheIntersections(seed: UInt64) {
    var generator = SeededGenerator(seed: 970 + seed)
    for count in [0, 1, 3, 4, 7, 70] {
      let sets = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        (0..<2 * count).map { _ in generator.chance(0.5) ? 0 : generator.next() & generator.next() }
      }
      let pointers = sets.map { set in
        let copy = UnsafeMutablePointer<UInt64>.allocate(capacity: max(set.count, 1))
        for (index, word) in set.enumerated() { copy[index] = word }
        return Optional(UnsafePointer(copy))
      }
      defer { for pointer in pointers { pointer?.deallocate() } }
      var ranges = [UInt32](repeating: 0, count: count + 1)
      var masks = [UInt64](repeating: 0, count: 2 * count + 2)
      let found = MaskKernels.common(pointers, sets: sets.count, count: count, ranges: &ranges, into: &masks)
      var expected: [[UInt64]] = []
      for range in 0..<count {
        var (low, high) = (UInt64.max, UInt64.max)
        for set in sets { (low, high) = (low & set[2 * range], high & set[2 * range + 1]) }
        if low | high != 0 { expected.append([UInt64(range), low, high]) }
      }
      var actual: [[UInt64]] = []
      for place in 0..<found { actual.append([UInt64(ranges[place]), masks[2 * place], masks[2 * place + 1]]) }
      #expect(actual == expected)
      var (rangesPortably, masksPortably) = (ranges.map { _ in UInt32(0) }, masks.map { _ in UInt64(0) })
      let foundPortably = suo_common_masks_portable(
        pointers, UInt32(sets.count), UInt32(count), &rangesPortably, &masksPortably)
      #expect(Int(foundPortably) == found && rangesPortably.prefix(found) == ranges.prefix(found))
      #expect(masksPortably.prefix(2 * found) == masks.prefix(2 * found))
    }
  }

  @Test func ranksCountWhatIsBefore() {
    var generator = SeededGenerator(seed: 980)
    for _ in 0..<300 {
      let mask = [generator.next() | generator.next(), generator.next() & generator.next()]
      let chosen = mask.map { $0 & generator.next() }
      var (expected, before): ([UInt32], UInt32) = ([], 0)
      for place in 0..<128 {
        let bit: UInt64 = 1 << UInt64(place % 64)
        if chosen[place / 64] & bit != 0 { expected.append(1000 + before) }
        if mask[place / 64] & bit != 0 { before += 1 }
      }
      var ranks = [UInt32](repeating: 0, count: 128)
      MaskKernels.ranks(of: chosen, in: mask, first: 1000, into: &ranks)
      #expect(Array(ranks.prefix(expected.count)) == expected)
      suo_ranks_portable(mask, chosen, 1000, &ranks)
      #expect(Array(ranks.prefix(expected.count)) == expected)
    }
  }

  @Test func passagesInAnySetAreCounted() {
    var generator = SeededGenerator(seed: 990)
    for words in [0, 1, 7, 8, 9, 40] {
      let sets = (0..<3).map { _ in (0..<words).map { _ in generator.next() & generator.next() & generator.next() } }
      var expected = 0
      for word in 0..<words { expected += (sets[0][word] | sets[1][word] | sets[2][word]).nonzeroBitCount }
      sets[0].withUnsafeBufferPointer { first in
        sets[1].withUnsafeBufferPointer { second in
          let pointers = [first.baseAddress, second.baseAddress]
          #expect(MaskKernels.countAny(pointers, sets: 2, others: sets[2], words: words) == expected)
          #expect(suo_count_any_portable(pointers, 2, sets[2], UInt32(words)) == UInt64(expected))
        }
      }
    }
  }

  @Test func pairsAreCounted() {
    var generator = SeededGenerator(seed: 995)
    for _ in 0..<400 {
      let (longest, greatest) = (Int.random(in: 1...50, using: &generator), generator.pick([60, 200, 65_535]))
      let lists = (0..<2).map { _ in
        Set(
          (0..<Int.random(in: 1...longest, using: &generator)).map { _ in
            UInt16(Int.random(in: 0...greatest, using: &generator))
          }
        ).sorted()
      }
      let distance = Int.random(in: -3...3, using: &generator)
      let wanted = Set(lists[1].map { Int($0) })
      let expected = lists[0].filter { wanted.contains(Int($0) + distance) }.count
      // What stands behind the last position does not count.
      let others = lists[1] + (0..<16).map { _ in generator.pick(lists[0]) &+ UInt16(truncatingIfNeeded: distance) }
      lists[0].withUnsafeBufferPointer { lead in
        others.withUnsafeBufferPointer { other in
          let known = UnsafeBufferPointer(rebasing: other[..<lists[1].count])
          #expect(MaskKernels.pairs(lead, known, distance: distance) == UInt32(expected))
          #expect(
            suo_pairs_portable(
              lead.baseAddress, UInt32(lead.count), known.baseAddress, UInt32(known.count), Int32(distance))
              == UInt32(expected))
        }
      }
    }
  }
}
