import ByteStorage
import IndexFormat
import SearchModel
import TextAnalysis

/// Turns documents into runs of sorted postings; serves one thread at a time.
final class Inverter: @unchecked Sendable {
  private let analyzer: Analyzer
  private let headingWeight: Int
  private var log = TermLog()
  /// The evidence of languages that passages had so far, and where further values of that field would begin.
  private var languages: [Language: (evidence: [Evidence], end: UInt32)] = [:]

  /// A token of a field's value.
  private struct Evidence {
    var key: [UInt8]
    var isPositional: Bool
    var position: UInt32
  }

  /// Units between a title and the text after it, and between the values of a field: no phrase reaches across.
  static let gap: UInt32 = 100

  /// - Parameter headingWeight: how often the words of title and headings count in every passage below them.
  init(_ description: AnalyzerDescription, headingWeight: Int = 0) throws(AnalyzerError) {
    analyzer = try Analyzer(description)
    self.headingWeight = headingWeight
  }

  /// Rows of the log at which a run is ended, so that a document of any size takes little memory.
  private static let mostRows = 4 << 20

  /// Analyzes and inverts the passages of `documents`, numbered from 0.
  func invert(_ documents: [Document]) -> InvertedBatch {
    var batch = InvertedBatch()
    var firstPassage = 0
    for document in documents {
      for (index, passage) in document.passages.enumerated() {
        var base: UInt32 = 0
        var length: UInt32 = 0
        if index == 0 && document.titleIsSeparate && !document.title.isEmpty {
          let unitCount = add(document.title, at: base, scored: &length)
          base += unitCount + Inverter.gap
        }
        _ = add(passage.text, at: base, scored: &length)
        if headingWeight > 0 { addHeadings(above: passage, index, of: document, scored: &length) }
        addFields(of: document, language: passage.language)
        log.endPassage()
        batch.lengths.append(length)
        if log.count >= Inverter.mostRows {
          batch.runs.append(log.endRun(firstPassage: firstPassage))
          firstPassage = batch.lengths.count
        }
      }
    }
    if batch.lengths.count > firstPassage { batch.runs.append(log.endRun(firstPassage: firstPassage)) }
    return batch
  }

  /// Logs the tokens of a text, adds those that are scored to `scored`, and returns how many units the text has.
  private func add(_ text: String, at base: UInt32, scored: inout UInt32) -> UInt32 {
    var text = text
    return text.withUTF8 {
      let tokens = analyzer.tokens(of: $0)
      scored += log.append(tokens, at: base)
      return tokens.unitCount
    }
  }

  /// Logs the words of title and headings as often as they count, apart from the text, and adds those that are scored to
  /// `scored`.
  ///
  /// - Parameter index: the passage's place in the document; the first one has a title that stands apart among its words
  ///   already.
  private func addHeadings(above passage: Passage, _ index: Int, of document: Document, scored: inout UInt32) {
    let title = document.titleIsSeparate ? document.title : ""
    var base = HeadingPositions.first
    if !title.isEmpty { addHeading(title, times: index == 0 ? headingWeight - 1 : headingWeight, &base, &scored) }
    for heading in passage.headings where heading != title {
      addHeading(heading, times: headingWeight, &base, &scored)
    }
  }

  /// Logs a heading's words so many times from `base` on, and moves it behind them. What is declared there is declared where
  /// the heading stands.
  private func addHeading(_ heading: String, times: Int, _ base: inout UInt32, _ scored: inout UInt32) {
    var heading = heading
    heading.withUTF8 {
      let text = analyzer.tokens(of: $0)
      for _ in 0..<times {
        for token in text.tokens where token.kind.isScored {
          if token.roles.contains(.scored) { scored += 1 }
          log.append(
            text.key(of: token), isPositional: token.roles.contains(.positional), at: base &+ token.position)
        }
        base = base &+ text.unitCount &+ Inverter.gap
      }
    }
  }

  private func addFields(of document: Document, language: Language) {
    let afterLanguage = addLanguage(language)
    let afterTitle = document.title.isEmpty ? 0 : addField(FieldKey.title, document.title, at: 0)
    guard !document.fields.isEmpty else { return }
    // Names may repeat, also those two: the values of one name follow each other, so that positions ascend.
    var ends = [FieldKey.language: afterLanguage, FieldKey.title: afterTitle]
    for field in document.fields {
      // What is one name in the keys is one here.
      let name =
        field.name.utf8.contains(0)
        ? field.name.split(separator: "\0", omittingEmptySubsequences: false)
          .joined(separator: " ") : field.name
      for value in field.value.searchTexts { ends[name] = addField(name, value, at: ends[name, default: 0]) }
    }
  }

  /// Logs the tokens of a language, which is analyzed only once.
  ///
  /// - Returns: where a further value of the field would begin.
  private func addLanguage(_ language: Language) -> UInt32 {
    if languages[language] == nil {
      var evidence: [Evidence] = []
      let end = forEachEvidence(FieldKey.language, language.rawValue, at: 0) { evidence.append($0) }
      languages[language] = (evidence, end)
    }
    let known = languages[language]!
    for token in known.evidence { add(token) }
    return known.end
  }

  /// Logs the tokens of a field's value under the field's own keys. They are found, but never scored.
  ///
  /// - Returns: where a further value of the field would begin.
  private func addField(_ name: String, _ value: String, at base: UInt32) -> UInt32 {
    forEachEvidence(name, value, at: base, add)
  }

  private func add(_ evidence: Evidence) {
    evidence.key.withUnsafeBufferPointer {
      log.append($0, isPositional: evidence.isPositional, at: evidence.position)
    }
  }

  /// Calls `body` with the tokens of a field's value under the field's own keys.
  ///
  /// - Returns: where a further value of the field would begin.
  private func forEachEvidence(
    _ name: String, _ value: String, at base: UInt32, _ body: (Evidence) -> Void
  ) -> UInt32 {
    var value = value
    return value.withUTF8 {
      let text = analyzer.tokens(of: $0)
      for token in text.tokens where token.kind.isFieldEvidence {
        var evidence = Evidence(
          key: [], isPositional: token.roles.contains(.positional), position: base + token.position)
        FieldKey.encode(name: name, key: text.key(of: token), into: &evidence.key)
        body(evidence)
      }
      return base + text.unitCount + Inverter.gap
    }
  }
}

/// What inversion makes of a batch.
struct InvertedBatch: Sendable {
  /// Scored tokens of each passage.
  var lengths: [UInt32] = []
  /// The postings of consecutive passages, whose first ones count from the batch's first.
  var runs: [Run] = []
}

extension FieldValue {
  /// The texts under which the value is found.
  var searchTexts: [String] {
    switch self {
    case .keyword(let text), .text(let text): [text]
    case .number(let number): [number.searchText]
    case .date(let date): [date.text]
    case .boolean(let truth): [truth ? "true" : "false"]
    case .list(let values): values.flatMap(\.searchTexts)
    }
  }
}

extension Double {
  /// The number as a person writes it: whole numbers without a fraction.
  fileprivate var searchText: String {
    magnitude < 0x1p53 && rounded(.towardZero) == self ? String(Int(self)) : String(self)
  }
}
