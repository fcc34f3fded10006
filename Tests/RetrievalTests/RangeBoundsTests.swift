import IndexFormat
import TestSupport
import Testing

@testable import Retrieval

/// Bounds of ranges bound what they are bounds of, closely.
@Suite struct RangeBoundsTests {
  @Test(arguments: 0..<4)
  func boundsHoldAndAreReached(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<3000).map { number in
      // Rare words lie together, so that some terms occur in few ranges.
      (0..<Int.random(in: 1...20, using: &generator)).map { _ in
        generator.chance(0.7) ? "w\(Int.random(in: 0...3, using: &generator))" : "r\(number / 100)"
      }.joined(separator: " ")
    }
    let reader = try BuiltIndex(texts, analyzer: .whitespace).reader
    let segment = reader.segments[0]
    let similarity = BM25(k1: Float.random(in: 0...2, using: &generator), b: Float.random(in: 0...1, using: &generator))
    let norms = SegmentNorms(segment, NormTable(similarity, averageLength: reader.averageLength))
    for word in (0...3).map({ "w\($0)" }) + (0..<10).map({ "r\($0)" }) {
      let known = try KnownTerm(Array("e\(word)".utf8), reader.segments)
      let list = try #require(known.lists[0])
      let bounds = try RangeBounds(list, segment, norms)
      let memory = ScratchMemory()
      let blocks = segment.blocks(of: list, room: memory.allocate(UInt32.self, PostingsBlocks.room))
      let term = RangeTerm(blocks, bounds, weight: 1, isDriver: true)
      #expect(term.isSparse == (word.first == "r"), "\(word)")
      var expected: [Int: [(place: Int, score: Float)]] = [:]
      let cursor = segment.cursor(over: list)
      let scorer = PostingsScorer(norms)
      var scores: [Float] = []
      for block in 0..<list.blockCount {
        try cursor.load(block)
        for index in 0..<cursor.count {
          let score = scorer.score(cursor.documents[index], frequency: try cursor.frequencies()[index], weight: 1)
          expected[Int(cursor.documents[index]) / 128, default: []].append((Int(cursor.documents[index]) % 128, score))
          scores.append(score)
        }
      }
      var next = 0
      for range in 0..<bounds.rangeCount {
        let here = expected[range] ?? []
        let greatest = here.map(\.score).max() ?? 0
        let bound = Float(term.code(range)) / RangeBounds.unit
        #expect(bound >= greatest && bound <= greatest + 2 / RangeBounds.unit, "\(word), range \(range)")
        for eighth in 0..<8 {
          let part = Float(term.entry(range).eighths >> UInt64(8 * eighth) & 255) / 255 * bound
          let reached = here.filter { $0.place / 16 == eighth }.map(\.score).max()
          #expect((part > 0) == (reached != nil), "\(word), range \(range)")
          #expect(part * (1 + 1e-6) >= reached ?? 0 && part <= (reached ?? 0) + 0.01, "\(word), range \(range)")
        }
        if !here.isEmpty {
          #expect(term.entry(range).postings == next..<(next + here.count), "\(word), range \(range)")
        }
        next += here.count
      }
      scores.sort(by: >)
      for count in [1, 7, 10, 100, 1000, 5000] {
        let floor = bounds.floor(of: count)
        #expect(floor == 0 || scores.count >= count && scores[count - 1] >= floor, "\(word), \(count) hits")
      }
    }
  }

  @Test func masksAreSetsOfPassages() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<200 {
      let base = 128 * UInt32.random(in: 0...1000, using: &generator)
      let places = (0..<128).filter { _ in generator.chance(0.2) }
      let documents = places.map { base + UInt32($0) }
      var mask = PassageMask()
      mask.insert(documents, 0..<documents.count, base)
      var found: [Int] = []
      mask.forEach { found.append($0) }
      #expect(found == places)
      #expect(mask.count == places.count && mask.isEmpty == places.isEmpty)
      for (rank, place) in places.enumerated() { #expect(mask.rank(place) == rank) }
      var other = PassageMask()
      let half = documents.prefix(documents.count / 2)
      other.insert(Array(half), 0..<half.count, base)
      mask.formIntersection(other)
      #expect(mask.count == half.count)
    }
  }

  @Test func scratchMemoryHandsOutPiecesApart() {
    let memory = ScratchMemory()
    for round in 0..<3 {
      var pieces: [UnsafeMutablePointer<UInt32>] = []
      for size in [1, 1000, 20, 70_000, 3] {
        let piece = memory.allocate(UInt32.self, size)
        #expect(Int(bitPattern: piece) % 64 == 0)
        piece.initialize(repeating: UInt32(size + round), count: size)
        pieces.append(piece)
      }
      for (piece, size) in zip(pieces, [1, 1000, 20, 70_000, 3]) {
        #expect((0..<size).allSatisfy { piece[$0] == UInt32(size + round) })
      }
      memory.reset()
    }
  }
}
