import TestSupport
import Testing

@testable import Indexing

/// Orders of documents whose terms are known, by the costs that a slow reckoning gives them.
struct GraphBisectionTests {
  /// Documents of a few subjects, each of which has words of its own beside the common ones.
  private static func clusters(
    _ count: Int, documents: Int, using generator: inout SeededGenerator
  ) -> (lists: [[UInt32]], termCount: Int) {
    let (common, own) = (40, 60)
    let lists = (0..<count * documents).map { number in
      var terms: Set<UInt32> = []
      for _ in 0..<20 { terms.insert(.random(in: 0..<UInt32(common), using: &generator)) }
      let first = UInt32(common + number / documents * own)
      for _ in 0..<30 { terms.insert(.random(in: first..<first + UInt32(own), using: &generator)) }
      return terms.sorted()
    }
    return (lists, common + count * own)
  }

  /// What the gaps of all postings take in bits, about.
  private static func cost(_ lists: [[UInt32]], _ order: [Int]) -> Double {
    var last: [UInt32: Int] = [:]
    var product = 1.0
    var bits = 0.0
    for (place, document) in order.enumerated() {
      for term in lists[document] {
        product *= Double(place - last[term, default: -1])
        last[term] = place
        if product > 1e200 {
          bits += Double(product.exponent)
          product = product.significand
        }
      }
    }
    return bits + Double(product.exponent)
  }

  private static func order(_ lists: [[UInt32]], _ termCount: Int, passages: [Int]? = nil) -> [Int] {
    GraphBisection.order(
      of: DocumentTerms(lists, termCount: termCount), passages: passages ?? lists.map { _ in 1 })
  }

  @Test(arguments: Seeds.first(20))
  func theOrderNamesEveryDocumentOnce(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...600, using: &generator)
    let termCount = Int.random(in: 1...200, using: &generator)
    let lists = (0..<count).map { _ in
      (0..<UInt32(termCount)).filter { _ in generator.chance(0.1) }
    }
    let longest = generator.pick([0, 1, 5, 500])
    let passages = lists.map { _ in Int.random(in: 0...longest, using: &generator) }
    let order = GraphBisectionTests.order(lists, termCount, passages: passages)
    #expect(order.sorted() == Array(0..<count), "seed \(seed)")
    #expect(GraphBisectionTests.order(lists, termCount, passages: passages) == order, "seed \(seed)")
  }

  @Test(arguments: Seeds.first(5), [1, 3])
  func documentsOfOneSubjectComeTogether(seed: UInt64, passages: Int) {
    var generator = SeededGenerator(seed: seed)
    let (sorted, termCount) = GraphBisectionTests.clusters(8, documents: 128, using: &generator)
    let shuffled = sorted.shuffled(using: &generator)
    let asTheyCame = Array(shuffled.indices)
    let counts = shuffled.map { _ in Int.random(in: 1...passages, using: &generator) }
    let order = GraphBisectionTests.order(shuffled, termCount, passages: counts)
    let before = GraphBisectionTests.cost(shuffled, asTheyCame)
    let after = GraphBisectionTests.cost(shuffled, order)
    let planted = GraphBisectionTests.cost(sorted, asTheyCame)
    #expect(
      after < before && after - planted < 0.2 * (before - planted), "seed \(seed): \(before), \(planted), \(after)")
  }

  @Test func documentsOfOneSubjectStayWhereTheyAre() {
    var generator = SeededGenerator(seed: 1)
    let (lists, termCount) = GraphBisectionTests.clusters(4, documents: 64, using: &generator)
    let order = GraphBisectionTests.order(lists, termCount)
    // Parts that end where a subject does exchange nothing with each other.
    for subject in 0..<4 {
      #expect(Set(order[subject * 64..<subject * 64 + 64]) == Set(subject * 64..<subject * 64 + 64))
    }
  }

  @Test func fewDocumentsStayAsTheyCame() {
    for count in 0...16 {
      let lists = (0..<count).map { [UInt32($0 % 2)] }
      #expect(GraphBisectionTests.order(lists, 2) == Array(0..<count))
    }
  }

  /// One document has as many passages as all shorter ones together, so that no cut by passages has many on both sides.
  @Test func documentsOfVeryDifferentLengthsAreOrdered() {
    var generator = SeededGenerator(seed: 1)
    let (lists, termCount) = GraphBisectionTests.clusters(2, documents: 15, using: &generator)
    let order = GraphBisectionTests.order(lists, termCount, passages: lists.indices.map { 1 << $0 })
    #expect(order.sorted() == Array(lists.indices))
    let giants = Array(repeating: lists[0], count: 5000)
    let passages = giants.indices.map { $0 % 1000 == 0 ? 1 << 30 : 0 }
    #expect(GraphBisectionTests.order(giants, termCount, passages: passages).sorted() == Array(giants.indices))
  }
}
