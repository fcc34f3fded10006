import TextAnalysis

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
