import IndexFormat
import TestSupport
import Testing

@testable import Retrieval

/// What is kept of terms stays within its bounds, and what is asked for again stays longest.
@Suite struct ScoringCacheTests {
  private func key(_ word: String) -> [UInt8] { Array("e\(word)".utf8) }

  @Test func termsThatAreAskedForAgainStay() throws {
    let words = (0..<400).map { "w\($0)" }
    let reader = try BuiltIndex(words.map { "\($0) every" }, analyzer: .whitespace).reader
    let cache = ScoringCache(mostMemory: 100 * 512)
    let every = try cache.term(key("every"), reader.segments)
    #expect(every.documentFrequency == 400)
    let first = try cache.term(key("w0"), reader.segments)
    let generation = cache.generation
    for word in words {
      #expect(try cache.term(key(word), reader.segments).documentFrequency == 1)
      #expect(try cache.term(key("every"), reader.segments) === every)
    }
    #expect(cache.generation > generation + 4)
    // It has been forgotten and looked up anew, which changes nothing of it.
    let again = try cache.term(key("w0"), reader.segments)
    #expect(again !== first && again.documentFrequency == 1)
  }

  @Test func memoryOfATermCountsAllThatIsKnownOfIt() throws {
    let reader = try BuiltIndex((0..<600).map { "a b\($0 % 3) a" }, analyzer: .whitespace).reader
    let segment = reader.segments[0]
    let norms = SegmentNorms(segment, NormTable(BM25(), averageLength: reader.averageLength))
    let term = try KnownTerm(key("a"), reader.segments)
    let list = try #require(term.lists[0])
    var expected = term.memory
    let (bounds, added) = try term.bounds(0, list, segment, norms, BM25())
    expected += added
    #expect(term.memory == expected)
    expected += try bounds.masks(list, segment).added
    #expect(term.memory == expected)
    expected += try bounds.positions(list, segment).added
    #expect(term.memory == expected)
    #expect(try bounds.postings(list, segment, norms).added == 0)
    expected += try bounds.postings(list, segment, norms).added
    #expect(term.memory == expected)
  }
}
