import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat
@testable import Retrieval

struct PostingsCursorTests {
  private func samples(_ seed: UInt64) -> [PostingsSample] {
    var generator = SeededGenerator(seed: seed)
    return PostingsSample.counts.flatMap { count in
      PostingsSample.densities.map {
        PostingsSample(count: count, density: $0, isPositional: generator.chance(0.5), &generator)
      }
    }
  }

  @Test(arguments: Seeds.first(3))
  func postingsComeBack(seed: UInt64) throws {
    for sample in samples(seed) {
      let cursor = try sample.cursor()
      var documents: [UInt32] = []
      var frequencies: [UInt32] = []
      for block in 0..<cursor.list.blockCount {
        try cursor.load(block)
        let counts = try cursor.frequencies()
        documents += (0..<cursor.count).map { cursor.documents[$0] }
        frequencies += (0..<cursor.count).map { counts[$0] }
      }
      #expect(documents == sample.documents, "seed \(seed), \(sample.documents.count) postings")
      #expect(frequencies == sample.frequencies, "seed \(seed), \(sample.documents.count) postings")
    }
  }

  @Test(arguments: Seeds.first(3))
  func blocksAreDecodedInAnyOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = PostingsSample(count: 1000, density: 0.1, isPositional: false, &generator)
    let cursor = try sample.cursor()
    for block in (0..<8).flatMap({ [$0, $0] }).shuffled(using: &generator) {
      try cursor.load(block)
      let range = block * 128..<min(block * 128 + 128, 1000)
      #expect((0..<cursor.count).map { cursor.documents[$0] } == Array(sample.documents[range]), "seed \(seed)")
      // Frequencies are decoded only when they are asked for, which must not change what they are.
      guard generator.chance(0.5) else { continue }
      let counts = try cursor.frequencies()
      #expect((0..<cursor.count).map { counts[$0] } == Array(sample.frequencies[range]), "seed \(seed)")
    }
  }

  @Test(arguments: Seeds.first(3))
  func seekingFindsWhatASlowSearchFinds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for sample in samples(seed) {
      let cursor = try sample.cursor()
      var index = 0
      var target: UInt32 = 0
      while true {
        let found = try cursor.seek(target, from: &index)
        let expected = sample.documents.first { $0 >= target }
        #expect(found == (expected != nil), "seed \(seed), target \(target)")
        guard found, let expected else { break }
        #expect(cursor.documents[index] == expected, "seed \(seed), target \(target)")
        let step = generator.pick([0, 1, 1, 5, 300, 5000])
        target = max(target, expected) + UInt32(step)
      }
    }
  }

  @Test(arguments: Seeds.first(3))
  func theFirstBlockThatReachesAPassageIsFound(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for sample in samples(seed) {
      let cursor = try sample.cursor()
      let count = cursor.list.blockCount
      guard cursor.list.hasDirectory else { continue }
      for _ in 0..<30 {
        let start = Int.random(in: 0...count, using: &generator)
        let target = UInt32.random(in: 0...(sample.documents.last! + 5), using: &generator)
        let expected = (start..<count).first { cursor.list.lastDocument(ofBlock: $0) >= target } ?? count
        #expect(cursor.firstBlock(reaching: target, from: start) == expected, "seed \(seed), \(target) from \(start)")
      }
    }
  }

  @Test func passagesThatDoNotExistAreRefused() throws {
    var generator = SeededGenerator(seed: 1)
    for count in [1, 5, 128, 200] {
      let sample = PostingsSample(count: count, density: 0.5, isPositional: false, &generator)
      let tooFew = PostingsCursor(try sample.list(), passageCount: Int(sample.documents.last!))
      #expect(throws: IndexError.self) {
        for block in 0..<tooFew.list.blockCount { try tooFew.load(block) }
      }
      let enough = PostingsCursor(try sample.list(), passageCount: Int(sample.documents.last!) + 1)
      for block in 0..<enough.list.blockCount { try enough.load(block) }
    }
  }

  /// Whatever the bytes are, blocks that are given ascend from one to the next and name passages that exist: scoring
  /// loops rely on it.
  @Test(arguments: Seeds.first(10))
  func damagedListsAreRefusedOrAscend(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = PostingsSample(count: 300, density: generator.pick([1, 0.01]), isPositional: false, &generator)
    for _ in 0..<400 {
      var bytes = sample.postingBytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let range = generator.chance(0.5) ? 0..<min(60, bytes.count) : bytes.indices
        bytes[Int.random(in: range, using: &generator)] = generator.pick([0, 1, 25, 32, 0x7F, 0x80, 0xFF])
      }
      guard let cursor = try? sample.cursor(bytes) else { continue }
      var previous = -1
      for block in 0..<cursor.list.blockCount {
        guard (try? cursor.load(block)) != nil else { break }
        for index in 0..<cursor.count {
          #expect(Int(cursor.documents[index]) > previous, "seed \(seed)")
          previous = Int(cursor.documents[index])
        }
        #expect(previous < sample.lengths.count, "seed \(seed)")
        _ = try? cursor.frequencies()
      }
    }
  }

  @Test func aDirectoryThatStepsBackIsRefused() throws {
    var generator = SeededGenerator(seed: 1)
    let sample = PostingsSample(count: 300, density: 1, isPositional: false, &generator)
    // The last document of the first block: a number from which the second block's gaps wrap to the right end.
    let bases: [UInt32] = [.max, .max - 50, 1 << 31, 255, 300]
    for base in bases {
      var bytes = sample.postingBytes
      let start = PostingsList.directoryHeaderBytes
      withUnsafeBytes(of: base.littleEndian) { bytes.replaceSubrange(start..<(start + 4), with: $0) }
      let cursor = try sample.cursor(bytes)
      #expect(throws: IndexError.self, "\(base)") { try cursor.load(1) }
    }
  }

  /// A block with gaps of 32 bits, which can wrap around all passages and still end at the right one.
  @Test func gapsThatWrapAreRefused() throws {
    func cursor(gaps: [UInt32]) throws -> PostingsCursor {
      // At 32 bits the four lanes are the numbers as they are.
      var payload: [UInt8] = [32, 0]
      for gap in gaps { payload.append(littleEndian: gap) }
      payload += [0, 0]
      var bytes: [UInt8] = []
      for number in [UInt32(payload.count), 127, UInt32(payload.count)] { bytes.append(littleEndian: number) }
      bytes += payload
      let info = TermInfo(
        documentFrequency: 128, totalFrequency: 128, isPositional: false, postings: 0..<bytes.count, positions: 0..<0)
      return PostingsCursor(try PostingsList(info, postings: SectionBytes(.postings, bytes)), passageCount: 128)
    }
    var gaps = [UInt32](repeating: 0, count: 128)
    let sound = try cursor(gaps: gaps)
    try sound.load(0)
    #expect((0..<128).allSatisfy { sound.documents[$0] == UInt32($0) })
    gaps[1] = 1 << 31
    gaps[2] = 1 << 31
    #expect(throws: IndexError.self) { try cursor(gaps: gaps).load(0) }
  }
}
