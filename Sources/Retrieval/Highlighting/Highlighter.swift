import TextAnalysis

/// Finds in the text of a hit what the query met: the text is cut as it was for the index, and the source ranges of the
/// tokens that the query names are joined.
final class Highlighter {
  private let analyzer: Analyzer
  private let evidence: HighlightEvidence
  private var buffer = TokenBuffer()

  init(_ plan: QueryPlan, _ analyzer: Analyzer) {
    self.analyzer = analyzer
    evidence = HighlightEvidence(plan)
  }

  /// UTF-8 byte ranges of what matched, ascending, none touching another.
  func highlights(in text: String) -> [Range<Int>] {
    analyzer.analyze(text, into: &buffer)
    let units = unitRanges()
    var ranges: [Range<Int>] = []
    var characters: [Range<Int>] = []
    var keys = Array(repeating: [[UInt8]](), count: units.count)
    for token in buffer.tokens {
      let key = Array(buffer.key(of: token))
      if token.positionLength == 1 && token.roles.contains(.positional) { keys[Int(token.position)].append(key) }
      let range = Int(token.sourceStart)..<Int(token.sourceEnd)
      if evidence.terms.contains(key) {
        if isUnbroken(token, units) { ranges.append(range) }
      } else if evidence.characters.contains(key) {
        characters.append(range)
      }
    }
    for phrase in evidence.phrases { ranges += Highlighter.occurrences(of: phrase, in: keys, units) }
    for prefix in evidence.prefixes { ranges += Highlighter.beginnings(with: prefix, in: keys, units) }
    // Single characters of a longer run are shown only where nothing better explains the hit.
    return Highlighter.joined(ranges.isEmpty ? characters : ranges)
  }

  /// The source range of each unit.
  private func unitRanges() -> [Range<Int>] {
    var ranges = Array(repeating: 0..<0, count: Int(buffer.unitCount))
    for token in buffer.tokens where token.positionLength == 1 && token.roles.contains(.positional) {
      ranges[Int(token.position)] = Int(token.sourceStart)..<Int(token.sourceEnd)
    }
    return ranges
  }

  /// False for a bigram whose characters have something between them: it is a step of a phrase, not a word.
  private func isUnbroken(_ token: Token, _ units: [Range<Int>]) -> Bool {
    guard token.kind == .gram, token.roles.contains(.positional), token.positionLength == 2 else { return true }
    return units[Int(token.position)].upperBound >= units[Int(token.position) + 1].lowerBound
  }

  private static func occurrences(
    of phrase: [[UInt8]], in keys: [[[UInt8]]], _ units: [Range<Int>]
  ) -> [Range<Int>] {
    guard !phrase.isEmpty, phrase.count <= keys.count else { return [] }
    return (0...(keys.count - phrase.count)).compactMap { start in
      for (offset, key) in phrase.enumerated() where !keys[start + offset].contains(key) { return nil }
      return units[start].lowerBound..<units[start + phrase.count - 1].upperBound
    }
  }

  private static func beginnings(
    with prefix: [[UInt8]], in keys: [[[UInt8]]], _ units: [Range<Int>]
  ) -> [Range<Int>] {
    guard let last = prefix.last, prefix.count <= keys.count else { return [] }
    return (0...(keys.count - prefix.count)).compactMap { start in
      for (offset, key) in prefix.dropLast().enumerated() where !keys[start + offset].contains(key) { return nil }
      guard keys[start + prefix.count - 1].contains(where: { $0.starts(with: last) }) else { return nil }
      return units[start].lowerBound..<units[start + prefix.count - 1].upperBound
    }
  }

  /// Joins ranges that overlap or touch.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else if !range.isEmpty {
        joined.append(range)
      }
    }
    return joined
  }
}

/// What a plan looks for in the texts of passages.
struct HighlightEvidence {
  /// Terms that are marked wherever they stand.
  private(set) var terms: Set<[UInt8]> = []
  /// Single characters of longer runs.
  private(set) var characters: Set<[UInt8]> = []
  /// Keys of the units of each phrase.
  private(set) var phrases: [[[UInt8]]] = []
  /// Keys of the units of each prefix; the last one is only begun.
  private(set) var prefixes: [[[UInt8]]] = []

  init(_ plan: QueryPlan) { add(plan) }

  private mutating func add(_ plan: QueryPlan) {
    switch plan {
    case .nothing: break
    case .bag(let bag):
      terms.formUnion(bag.drivers.map(\.key).filter { !HighlightEvidence.isField($0) })
      characters.formUnion(bag.boosters.map(\.key))
    case .phrase(let phrase):
      if !phrase.units.contains(where: HighlightEvidence.isField) { phrases.append(phrase.units) }
    case .prefix(let prefix):
      if !HighlightEvidence.isField(prefix.key) { prefixes.append(prefix.units) }
    case .unscored(let inner): add(inner)
    case .boolean(let required, let optional, _):
      for inner in required + optional { add(inner) }
    }
  }

  /// Fields are not in the text.
  private static func isField(_ key: [UInt8]) -> Bool { key.first == FieldKey.firstByte }
}
