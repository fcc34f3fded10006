import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

/// Quoting finds every substring of units and nothing else.
@Suite struct AnalyzerExactnessTests {
  /// The tokens of `units[range]` when their part of the text is analyzed alone, moved to their place in the whole.
  private func expectEqualPart(
    _ whole: AnalyzedText, _ range: Range<Int>, _ analyzer: Analyzer, _ comment: Comment
  ) {
    let units = whole.units
    let source = units[range.lowerBound].source.lowerBound..<units[range.upperBound - 1].source.upperBound
    let part = AnalyzedText(Array(whole.text[source]), by: analyzer)
    func phraseTokens(_ text: AnalyzedText) -> [SpeltToken] {
      text.tokens.filter { $0.roles.contains(.positional) && $0.kind != .compound }
    }
    let expected = phraseTokens(whole).filter {
      $0.position >= range.lowerBound && $0.position + $0.length <= range.upperBound
    }
    let moved = phraseTokens(part).map { token in
      var token = token
      token.position += range.lowerBound
      token.source = (token.source.lowerBound + source.lowerBound)..<(token.source.upperBound + source.lowerBound)
      return token
    }
    #expect(moved == expected, comment)
  }

  /// Ranges of units whose edges do not divide a source segment that gave several units.
  private func randomRange(_ text: AnalyzedText, using generator: inout SeededGenerator) -> Range<Int>? {
    let units = text.units
    guard !units.isEmpty else { return nil }
    var start = Int.random(in: 0..<units.count, using: &generator)
    var end = min(units.count, start + Int.random(in: 1...12, using: &generator))
    while start > 0 && units[start - 1].source.upperBound > units[start].source.lowerBound { start -= 1 }
    while end < units.count && units[end].source.lowerBound < units[end - 1].source.upperBound { end += 1 }
    return start..<end
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `A substring of random text has the units that it has in the text`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let analyzer = try Analyzer(.bilingual)
    let random = RandomText(count: 60, using: &generator)
    let whole = AnalyzedText(random.text, by: analyzer)
    for _ in 0..<20 {
      guard let range = randomRange(whole, using: &generator) else { continue }
      expectEqualPart(whole, range, analyzer, "seed \(seed), units \(range)")
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `A substring of any code points has the units that it has in the text`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let analyzer = try Analyzer(.bilingual)
    var text: [UInt8] = []
    for _ in 0..<200 {
      let limit: UInt32 = Bool.random(using: &generator) ? 0x3000 : 0x20000
      guard let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) else { continue }
      text.append(contentsOf: UTF8.encode(scalar)!)
      if Int.random(in: 0..<4, using: &generator) == 0 { text.append(UInt8(ascii: "a")) }
    }
    let whole = AnalyzedText(text, by: analyzer)
    for _ in 0..<30 {
      guard let range = randomRange(whole, using: &generator) else { continue }
      expectEqualPart(whole, range, analyzer, "seed \(seed), units \(range)")
    }
  }

  @Test(.enabled(if: SharedData.path("seeds") != nil, "the sample documents are not beside the checkout"))
  func `A substring of a sample document has the units that it has there`() throws {
    var generator = SeededGenerator(seed: 7)
    let analyzer = try Analyzer(.bilingual)
    let folder = try #require(SharedData.path("seeds"))
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".txt") {
      let whole = AnalyzedText(try String(contentsOfFile: folder + "/" + name, encoding: .utf8), by: analyzer)
      for _ in 0..<50 {
        guard let range = randomRange(whole, using: &generator) else { continue }
        expectEqualPart(whole, range, analyzer, "generator seed 7, units \(range)")
      }
    }
  }

  /// Where a phrase of the query's tokens stands: unspaced neighbours by their grams, other units by themselves.
  private func phrasePlaces(_ query: AnalyzedText, in text: AnalyzedText) -> [Int] {
    let units = query.units
    var wanted: [(key: String, offset: Int)] = []
    for (offset, unit) in units.enumerated() {
      let isUnspaced = unit.kind == .character
      let continues = offset + 1 < units.count && units[offset + 1].kind == .character
      let continued = offset > 0 && units[offset - 1].kind == .character
      if isUnspaced && continues {
        let gram = query.tokens.first {
          $0.kind == .gram && $0.position == offset && $0.length == 2 && $0.roles.contains(.positional)
        }
        if let gram { wanted.append(("gram" + gram.text, offset)) }
      } else if !isUnspaced || !continued {
        wanted.append((unit.kind.name + unit.text, offset))
      }
    }
    var places: [String: Set<Int>] = [:]
    for token in text.tokens where token.roles.contains(.positional) {
      places[token.kind.name + token.text, default: []].insert(token.position)
    }
    return (0..<max(text.unitCount, 1)).filter { place in
      wanted.allSatisfy { places[$0.key, default: []].contains(place + $0.offset) }
    }
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `A phrase stands exactly where its units stand`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let analyzer = try Analyzer(.bilingual)
    // A small alphabet, so that there are many places and near misses.
    let alphabet = ["中", "文", "中文", "國", "国", "a", "b", "1", " ", "，", "-", "の", "中\n", "A", "𠮷"]
    func text(_ count: Int) -> String {
      (0..<count).map { _ in alphabet.randomElement(using: &generator)! }.joined()
    }
    let whole = AnalyzedText(text(120), by: analyzer)
    for _ in 0..<20 {
      let query = AnalyzedText(text(Int.random(in: 1...5, using: &generator)), by: analyzer)
      let pattern = query.units.map(\.text)
      guard !pattern.isEmpty else { continue }
      let units = whole.units.map(\.text)
      let expected = units.indices.filter {
        $0 + pattern.count <= units.count && Array(units[$0..<($0 + pattern.count)]) == pattern
      }
      #expect(phrasePlaces(query, in: whole) == expected, "seed \(seed), query \(pattern)")
    }
  }

  @Test(arguments: 1...150 as ClosedRange<UInt64>)
  func `Every token's range lies on characters, and its text folds to the key`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let random = RandomText(count: 50, using: &generator)
    for description in AnalyzerDescription.builtIn {
      let analyzer = try Analyzer(description)
      let whole = AnalyzedText(random.text, by: analyzer)
      var last = (0, 0, 0)
      for token in whole.tokens {
        #expect(token.source.upperBound <= random.text.count && !token.source.isEmpty, "seed \(seed): \(token)")
        for edge in [token.source.lowerBound, token.source.upperBound] where edge < random.text.count {
          #expect(random.text[edge] & 0xC0 != 0x80, "seed \(seed): \(token) divides a character")
        }
        #expect(token.length >= 1 && token.position + token.length <= whole.unitCount, "seed \(seed): \(token)")
        #expect(!token.text.isEmpty && token.text.utf8.count < TokenBuffer.longestKey)
        #expect(!token.roles.isEmpty)
        let order = (token.position, token.length, TokenKind.allCases.firstIndex(of: token.kind)!)
        #expect(order >= last, "seed \(seed): \(token) is out of order")
        last = order
        if token.kind == .exact || token.kind == .character {
          let slice = AnalyzedText(Array(random.text[token.source]), by: analyzer)
          #expect(
            slice.tokens.contains { $0.kind == token.kind && $0.text == token.text },
            "seed \(seed), \(description.name): \(token) from \(whole.slice(token).debugDescription)")
        }
      }
    }
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `What stands before and behind a blank does not change the tokens`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let left = RandomText(count: 20, using: &generator).text
    let right = RandomText(count: 20, using: &generator).text
    for description in AnalyzerDescription.builtIn {
      let analyzer = try Analyzer(description)
      let first = AnalyzedText(left, by: analyzer)
      let second = AnalyzedText(right, by: analyzer)
      let whole = AnalyzedText(left + [0x0A, 0x20] + right, by: analyzer)
      let moved = second.tokens.map { token in
        var token = token
        token.position += first.unitCount
        token.source =
          (token.source.lowerBound + left.count + 2)..<(token.source.upperBound + left.count + 2)
        return token
      }
      // The gram of the characters at the two edges is the only token that a neighbour adds.
      let across = whole.tokens.filter { $0.source.lowerBound < left.count && $0.source.upperBound > left.count + 2 }
      #expect(across.count <= 1 && across.allSatisfy { $0.kind == .gram })
      #expect(whole.tokens.filter { !across.contains($0) } == first.tokens + moved, "seed \(seed), \(description.name)")
    }
  }

  @Test func `An analyzer that has worked gives the tokens that a new one gives`() throws {
    var generator = SeededGenerator(seed: 11)
    for description in AnalyzerDescription.builtIn {
      let used = try Analyzer(description)
      for round in 0..<60 {
        let text = RandomText(count: 80, using: &generator).text
        let once = AnalyzedText(text, by: used)
        #expect(once.tokens == AnalyzedText(text, by: try Analyzer(description)).tokens, "round \(round)")
        #expect(once.tokens == AnalyzedText(text, by: used).tokens, "round \(round)")
      }
    }
  }
}
