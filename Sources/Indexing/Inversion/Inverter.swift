import ByteStorage
import IndexFormat
import SearchModel
import TextAnalysis

/// Turns documents into a run of sorted postings; serves one thread at a time.
///
/// Tokens are logged as they come, one row each, and brought into the order of terms by counting: the rows of a term stay
/// in the order of passages and positions.
final class Inverter: @unchecked Sendable {
  private let analyzer: Analyzer
  private var buffer = TokenBuffer()
  private var table = TermTable()
  private var log: [Row] = []
  private var fieldKey: [UInt8] = []

  private struct Row {
    var term: UInt32
    var passage: UInt32
    var position: UInt32
  }

  /// Units between a title and the text after it, and between the values of a field: no phrase reaches across.
  static let gap: UInt32 = 100

  init(_ description: AnalyzerDescription) throws(AnalyzerError) { analyzer = try Analyzer(description) }

  /// Rows of the log at which a run is ended, so that a document of any size takes little memory.
  private static let mostRows = 4 << 20

  /// Analyzes and inverts the passages of `documents`, numbered from 0.
  func invert(_ documents: [Document]) -> InvertedBatch {
    var batch = InvertedBatch()
    var firstPassage = 0
    func endRun() {
      batch.runs.append(makeRun(firstPassage: firstPassage))
      firstPassage = batch.lengths.count
      table.removeAll()
      log.removeAll(keepingCapacity: true)
    }
    for document in documents {
      for (index, passage) in document.passages.enumerated() {
        let number = UInt32(batch.lengths.count - firstPassage)
        var base: UInt32 = 0
        var length: UInt32 = 0
        if index == 0 && document.titleIsSeparate && !document.title.isEmpty {
          length += add(document.title, to: number, at: base)
          base += buffer.unitCount + Inverter.gap
        }
        length += add(passage.text, to: number, at: base)
        addFields(of: document, language: passage.language, to: number)
        batch.lengths.append(length)
        if log.count >= Inverter.mostRows { endRun() }
      }
    }
    if batch.lengths.count > firstPassage { endRun() }
    return batch
  }

  /// Logs the tokens of a text and returns how many of them are scored.
  private func add(_ text: String, to passage: UInt32, at base: UInt32) -> UInt32 {
    analyze(text)
    var scored: UInt32 = 0
    buffer.keys.withUnsafeBufferPointer { keys in
      for token in buffer.tokens {
        let start = Int(token.keyStart)
        let key = UnsafeBufferPointer(rebasing: keys[start..<start + Int(token.keyLength)])
        if token.roles.contains(.scored) { scored += 1 }
        let term = table.number(of: key, isPositional: token.roles.contains(.positional))
        log.append(Row(term: term, passage: passage, position: base + token.position))
      }
    }
    return scored
  }

  private func addFields(of document: Document, language: Language, to passage: UInt32) {
    let afterLanguage = addField(FieldKey.language, [language.rawValue], to: passage, at: 0)
    let title = document.title.isEmpty ? [] : [document.title]
    let afterTitle = addField(FieldKey.title, title, to: passage, at: 0)
    guard !document.fields.isEmpty else { return }
    // Names may repeat, also those two: the values of one name follow each other, so that positions ascend.
    var ends = [FieldKey.language: afterLanguage, FieldKey.title: afterTitle]
    for field in document.fields {
      // What is one name in the keys is one here.
      let name =
        field.name.utf8.contains(0)
        ? field.name.split(separator: "\0", omittingEmptySubsequences: false)
          .joined(separator: " ") : field.name
      ends[name] = addField(name, field.value.searchTexts, to: passage, at: ends[name, default: 0])
    }
  }

  /// Logs the tokens of a field's values under the field's own keys. They are found, but never scored.
  ///
  /// - Returns: where further values of the field would begin.
  private func addField(_ name: String, _ values: [String], to passage: UInt32, at start: UInt32) -> UInt32 {
    var base = start
    for value in values {
      analyze(value)
      for token in buffer.tokens where token.kind.isFieldEvidence {
        FieldKey.encode(name: name, key: buffer.key(of: token), into: &fieldKey)
        let term = fieldKey.withUnsafeBufferPointer {
          table.number(of: $0, isPositional: token.roles.contains(.positional))
        }
        log.append(Row(term: term, passage: passage, position: base + token.position))
      }
      base += buffer.unitCount + Inverter.gap
    }
    return base
  }

  private func analyze(_ text: String) {
    var text = text
    text.withUTF8 { analyzer.analyze($0, into: &buffer) }
  }

  private func makeRun(firstPassage: Int) -> Run {
    var ends = [Int](repeating: 0, count: table.count + 1)
    for row in log { ends[Int(row.term) + 1] += 1 }
    for term in 0..<table.count { ends[term + 1] += ends[term] }
    let starts = ends
    let sorted = [Row](unsafeUninitializedCapacity: log.count) { rows, count in
      for row in log {
        rows[ends[Int(row.term)]] = row
        ends[Int(row.term)] += 1
      }
      count = log.count
    }
    var encoder = RunEncoder()
    sorted.withUnsafeBufferPointer { rows in
      for term in table.sorted() {
        encoder.append(
          key: table.key(term), isPositional: table.isPositional[Int(term)],
          rows: starts[Int(term)]..<starts[Int(term) + 1],
          passage: { rows[$0].passage }, position: { rows[$0].position })
      }
    }
    return encoder.finish(firstPassage: firstPassage)
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
