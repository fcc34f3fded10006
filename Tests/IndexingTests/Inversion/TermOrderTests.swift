import TestSupport
import Testing

@testable import Indexing

struct TermOrderTests {
  @Test(arguments: Seeds.first(5), [0, 1, 2, 1000])
  func keysAreSortedByTheirBytes(seed: UInt64, count: Int) {
    var generator = SeededGenerator(seed: seed)
    let keys = Set(
      (0..<count).map { _ in
        (0..<Int.random(in: 0...12, using: &generator)).map { _ in generator.pick([0, 0x61, 0x62, 0xFF] as [UInt8]) }
      }
    ).shuffled(using: &generator)
    var order = keys.enumerated().map { term, key in
      TermOrder(
        prefix: key.withUnsafeBufferPointer { TermOrder.prefix(of: $0) }, term: UInt32(term), length: UInt16(key.count),
        isPositional: true)
    }
    TermOrder.sort(&order) { left, right in
      keys[Int(left)].withUnsafeBufferPointer { left in
        keys[Int(right)].withUnsafeBufferPointer { TermOrder.precedes(left, $0) }
      }
    }
    #expect(order.map { keys[Int($0.term)] } == keys.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
  }
}
