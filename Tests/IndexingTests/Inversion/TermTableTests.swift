import TestSupport
import Testing
import TextAnalysis

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
        if !isKnown { #expect(table.isPositional(number) == (letter > 127)) }
      }
      #expect(table.count == numbers.count)
      let sorted = table.sorted().map { Array(table.key($0.term)) }
      #expect(sorted == numbers.keys.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    }
  }

  /// Keys of every length around those at which the way of hashing changes, many of them alike but for one byte.
  @Test(arguments: Seeds.first(3))
  func tokensSideBySideHaveTheNumbersOfTheirKeys(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var side = TermTable()
    var single = TermTable()
    for _ in 0..<50 {
      var bytes: [UInt8] = []
      var tokens: [Token] = []
      for _ in 0..<Int.random(in: 0...100, using: &generator) {
        var key = [UInt8](repeating: 0x61, count: Int.random(in: 1...40, using: &generator))
        if generator.chance(0.01) { key += [UInt8](repeating: 0x62, count: 250) }
        if generator.chance(0.5) {
          key[Int.random(in: key.indices, using: &generator)] = generator.pick([0, 0x7A, 0xFF])
        }
        tokens.append(
          Token(
            keyStart: UInt32(bytes.count), keyLength: UInt32(key.count), position: 0, positionLength: 1, sourceStart: 0,
            sourceEnd: 0, kind: .exact, roles: key.count % 2 == 0 ? .positional : .scored))
        bytes += key
      }
      let slack = (0..<TokenView.slack).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var numbers = [UInt32](repeating: 0, count: tokens.count)
      numbers.withUnsafeMutableBufferPointer { numbers in
        (bytes + slack).withUnsafeBufferPointer { keys in
          tokens.withUnsafeBufferPointer {
            guard let output = numbers.baseAddress else { return }
            side.number($0, keys: keys.baseAddress!, into: output)
          }
        }
      }
      for (token, number) in zip(tokens, numbers) {
        let key = bytes[Int(token.keyStart)..<Int(token.keyStart + token.keyLength)]
        let expected = Array(key).withUnsafeBufferPointer {
          single.number(of: $0, isPositional: token.roles.contains(.positional))
        }
        #expect(number == expected, "seed \(seed), \(key)")
        #expect(side.isPositional(number) == single.isPositional(expected))
        #expect(side.key(number).elementsEqual(key))
      }
    }
  }

  @Test func keysThatArePrefixesOfOthersSortBeforeThem() {
    var table = TermTable()
    let keys: [[UInt8]] = [
      [], [0], [0, 0], [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1], [1, 2, 3, 4, 5, 6, 7],
      [1, 2, 3, 4, 5, 6, 7, 0], [1, 2, 3, 4, 5, 6, 7, 0, 5], [1, 2, 3, 4, 5, 6, 7, 1], [255],
    ]
    for key in keys.reversed() { _ = key.withUnsafeBufferPointer { table.number(of: $0, isPositional: true) } }
    #expect(table.sorted().map { Array(table.key($0.term)) } == keys)
  }
}
