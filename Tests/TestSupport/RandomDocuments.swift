package import SearchModel

/// Random documents in both languages, with every kind of field, heading and title.
package struct RandomDocuments {
  private static let words = [
    "sleep", "memory", "memories", "run", "running", "Anxiety", "the", "of", "GABA", "don't", "café", "B12", "α1", "C#",
    "e-mail", "COVID-19", "3.14", "😀", "5-HT", "焦虑", "焦虑症", "抑郁", "的", "睡眠", "记忆", "神经元", "氯胺酮", "海马",
    "internationalization", "international", "internal", "intern",
  ]
  private static let dates = [
    Timestamp(text: "1965-12-15", secondsSince1970: -127_699_200),
    Timestamp(text: "1985-12-18T00:00:00Z", secondsSince1970: 503_712_000),
  ]
  private static let languages: [Language] = [.undetermined, .chinese, .english, .japanese, .korean]

  private var generator: SeededGenerator
  private var next = 0

  package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Documents with unique ids.
  ///
  /// - Parameters:
  ///   - passages: how many passages a document has.
  ///   - words: how many words a passage has.
  ///   - vocabulary: how many made-up words there are beside the common ones; lower numbers come more often.
  package mutating func documents(
    count: Int, passages: ClosedRange<Int> = 0...4, words: ClosedRange<Int> = 0...30, vocabulary: Int = 200
  ) -> [Document] {
    (0..<count).map { _ in document(passages: passages, words: words, vocabulary: vocabulary) }
  }

  /// A text of so many words.
  package mutating func text(words: Int, vocabulary: Int) -> String {
    var text = ""
    for _ in 0..<words {
      text += word(vocabulary: vocabulary) + generator.pick([" ", " ", " ", ", ", "。", "-", ""])
    }
    return text
  }

  private mutating func word(vocabulary: Int) -> String {
    if vocabulary == 0 || generator.chance(0.5) { return generator.pick(RandomDocuments.words) }
    // The product of two even numbers favours small ones, as texts favour few words.
    let rank = Double.random(in: 0..<1, using: &generator) * Double.random(in: 0..<1, using: &generator)
    return "w\(Int(rank * Double(vocabulary)))"
  }

  private mutating func document(passages: ClosedRange<Int>, words: ClosedRange<Int>, vocabulary: Int) -> Document {
    next += 1
    var offset = 0
    var found: [Passage] = []
    for line in 0..<Int.random(in: passages, using: &generator) {
      let text = text(words: .random(in: words, using: &generator), vocabulary: vocabulary)
      found.append(
        Passage(
          text: text, range: offset..<(offset + text.utf8.count), line: line + 1,
          headings: generator.pick([[], ["总论"], ["总论", "Part \(line)"], ["Introduction"]]),
          language: generator.pick(RandomDocuments.languages)))
      offset += text.utf8.count + 1
    }
    return Document(
      id: "id-\(next)", path: "folder/file \(next % 7).md",
      title: generator.pick(["", "Title \(next)", "标题 \(next)"]), titleIsSeparate: generator.chance(0.5),
      fields: (0..<Int.random(in: 0...3, using: &generator)).map { _ in field() }, passages: found)
  }

  private mutating func field() -> Field {
    switch Int.random(in: 0..<7, using: &generator) {
    case 0: Field(name: "tag", value: .keyword(generator.pick(["brain", "睡眠", ""])))
    case 1: Field(name: "tags", value: .list([.keyword("brain"), .keyword(generator.pick(["a", "b"])), .number(1)]))
    case 2: Field(name: "summary", value: .text(text(words: 5, vocabulary: 10)))
    case 3: Field(name: "year", value: .number(Double(Int.random(in: -3...2030, using: &generator))))
    case 4: Field(name: "ratio", value: .number(.random(in: -1e9...1e9, using: &generator)))
    case 5:
      Field(
        name: "date",
        value: .date(generator.pick(RandomDocuments.dates)))
    default: Field(name: "draft", value: .boolean(generator.chance(0.5)))
    }
  }
}
