import TextAnalysis

/// The positional terms that stand for the units of a quoted text.
///
/// Two unspaced characters side by side are one bigram, which is far rarer than either; the last bigram of an odd run
/// overlaps the one before. Everything else is covered unit by unit.
struct PhraseCover {
  private var single: [[UInt8]] = []
  private var pair: [Int: [UInt8]] = [:]

  /// Reads the cover off analyzed text.
  ///
  /// - Parameter field: the field whose terms are meant, or nil for the passage's own. Fields have no bigrams.
  init(_ view: TokenView, field: String?) {
    single = [[UInt8]](repeating: [], count: Int(view.unitCount))
    for token in view.tokens where token.roles.contains(.positional) {
      let position = Int(token.position)
      if token.positionLength == 2, token.kind == .gram {
        if field == nil { pair[position] = Array(view.key(of: token)) }
        continue
      }
      guard token.positionLength == 1 else { continue }
      // `c#` says more than `c`: where both stand for a unit, the compound is what was typed.
      if !single[position].isEmpty && token.kind != .compound { continue }
      if let field {
        guard token.kind.isFieldEvidence else { continue }
        FieldKey.encode(name: field, key: view.key(of: token), into: &single[position])
      } else {
        single[position] = Array(view.key(of: token))
      }
    }
  }

  /// The phrase, or nil where the text has no units.
  var plan: PhrasePlan? {
    guard !single.isEmpty, single.allSatisfy({ !$0.isEmpty }) else { return nil }
    return PhrasePlan(parts: cover(single.count), units: single)
  }

  /// The phrase whose last unit is only begun, or nil where the text has no units.
  var prefix: PrefixPlan? {
    guard !single.isEmpty, single.allSatisfy({ !$0.isEmpty }) else { return nil }
    return PrefixPlan(leading: cover(single.count - 1), units: single)
  }

  private func cover(_ count: Int) -> [PhrasePlan.Part] {
    var parts: [PhrasePlan.Part] = []
    var unit = 0
    while unit < count {
      if unit + 1 < count, let gram = pair[unit] {
        parts.append(PhrasePlan.Part(key: gram, offset: unit))
        unit += 2
      } else if unit > 0, let gram = pair[unit - 1] {
        parts.append(PhrasePlan.Part(key: gram, offset: unit - 1))
        unit += 1
      } else {
        parts.append(PhrasePlan.Part(key: single[unit], offset: unit))
        unit += 1
      }
    }
    return parts
  }
}
