import TextAnalysis

/// Where the words of a quoted text stand that a document does not have as it stands.
struct PhraseGap {
  private let document: DocumentTexts
  private let nearest: NearestForms

  init(_ document: DocumentTexts) {
    self.document = document
    nearest = NearestForms(document)
  }

  /// A unit of the quoted text in a text.
  private struct Place {
    var position: Int
    var range: Range<Int>
  }

  /// - Parameters:
  ///   - text: the quoted text.
  ///   - units: the keys of its units, as the index cuts them.
  ///   - unknown: those of them that no document has.
  func causes(_ text: String, _ units: [[UInt8]], unknown: Set<[UInt8]>) -> [MissCause] {
    let quoted = "\"\(text)\""
    var best: (span: Int, text: DocumentTexts.Text, places: [Place])?
    var presence = [MissCause.Evidence?](repeating: nil, count: units.count)
    for text in document.texts {
      let places = units.map { PhraseGap.places(of: $0, in: text) }
      for (unit, places) in places.enumerated() where presence[unit] == nil {
        presence[unit] = places.first.map { text.evidence($0.range) }
      }
      guard places.allSatisfy({ !$0.isEmpty }) else { continue }
      for start in places[0] {
        let chosen = places.enumerated().map { offset, places in
          let wanted = start.position + offset
          return places.min { abs($0.position - wanted) < abs($1.position - wanted) } ?? start
        }
        let positions = chosen.map(\.position)
        let span = (positions.max() ?? 0) - (positions.min() ?? 0)
        if best.map({ span < $0.span }) ?? true { best = (span, text, chosen) }
      }
    }
    if let best {
      let positions = best.places.map(\.position)
      let isOrdered = zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }
      let first = best.places.map(\.range.lowerBound).min() ?? 0
      let last = best.places.map(\.range.upperBound).max() ?? 0
      return [MissCause(isOrdered ? .wordsApart : .otherOrder, quoted, [best.text.evidence(first..<last)])]
    }
    let missing = units.indices.filter { presence[$0] == nil }
    if missing.isEmpty { return [MissCause(.otherPassages, quoted, presence.compactMap { $0 })] }
    func absence(_ word: String, isKnown: Bool) -> MissCause {
      MissCause(isKnown ? .notInDocument : .notInIndex, "\"\(word)\"")
    }
    // Of a run of characters the whole says more than the single ones that are missing.
    if missing.count == units.count || missing.contains(where: { units[$0].first == TokenKind.character.rawValue }) {
      return [absence(text, isKnown: unknown.isEmpty)] + nearest.causes(text)
    }
    return missing.flatMap { index -> [MissCause] in
      let word = TermLabel.text(of: units[index])
      return [absence(word, isKnown: !unknown.contains(units[index]))] + nearest.causes(word)
    }
  }

  private static func places(of unit: [UInt8], in text: DocumentTexts.Text) -> [Place] {
    text.tokens.tokens.filter {
      $0.positionLength == 1 && $0.roles.contains(.positional) && text.tokens.key(of: $0).elementsEqual(unit)
    }.map { Place(position: Int($0.position), range: $0.sourceRange) }
  }
}
