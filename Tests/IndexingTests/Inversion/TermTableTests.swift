import TestSupport
import Testing

@testable import Indexing

struct TermTableTests {
  @Test(arguments: Seeds.first(3))
  func equalKeysHaveEqualNumbers(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var table = TermTable()
    // Twice, because a table is used again for the next batch; the second time it grows.
    for count in [100, 40_000] {
      table.removeAll()
      var numbers: [[UInt8]: UInt32] = [:]
      for _ in 0..<count {
        let letter = UInt8.random(in: 0...255, using: &generator)
        let key =
          [UInt8](repeating: letter, count: Int.random(in: 0...12, using: &generator))
          + Array("\(Int.random(in: 0...count, using: &generator))".utf8)
        let isKnown = numbers[key] != nil
        let number = key.withUnsafeBufferPointer { table.number(of: $0, isPositional: letter > 127) }
        #expect(number == numbers[key, default: UInt32(numbers.count)], "seed \(seed)")
        numbers[key] = number
        if !isKnown { #expect(table.isPositional[Int(number)] == (letter > 127)) }
      }
      #expect(table.count == numbers.count)
      let sorted = table.sorted().map { Array(table.key($0)) }
      #expect(sorted == numbers.keys.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    }
  }

  @Test func keysThatArePrefixesOfOthersSortBeforeThem() {
    var table = TermTable()
    let keys: [[UInt8]] = [
      [], [0], [0, 0], [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1], [1, 2, 3, 4, 5, 6, 7],
      [1, 2, 3, 4, 5, 6, 7, 0], [1, 2, 3, 4, 5, 6, 7, 0, 5], [1, 2, 3, 4, 5, 6, 7, 1], [255],
    ]
    for key in keys.reversed() { _ = key.withUnsafeBufferPointer { table.number(of: $0, isPositional: true) } }
    #expect(table.sorted().map { Array(table.key($0)) } == keys)
  }
}
