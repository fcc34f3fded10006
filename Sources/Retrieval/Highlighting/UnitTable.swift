import TextAnalysis

/// The units of a text with the keys that stand for each and where they are in the source.
struct UnitTable {
  private struct Reading {
    var key: [UInt8]
    var range: Range<Int>
  }

  /// By position. A unit may have two readings: `c` alone and as a part of `c#`, which reaches further.
  private var readings: [[Reading]]

  init(_ buffer: TokenBuffer) {
    readings = Array(repeating: [], count: Int(buffer.unitCount))
    for token in buffer.tokens where token.positionLength == 1 && token.roles.contains(.positional) {
      readings[Int(token.position)].append(Reading(key: Array(buffer.key(of: token)), range: token.sourceRange))
    }
  }

  /// False for a bigram whose characters have something between them: it is a step of a phrase, not a word.
  func isUnbroken(_ token: Token) -> Bool {
    guard token.kind == .gram, token.roles.contains(.positional), token.positionLength == 2,
      let first = readings[Int(token.position)].first, let second = readings[Int(token.position) + 1].first
    else { return true }
    return first.range.upperBound >= second.range.lowerBound
  }

  /// The source ranges of a run of units.
  ///
  /// - Parameter lastIsPrefix: true where the last unit only has to begin with its key.
  func occurrences(of wanted: [[UInt8]], lastIsPrefix: Bool) -> [Range<Int>] {
    guard !wanted.isEmpty, wanted.count <= readings.count else { return [] }
    return (0...(readings.count - wanted.count)).compactMap { start in
      var range: Range<Int>?
      for (offset, key) in wanted.enumerated() {
        let isLast = offset == wanted.count - 1
        let met = readings[start + offset].first {
          lastIsPrefix && isLast ? $0.key.starts(with: key) : $0.key == key
        }
        guard let met else { return nil }
        range = (range?.lowerBound ?? met.range.lowerBound)..<max(range?.upperBound ?? 0, met.range.upperBound)
      }
      return range
    }
  }
}

extension Token {
  /// The token's bytes in the original text.
  var sourceRange: Range<Int> { Int(sourceStart)..<Int(sourceEnd) }
}
