import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct PositionsBlocksTests {
  /// Calls `body` with the blocks of a sample and their positions.
  private func withBlocks(
    _ sample: PostingsSample, positions: [UInt8]? = nil,
    _ body: (inout PostingsBlocks, inout PositionsBlocks) throws -> Void
  ) throws {
    let list = try sample.list()
    let room = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingsBlocks.room)
    defer { room.deallocate() }
    var blocks = PostingsBlocks(list, passageCount: sample.lengths.count, room: room)
    let section = SectionBytes(.positions, positions ?? sample.positionBytes)
    var beside = try PositionsBlocks(list, positions: section)
    defer { beside.deallocate() }
    // Neither keeps alive what it reads.
    try withExtendedLifetime((list, section)) { try body(&blocks, &beside) }
  }

  @Test(arguments: Seeds.first(3))
  func positionsAreFoundInAnyOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for count in PostingsSample.counts {
      let sample = PostingsSample(count: count, density: 0.3, isPositional: true, &generator)
      try withBlocks(sample) { blocks, positions in
        for _ in 0..<200 {
          let posting = Int.random(in: 0..<count, using: &generator)
          #expect(blocks.load(posting / 128) && blocks.decodeFrequencies())
          let found = positions.positions(of: posting % 128, beside: blocks)
          #expect(found.map { Array($0) } == sample.positions[posting], "seed \(seed), \(count) postings")
        }
      }
    }
  }

  @Test(arguments: Seeds.first(5))
  func damagedPositionsAreReadOrRefused(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = PostingsSample(count: 260, density: 0.5, isPositional: true, &generator)
    for _ in 0..<100 {
      var bytes = sample.positionBytes
      for _ in 0..<3 {
        bytes[Int.random(in: bytes.indices, using: &generator)] = generator.pick([0, 1, 33, 0x7F, 0x80, 0xFF])
      }
      try withBlocks(sample, positions: bytes) { blocks, positions in
        for posting in (0..<260).shuffled(using: &generator) {
          #expect(blocks.load(posting / 128) && blocks.decodeFrequencies())
          guard let found = positions.positions(of: posting % 128, beside: blocks) else { continue }
          #expect(found.count == Int(sample.frequencies[posting]), "seed \(seed)")
        }
      }
    }
  }
}
