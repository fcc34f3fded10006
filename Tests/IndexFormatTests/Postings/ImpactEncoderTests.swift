import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct ImpactEncoderTests {
  /// The pairs that no other pair beats, by frequency.
  private func competitive(_ pairs: [Impact]) -> [Impact] {
    Set(pairs).filter { pair in
      !pairs.contains { $0 != pair && $0.frequency >= pair.frequency && $0.length <= pair.length }
    }.sorted { $0.frequency < $1.frequency }
  }

  @Test(arguments: Seeds.first(10))
  func impactsAreTheCompetitivePairsOrBoundThem(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for count in [128, 129, 300, 1000] {
      let sample = PostingsSample(count: count, density: 0.5, isPositional: generator.chance(0.5), &generator)
      let list = try sample.list()
      var found = [[Impact]](repeating: [], count: list.blockCount)
      try list.forEachImpact { block, impact in found[block].append(impact) }
      for block in found.indices {
        let range = block * 128..<min(block * 128 + 128, count)
        let pairs = range.map {
          Impact(frequency: sample.frequencies[$0], length: sample.lengths[Int(sample.documents[$0])])
        }
        let expected = competitive(pairs)
        if expected.count <= ImpactEncoder.mostPairs {
          #expect(found[block] == expected, "seed \(seed), block \(block)")
        } else {
          #expect(found[block].count == ImpactEncoder.mostPairs, "seed \(seed), block \(block)")
        }
        for pair in pairs {
          #expect(
            found[block].contains { $0.frequency >= pair.frequency && $0.length <= pair.length },
            "seed \(seed), block \(block), \(pair)")
        }
      }
    }
  }

  @Test func shortListsHaveNone() throws {
    var generator = SeededGenerator(seed: 1)
    let sample = PostingsSample(count: 127, density: 0.5, isPositional: false, &generator)
    #expect(try !sample.list().hasDirectory)
    try sample.list().forEachImpact { _, _ in Issue.record("a list without a directory has no impacts") }
  }
}
