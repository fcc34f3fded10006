import TextAnalysis

/// What a document has in the place of a word that it lacks.
struct NearestForms {
  private let document: DocumentTexts

  /// How many forms of a kind are named.
  private static let mostForms = 3

  init(_ document: DocumentTexts) { self.document = document }

  /// The causes that are found for a word or a run of characters, the most telling first.
  func causes(_ word: String) -> [MissCause] {
    let quoted = "\"\(word)\""
    let units = document.units(of: word).filter { !$0.isEmpty }
    guard !units.isEmpty else { return [] }
    let writings = evidence { UnitTable($0.folded).occurrences(of: units, lastIsPrefix: false) }
    if !writings.isEmpty { return [MissCause(.otherWriting, quoted, writings)] }
    let stems = Set(document.stems(of: word))
    let forms = evidence { text in
      text.folded.tokens.filter { $0.kind == .stem && stems.contains(Array(text.folded.key(of: $0))) }
        .map(\.sourceRange)
    }
    if !forms.isEmpty { return [MissCause(.otherForm, quoted, forms)] }
    if units.contains(where: { $0.first == TokenKind.character.rawValue }) { return apart(units, quoted) }
    return similar(word, quoted)
  }

  /// Characters that are there one by one.
  private func apart(_ units: [[UInt8]], _ quoted: String) -> [MissCause] {
    guard units.count > 1 else { return [] }
    var evidence: [MissCause.Evidence] = []
    for unit in units {
      for text in document.texts {
        guard let range = UnitTable(text.folded).occurrences(of: [unit], lastIsPrefix: false).first else { continue }
        evidence.append(text.evidence(range))
        break
      }
    }
    return evidence.isEmpty ? [] : [MissCause(.charactersApart, quoted, evidence)]
  }

  /// Words with nearly the same letters, or with the same beginning.
  private func similar(_ word: String, _ quoted: String) -> [MissCause] {
    let wanted = word.lowercased()
    let limit = wanted.count < 4 ? 0 : wanted.count < 8 ? 1 : 2
    var found: [(distance: Int, evidence: MissCause.Evidence)] = []
    for text in document.texts {
      for token in text.folded.tokens where token.kind == .exact {
        let evidence = text.evidence(token.sourceRange)
        let other = evidence.text.lowercased()
        guard !found.contains(where: { $0.evidence.text.lowercased() == other }) else { continue }
        let distance = EditDistance.between(wanted, other, atMost: limit)
        if distance <= limit {
          found.append((distance, evidence))
        } else if NearestForms.sharesBeginning(wanted, other) {
          found.append((limit + 1, evidence))
        }
      }
    }
    let nearest = found.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
    guard !nearest.isEmpty else { return [] }
    return [MissCause(.similarSpelling, quoted, nearest.prefix(NearestForms.mostForms).map(\.element.evidence))]
  }

  /// True for words such as `anxiety` and `anxious`, which no stemmer joins.
  private static func sharesBeginning(_ first: String, _ second: String) -> Bool {
    let shared = zip(first, second).prefix { $0 == $1 }.count
    return shared >= 4 && 2 * shared >= max(first.count, second.count)
  }

  /// The first pieces of text that a search of each text gives, each writing once.
  private func evidence(_ ranges: (DocumentTexts.Text) -> [Range<Int>]) -> [MissCause.Evidence] {
    var evidence: [MissCause.Evidence] = []
    for text in document.texts {
      for range in ranges(text) {
        let found = text.evidence(range)
        guard !evidence.contains(where: { $0.text == found.text }) else { continue }
        evidence.append(found)
        if evidence.count == NearestForms.mostForms { return evidence }
      }
    }
    return evidence
  }
}
