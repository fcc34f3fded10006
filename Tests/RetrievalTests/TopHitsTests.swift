import TestSupport
import Testing

@testable import Retrieval

/// The hits that are kept are the first ones of all that were offered, sorted.
@Suite struct TopHitsTests {
  @Test(arguments: 0..<30)
  func keepsTheBest(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let limit = [0, 1, 2, 10, 100, 1000, .max][Int(seed) % 7]
    var passages = Array(0..<Int.random(in: 0...4000, using: &generator))
    if seed % 2 == 0 { passages.shuffle(using: &generator) }
    var hits = TopHits(limit: limit)
    var offered: [ScoredPassage] = []
    for passage in passages {
      // Few distinct scores, so that ties are common.
      let hit = ScoredPassage(passage: passage, score: Float(Int.random(in: 0...50, using: &generator)))
      if limit > 0 && offered.count >= limit && offered.count % 97 == 0 {
        let last = offered.sorted { $0.precedes($1) }[limit - 1]
        #expect(hits.threshold <= last.score, "seed \(seed)")
      }
      offered.append(hit)
      hits.offer(hit)
    }
    #expect(hits.ranked() == Array(offered.sorted { $0.precedes($1) }.prefix(limit)), "seed \(seed)")
  }
}
