import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct TermDictionaryTests {
  /// Sorted distinct keys of a few letters, many of which share their first 8 bytes or more.
  private func keys(_ count: Int, _ generator: inout SeededGenerator) -> [[UInt8]] {
    var keys: Set<[UInt8]> = []
    for _ in 0..<count {
      var key = generator.pick([[], Array("shared-prefix".utf8), Array("shared-p".utf8), [0], [0xFF]])
      for _ in 0..<Int.random(in: 0...6, using: &generator) { key.append(generator.pick([0, 0x61, 0x62, 0xE7, 0xFF])) }
      if generator.chance(0.02) { key += [UInt8](repeating: 0x78, count: 300) }
      keys.insert(key)
    }
    return keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private struct Sample {
    var keys: [[UInt8]]
    var infos: [TermInfo] = []
    var bytes: [UInt8] = []
  }

  private func sample(_ count: Int, _ generator: inout SeededGenerator) throws -> Sample {
    var sample = Sample(keys: keys(count, &generator))
    var writer = TermDictionaryWriter()
    var (postings, positions) = (0, 0)
    for key in sample.keys {
      let isSingle = generator.chance(0.5)
      let frequency = isSingle ? 1 : UInt32.random(in: 2...1_000_000, using: &generator)
      let length = isSingle ? 0 : Int.random(in: 1...5000, using: &generator)
      let total = UInt64(frequency) + UInt64.random(in: 0...1_000_000, using: &generator)
      let places = generator.chance(0.5) ? Int.random(in: 0...5000, using: &generator) : nil
      let single =
        isSingle
        ? TermInfo.SinglePosting(document: .random(in: 0...9999, using: &generator), frequency: UInt32(total)) : nil
      writer.append(
        key, documentFrequency: frequency, totalFrequency: total, postingsLength: length, positionsLength: places,
        singlePosting: single)
      sample.infos.append(
        TermInfo(
          ordinal: sample.infos.count, documentFrequency: frequency, totalFrequency: total, isPositional: places != nil,
          postings: postings..<(postings + length), positions: positions..<(positions + (places ?? 0)),
          singlePosting: single))
      postings += length
      positions += places ?? 0
    }
    sample.bytes = try writer.finish()
    return sample
  }

  @Test(arguments: Seeds.first(12))
  func presentKeysAreFoundAndAbsentOnesAreNot(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = try sample(generator.pick([0, 1, 15, 16, 17, 33, 600]), &generator)
    let dictionary = try TermDictionary(SectionBytes(.terms, sample.bytes))
    #expect(dictionary.count == sample.keys.count)
    for (key, info) in zip(sample.keys, sample.infos) {
      #expect(try dictionary.find(key[...]) == info, "seed \(seed), \(key)")
      let neighbours = [key + [0], Array(key.dropLast()), key + [0xFF, 0xFF], key.dropLast() + [0x63]]
      for neighbour in neighbours where !sample.keys.contains(neighbour) {
        #expect(try dictionary.find(neighbour[...]) == nil, "seed \(seed), \(neighbour)")
      }
    }
  }

  @Test(arguments: Seeds.first(12))
  func prefixesGiveTheRangeOfASortedArray(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = try sample(generator.pick([0, 1, 16, 100, 500]), &generator)
    let dictionary = try TermDictionary(SectionBytes(.terms, sample.bytes))
    var prefixes: [[UInt8]] = [
      [], [0], [0xFF], [0xFF, 0xFF, 0xFF], Array("shared-p".utf8), Array("shared-prefixa".utf8),
    ]
    for _ in 0..<40 where !sample.keys.isEmpty {
      let key = generator.pick(sample.keys)
      prefixes.append(Array(key.prefix(Int.random(in: 0...key.count, using: &generator))))
    }
    for prefix in prefixes {
      var found: [[UInt8]] = []
      var infos: [TermInfo] = []
      try dictionary.forEach(prefix: prefix[...]) { key, info throws(IndexError) in
        found.append(key)
        infos.append(info)
        return true
      }
      let expected = sample.keys.indices.filter { sample.keys[$0].starts(with: prefix) }
      #expect(found == expected.map { sample.keys[$0] }, "seed \(seed), prefix \(prefix)")
      #expect(infos == expected.map { sample.infos[$0] }, "seed \(seed), prefix \(prefix)")
    }
  }

  @Test func aWalkEndsWhereItIsToldTo() throws {
    var generator = SeededGenerator(seed: 1)
    let sample = try sample(100, &generator)
    let dictionary = try TermDictionary(SectionBytes(.terms, sample.bytes))
    var count = 0
    try dictionary.forEach(prefix: []) { _, _ throws(IndexError) in
      count += 1
      return count < 20
    }
    #expect(count == 20)
  }

  @Test func shortBytesAreRefused() throws {
    var generator = SeededGenerator(seed: 1)
    let sample = try sample(60, &generator)
    for count in 0..<sample.bytes.count {
      let section = SectionBytes(.terms, sample.bytes.prefix(count))
      #expect(throws: IndexError.self, "\(count) bytes") {
        try TermDictionary(section).forEach(prefix: []) { _, _ throws(IndexError) in true }
      }
    }
  }

  @Test(arguments: Seeds.first(5))
  func damagedDictionariesAreReadOrRefused(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = try sample(100, &generator)
    for _ in 0..<300 {
      var damaged = sample.bytes
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = generator.pick([0, 0x7F, 0x80, 0xFF, 1])
      }
      guard let dictionary = try? TermDictionary(SectionBytes(.terms, damaged)) else { continue }
      try? dictionary.forEach(prefix: []) { _, _ throws(IndexError) in true }
      _ = try? dictionary.find(generator.pick(sample.keys)[...])
    }
  }
}
