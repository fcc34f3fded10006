import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct PositionsCursorTests {
  private func cursors(
    _ sample: PostingsSample, positions: [UInt8]? = nil
  ) throws(IndexError) -> (PostingsCursor, PositionsCursor) {
    let postings = try sample.cursor()
    return (
      postings, try PositionsCursor(postings, positions: SectionBytes(.positions, positions ?? sample.positionBytes))
    )
  }

  @Test(arguments: Seeds.first(3))
  func positionsComeBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for count in PostingsSample.counts {
      let sample = PostingsSample(count: count, density: 0.3, isPositional: true, &generator)
      let (postings, positions) = try cursors(sample)
      // Every block, some of them without a look at the positions.
      for block in 0..<postings.list.blockCount where block % 3 != 1 || count < 1000 {
        try postings.load(block)
        for index in 0..<postings.count where generator.chance(0.8) {
          let found = try Array(positions.positions(ofPosting: index))
          #expect(found == sample.positions[128 * block + index], "seed \(seed), \(count) postings")
        }
      }
    }
  }

  @Test func blocksOfZerosTakeNoBits() throws {
    var bytes: [UInt8] = []
    var encoder = PositionsEncoder()
    let places = [UInt32](repeating: 0, count: 1280)
    let frequencies: [UInt32] = [1280]
    _ = places.withUnsafeBufferPointer { places in
      frequencies.withUnsafeBufferPointer { encoder.encode(places, frequencies: $0, to: &bytes) }
    }
    #expect(bytes.count == 20)
    var info = TermInfo(
      documentFrequency: 1, totalFrequency: 1280, isPositional: true, postings: 0..<0, positions: 0..<20)
    info.singlePosting = TermInfo.SinglePosting(document: 0, frequency: 1280)
    let postings = PostingsCursor(try PostingsList(info, postings: SectionBytes(.postings, [])), passageCount: 1)
    try postings.load(0)
    let cursor = try PositionsCursor(postings, positions: SectionBytes(.positions, bytes))
    #expect(try cursor.positions(ofPosting: 0).elementsEqual(places))
  }

  @Test func frequenciesThatDifferFromThePositionsAreRefused() throws {
    var generator = SeededGenerator(seed: 1)
    var sample = PostingsSample(count: 1, density: 1, isPositional: true, &generator)
    let frequency = sample.frequencies[0]
    for wrong in [frequency - 1, frequency + 1, 1 << 20, UInt32(Int32.max)] {
      sample.info.singlePosting?.frequency = wrong
      let (postings, positions) = try cursors(sample)
      try postings.load(0)
      #expect(throws: IndexError.self, "\(wrong) for \(frequency)") { try positions.positions(ofPosting: 0) }
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
      let (postings, positions) = try cursors(sample, positions: bytes)
      for block in 0..<postings.list.blockCount {
        try postings.load(block)
        for index in 0..<postings.count {
          guard let found = try? positions.positions(ofPosting: index) else { break }
          #expect(found.count == Int(sample.frequencies[128 * block + index]), "seed \(seed)")
        }
      }
    }
  }
}
