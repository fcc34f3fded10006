import IndexFormat
import SearchModel
import TestSupport
import Testing

@testable import Retrieval

/// Passages that hold all of several terms: sets of passages, brought together, are what stepping through postings finds.
@Suite struct ConjunctionTests {
  /// Texts in which some words lie everywhere, some in few stretches, and some stand more often than a byte can tell.
  private func index(_ generator: inout SeededGenerator, count: Int) throws -> BuiltIndex {
    let texts = (0..<count).map { number in
      var words = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        generator.chance(0.6)
          ? "w\(Int.random(in: 0...5, using: &generator))"
          : generator.chance(0.5) ? "r\(number / 90)" : "s\(number / 400 % 12)"
      }
      words += Array(repeating: "every", count: number % 10)
      if generator.chance(0.02) {
        let word = generator.pick(words)
        words += Array(repeating: word, count: Int.random(in: 250...260, using: &generator))
      }
      return words.joined(separator: " ")
    }
    return try BuiltIndex(texts, analyzer: .whitespace)
  }

  @Test(arguments: 0..<6)
  func conjunctionsEqualSteppingThroughPostings(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 900 + seed)
    let comparison = try StepwiseComparison(index(&generator, count: 7000).reader)
    for number in 0..<120 {
      let place = Int.random(in: 0..<7000, using: &generator)
      let words = (0..<Int.random(in: 2...4, using: &generator)).map { _ in
        generator.pick(["w0", "w1", "every", "w\(number % 6)", "r\(place / 90)", "s\(place / 400 % 12)"])
      }
      let query: QueryNode =
        number % 2 == 0
        ? .group(words.map { QueryClause(.required, .word($0)) }) : .phrase(words.joined(separator: " "))
      for limit in [0, 1, 10, 1000] {
        try comparison.expectTheSame(query, limit: limit, "seed \(seed), query \(number)")
      }
    }
  }

  @Test(arguments: ["w1", "r3", "s4", "r0", "every"])
  func masksAndPositionsAreThoseOfThePostings(word: String) throws {
    var generator = SeededGenerator(seed: 950)
    let built = try index(&generator, count: 4000)
    let reader = built.reader
    let segment = reader.segments[0]
    let norms = SegmentNorms(segment, NormTable(BM25(), averageLength: reader.averageLength))
    let known = try KnownTerm(Array("e\(word)".utf8), reader.segments)
    let list = try #require(known.lists[0])
    let bounds = try RangeBounds(list, segment, norms)
    let (masks, added) = try bounds.masks(list, segment)
    #expect(added > 0)
    #expect(try bounds.masks(list, segment).added == 0)
    #expect((masks.occupancy != nil) == (bounds.occupied != nil))
    // Those of frequent words are kept when they are asked for again.
    let first = try bounds.positions(list, segment).0
    #expect((first == nil) == (list.term.totalFrequency > 1 << 14), "\(list.term.totalFrequency) occurrences")
    let positions = try #require(try bounds.positions(list, segment).0)
    let cursor = segment.cursor(over: list)
    let occurrences = try segment.positions(beside: cursor)
    var posting = 0
    for block in 0..<list.blockCount {
      try cursor.load(block)
      for index in 0..<cursor.count {
        let passage = Int(cursor.documents[index])
        let place = masks.place(ofRange: passage / 128)
        let entry = bounds.entries[place]
        #expect(Int(entry.firstPosting) + masks.masks[place].rank(passage % 128) == posting)
        #expect(Int(entry.count) == masks.masks[place].count)
        #expect(masks.frequencies[posting] == UInt8(clamping: try cursor.frequencies()[index]))
        #expect(positions.positions(of: posting).map(UInt32.init) == Array(try occurrences.positions(ofPosting: index)))
        posting += 1
      }
    }
  }

  @Test func eighthsAreKept() {
    for live in UInt32(0)...255 {
      var mask = PassageMask()
      for offset in stride(from: 0, to: 128, by: 5) { mask.insert(offset) }
      mask.keep(eighths: live)
      var kept: [Int] = []
      mask.forEach { kept.append($0) }
      #expect(kept == stride(from: 0, to: 128, by: 5).filter { live >> UInt32($0 / 16) & 1 == 1 })
    }
  }
}
