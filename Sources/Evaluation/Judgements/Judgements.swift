/// Which documents are relevant to which topics, and how much (qrels).
package struct Judgements: Sendable {
  /// How a line is written.
  package enum Form: Sendable {
    /// Four words: topic, a word without a meaning, document, grade.
    case trec
    /// Three columns between tabs: topic, document, grade; the first line may name them.
    case tabbed
  }

  /// The topics that have a judgement, in the order of the file.
  package private(set) var topics: [Identifier] = []
  private var grades: [Identifier: [Identifier: Int]] = [:]

  /// Reads judgements in either form; the first line tells which. The file may be compressed by gzip.
  ///
  /// - Parameter file: the name for messages.
  package init(_ bytes: [UInt8], file: String) throws(EvaluationError) {
    var form: Form?
    try RecordLines(bytes, file: file).forEach { line throws(EvaluationError) in
      let isFirst = form == nil
      let lineForm = form ?? (line.columns.count == 3 ? .tabbed : .trec)
      form = lineForm
      if isFirst && lineForm == .tabbed && Judgements.isTitle(line.columns) { return }
      try add(line, lineForm, file)
    }
    guard !topics.isEmpty else { throw .noJudgements(file: file) }
  }

  /// The grades of the judged documents of a topic; without a judgement empty.
  package func grades(of topic: Identifier) -> [Identifier: Int] { grades[topic] ?? [:] }

  /// Whether any document is judged for a topic.
  package func contains(_ topic: Identifier) -> Bool { grades[topic] != nil }

  /// The names of columns as the BEIR collections have them, and others that end likewise.
  private static func isTitle(_ columns: [Substring]) -> Bool { columns[0] == "query-id" || columns[2] == "score" }

  private mutating func add(_ line: RecordLines.Line, _ form: Form, _ file: String) throws(EvaluationError) {
    let topic: Substring
    let document: Substring
    let text: Substring
    switch form {
    case .trec:
      let words = line.words
      guard words.count == 4 else { throw .malformedJudgement(file: file, line: line.number, form: form) }
      (topic, document, text) = (words[0], words[2], words[3])
    case .tabbed:
      let columns = line.columns
      guard columns.count == 3, !columns[0].isEmpty, !columns[1].isEmpty else {
        throw .malformedJudgement(file: file, line: line.number, form: form)
      }
      (topic, document, text) = (columns[0], columns[1], columns[2])
    }
    guard let grade = Int(text) else { throw .malformedGrade(file: file, line: line.number, text: String(text)) }
    let identifier = Identifier(String(topic))
    if grades[identifier] == nil { topics.append(identifier) }
    let known = grades[identifier, default: [:]].updateValue(grade, forKey: Identifier(String(document)))
    guard known == nil || known == grade else {
      throw .conflictingGrades(file: file, line: line.number, topic: String(topic), document: String(document))
    }
  }
}
