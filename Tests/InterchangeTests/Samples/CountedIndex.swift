import SearchModel
import TextAnalysis

/// What an export has to hold, counted token by token.
struct CountedIndex {
  /// For each scored term its frequencies by passage.
  private var terms: [[UInt8]: [Int: Int]] = [:]
  private var names: [String] = []
  private let kinds: [TokenKind]

  /// - Parameter kinds: the kinds that count, by rising name.
  init(_ documents: [Document], _ description: AnalyzerDescription, kinds: [TokenKind]) throws {
    self.kinds = kinds
    let analyzer = try Analyzer(description)
    var buffer = TokenBuffer()
    let isNumbered = documents.contains { $0.passages.count > 1 }
    for document in documents {
      for (index, passage) in document.passages.enumerated() {
        var texts = [passage.text]
        if index == 0 && document.titleIsSeparate { texts.append(document.title) }
        for text in texts {
          analyzer.analyze(text, into: &buffer)
          for token in buffer.tokens where token.roles.contains(.scored) && kinds.contains(token.kind) {
            terms[Array(buffer.key(of: token)), default: [:]][names.count, default: 0] += 1
          }
        }
        names.append(isNumbered ? "\(document.id)#\(index)" : document.id)
      }
    }
  }

  func file(description: String) -> SlowFile {
    var file = SlowFile()
    var lengths = [Int](repeating: 0, count: names.count)
    for (key, frequencies) in terms {
      var list = SlowFile.List()
      let text = String(decoding: key.dropFirst(), as: UTF8.self)
      list.term = kinds.count > 1 ? "\(TokenKind(rawValue: key[0])!.name):\(text)" : text
      var previous = 0
      for (passage, frequency) in frequencies.sorted(by: { $0.key < $1.key }) {
        list.postings.append(SlowFile.Posting(gap: passage - previous, tf: frequency))
        list.cf += frequency
        lengths[passage] += frequency
        previous = passage
      }
      list.df = list.postings.count
      file.lists.append(list)
    }
    file.lists.sort { $0.term.utf8.lexicographicallyPrecedes($1.term.utf8) }
    file.records = names.indices.map { SlowFile.Record(docid: $0, name: names[$0], length: lengths[$0]) }
    file.totalLists = file.lists.count
    file.totalDocuments = names.count
    file.totalTerms = lengths.reduce(0, +)
    file.averageLength = names.isEmpty ? 0 : Double(file.totalTerms) / Double(names.count)
    file.description = description
    return file
  }
}
