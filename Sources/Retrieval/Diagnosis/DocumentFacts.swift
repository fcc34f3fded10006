import IndexFormat
import SearchModel
import TextAnalysis

/// What the index holds of a document.
struct DocumentFacts {
  let found: DocumentFinder.Found
  let passages: [MatchDiagnosis.PassageFacts]
  let texts: DocumentTexts
  private let fields: [Field]

  init(_ found: DocumentFinder.Found, _ reader: IndexReader, _ analyzer: Analyzer) throws(RetrievalError) {
    self.found = found
    let segment = reader.segments[found.segment]
    var texts: DocumentTexts
    do { texts = try DocumentTexts(analyzer) } catch { throw .analyzer(error) }
    var passages: [MatchDiagnosis.PassageFacts] = []
    do throws(IndexError) {
      fields = try segment.fields.fields(of: found.number, segment.fields.makeReaders())
      let stored = segment.texts?.makeReader()
      for passage in found.passages {
        let place = try segment.passages.place(of: passage)
        let number = passage - found.passages.lowerBound
        passages.append(
          MatchDiagnosis.PassageFacts(
            number: number, line: place.line, language: place.language,
            length: Int(segment.lengths[UInt32(passage)])))
        guard let stored else { continue }
        texts.add(String(decoding: try stored.record(passage), as: UTF8.self), passage: number)
      }
      if stored != nil && !found.record.title.isEmpty { texts.add(found.record.title, passage: nil) }
    } catch { throw .index(error) }
    self.texts = texts
    self.passages = passages
  }

  /// Why a field does not hold what is asked for.
  func causes(_ name: String, _ value: FieldCondition) -> [MissCause] {
    switch name {
    case FieldKey.language:
      let languages = passages.map { MissCause.Evidence($0.language.rawValue, passage: $0.number) }
      return [MissCause(.languageDiffers, QueryNode.field(name: name, value: value).text, languages)]
    case FieldKey.title where !found.record.title.isEmpty:
      return [MissCause(.fieldDiffers, name, [MissCause.Evidence(found.record.title)])]
    default:
      let values = fields.filter { $0.name == name }.flatMap { DocumentFacts.texts(of: $0.value) }
      if values.isEmpty {
        return [MissCause(.fieldAbsent, name, fields.map { MissCause.Evidence($0.name) })]
      }
      return [MissCause(.fieldDiffers, name, values.map { MissCause.Evidence($0) })]
    }
  }

  /// The fields of the document, and its path, where they hold a text that its passages lack.
  func elsewhere(_ text: String) -> [MissCause] {
    var causes: [MissCause] = []
    var evidence: [MissCause.Evidence] = []
    for field in fields {
      for value in DocumentFacts.texts(of: field.value) where holds(value, text) {
        evidence.append(MissCause.Evidence("\(field.name):\(value)"))
      }
    }
    if !evidence.isEmpty { causes.append(MissCause(.inField, "\"\(text)\"", evidence)) }
    if holds(found.record.path, text) {
      causes.append(MissCause(.inPath, "\"\(text)\"", [MissCause.Evidence(found.record.path)]))
    }
    return causes
  }

  /// True where a text has the units of another one, or for a single word one of its forms.
  private func holds(_ text: String, _ wanted: String) -> Bool {
    let units = texts.units(of: wanted)
    let present = texts.units(of: text)
    guard !units.isEmpty, !units.contains([]) else { return false }
    if present.indices.contains(where: { present[$0...].starts(with: units) }) { return true }
    let stems = texts.stems(of: wanted)
    return units.count == 1 && !stems.isEmpty && !Set(stems).isDisjoint(with: texts.stems(of: text))
  }

  private static func texts(of value: FieldValue) -> [String] {
    switch value {
    case .keyword(let text), .text(let text): [text]
    case .number(let number): [Int64(exactly: number).map { "\($0)" } ?? "\(number)"]
    case .date(let date): [date.text]
    case .boolean(let truth): ["\(truth)"]
    case .list(let values): values.flatMap { texts(of: $0) }
    }
  }
}
