import IndexFormat
import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// Every run of units can be found by quoting it, is marked exactly, and nothing else is found.
@Suite struct QuotingTests {
  /// Text of all the scripts that a note may hold, with marks, emoji and punctuation between.
  private func text(_ generator: inout SeededGenerator) -> String {
    let pieces = [
      "氯胺酮", "抑郁症", "焦慮", "乾坤", "𠮷野家", "𪚥", "GABA", "ＧＡＢＡ", "能系统", "5-羟色胺", "γ-氨基丁酸", "α1受体", "C#", "C++",
      "DSM-5", "COVID-19疫苗", "24国际单位", "don't", "naïve", "café", "ﬁve", "Ｂ１２", "3.14", "1,000", "カタカナ", "ｶﾞｷﾞ",
      "ひらがな", "한국어", "👩‍🔬", "😀", "🇨🇳", "½", "①", "e\u{301}", "й", "Ünï", "\u{AD}", "ไทย", "　", " ", " ", "，", "。", "、",
      "\n",
      "（", "）", "-", "—", "·", "*", "a", "1", "的",
    ]
    return (0..<Int.random(in: 1...25, using: &generator)).map { _ in generator.pick(pieces) }.joined()
  }

  /// What stands for a unit, with its source range: the plain unit first, then the compound that it belongs to.
  private typealias Unit = [(key: [UInt8], range: Range<Int>)]

  private func units(_ text: String, _ analyzer: Analyzer) -> [Unit] {
    var buffer = TokenBuffer()
    analyzer.analyze(text, into: &buffer)
    var units = [Unit](repeating: [], count: Int(buffer.unitCount))
    for token in buffer.tokens where token.roles.contains(.positional) && token.positionLength == 1 {
      units[Int(token.position)].append(
        (key: Array(buffer.key(of: token)), range: Int(token.sourceStart)..<Int(token.sourceEnd)))
    }
    return units
  }

  @Test(arguments: 0..<12)
  func quotedRunsAreFoundAndMarked(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<60).map { _ in text(&generator) }
    let index = try BuiltIndex(texts)
    let searcher = try Searcher(index.reader)
    let analyzer = try Analyzer(.bilingual)
    let cut = texts.map { units($0, analyzer) }
    for _ in 0..<40 {
      let number = Int.random(in: texts.indices, using: &generator)
      guard !cut[number].isEmpty else { continue }
      let first = Int.random(in: cut[number].indices, using: &generator)
      let last = min(first + Int.random(in: 0...6, using: &generator), cut[number].count - 1)
      let bytes = Array(texts[number].utf8)[
        cut[number][first][0].range.lowerBound..<cut[number][last][0].range.upperBound]
      let quoted = String(decoding: bytes, as: UTF8.self)
      // Where a unit is a part of a symbol such as `c#`, the symbol is what is quoted.
      let wanted = units(quoted, analyzer).map { $0[$0.count - 1].key }
      let context = "seed \(seed), quoted \(quoted.debugDescription) from \(texts[number].debugDescription)"

      let expected = cut.indices.filter { !occurrences(of: wanted, in: cut[$0]).isEmpty }
      #expect(expected.contains(number), "\(context)")
      let ranking = try searcher.search(.phrase(quoted), limit: 1000)
      #expect(ranking.hits.map(\.passage).sorted() == expected, "\(context)")

      let reader = searcher.makeHitReader(ranking)
      for hit in ranking.hits {
        let shown = try reader.hit(hit, rank: 1)
        let marks = joined(occurrences(of: wanted, in: cut[hit.passage]))
        #expect(shown.text == texts[hit.passage])
        #expect(shown.highlights == marks, "\(context), in \(texts[hit.passage].debugDescription)")
      }
    }
  }

  /// The source ranges at which the wanted keys stand one after the other.
  private func occurrences(of wanted: [[UInt8]], in units: [Unit]) -> [Range<Int>] {
    guard wanted.count <= units.count else { return [] }
    return (0...(units.count - wanted.count)).compactMap { start in
      var ends = 0
      for (offset, key) in wanted.enumerated() {
        guard let met = units[start + offset].first(where: { $0.key == key }) else { return nil }
        ends = max(ends, met.range.upperBound)
      }
      return units[start][0].range.lowerBound..<ends
    }
  }

  private func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var bytes = Set<Int>()
    for range in ranges { bytes.formUnion(range) }
    var joined: [Range<Int>] = []
    for byte in bytes.sorted() {
      if joined.last?.upperBound == byte {
        joined[joined.count - 1] = joined[joined.count - 1].lowerBound..<(byte + 1)
      } else {
        joined.append(byte..<(byte + 1))
      }
    }
    return joined
  }
}
