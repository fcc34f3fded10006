/// Why judgements or a run cannot be used. Lines count from 1.
package enum EvaluationError: Error, Equatable, Sendable {
  /// The line is not valid UTF-8.
  case invalidUTF8(file: String, line: Int)
  /// The file looks like gzip and cannot be decompressed.
  case gzip(file: String, GzipError)
  /// A line of judgements has not the form that the first line announced.
  case malformedJudgement(file: String, line: Int, form: Judgements.Form)
  /// A grade is not an integer.
  case malformedGrade(file: String, line: Int, text: String)
  /// A document is judged twice for a topic, with two grades.
  case conflictingGrades(file: String, line: Int, topic: String, document: String)
  /// The file holds no judgement.
  case noJudgements(file: String)
  /// A line of a run has not six words.
  case malformedResult(file: String, line: Int, words: Int)
  /// A score is not a finite number.
  case malformedScore(file: String, line: Int, text: String)
  /// A document stands twice among the results of a topic.
  case repeatedDocument(file: String, line: Int, topic: String, document: String)
  /// The run holds no result.
  case noResults(file: String)
}

extension EvaluationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidUTF8(let file, let line): "\(file):\(line): expected UTF-8"
    case .gzip(let file, let error): "\(file): \(error)"
    case .malformedJudgement(let file, let line, let form):
      switch form {
      case .trec: "\(file):\(line): expected four words: topic, 0, document, grade"
      case .tabbed: "\(file):\(line): expected three columns with tabs between them: topic, document, grade"
      }
    case .malformedGrade(let file, let line, let text): "\(file):\(line): expected an integer as grade, found `\(text)`"
    case .conflictingGrades(let file, let line, let topic, let document):
      "\(file):\(line): the document `\(document)` has another grade for topic `\(topic)` further up; keep one of them"
    case .noJudgements(let file): "\(file): expected judgements, one a line, found none"
    case .malformedResult(let file, let line, let words):
      "\(file):\(line): expected six words (topic, Q0, document, rank, score, tag), found \(words)"
    case .malformedScore(let file, let line, let text):
      "\(file):\(line): expected a finite number as score, found `\(text)`"
    case .repeatedDocument(let file, let line, let topic, let document):
      "\(file):\(line): the document `\(document)` stands twice among the results of topic `\(topic)`; keep one of them"
    case .noResults(let file): "\(file): expected results, one a line, found none"
    }
  }
}
