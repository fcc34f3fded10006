import IndexFormat
import TextAnalysis

/// The forms in which an index writes words: stems have no positions, the units that they were made of do.
///
/// The forms are looked up in the dictionary once for a word and are remembered. It serves one thread.
final class WordForms {
  private let reader: IndexReader
  private let analyzer: Analyzer
  private var buffer = TokenBuffer()
  private var known: [[UInt8]: [[PostingsList]]] = [:]

  /// A full memory begins anew.
  private static let mostWords = 4096
  /// Of a shorter word only the form that is the stem itself is looked up: too much begins like it.
  private static let shortestRoot = 3

  init(_ reader: IndexReader, _ analyzer: Analyzer) {
    self.reader = reader
    self.analyzer = analyzer
  }

  /// The postings of all units whose stem is `stem`, segment by segment.
  func lists(of stem: [UInt8]) throws(IndexError) -> [[PostingsList]] {
    if let lists = known[stem] { return lists }
    var lists: [[PostingsList]] = []
    for segment in reader.segments { lists.append(try self.lists(of: stem, in: segment)) }
    if known.count >= WordForms.mostWords { known.removeAll() }
    known[stem] = lists
    return lists
  }

  private func lists(of stem: [UInt8], in segment: Segment) throws(IndexError) -> [PostingsList] {
    let word = stem.dropFirst()
    let root = WordForms.root(of: word)
    let prefix = [TokenKind.exact.rawValue] + root
    var found: [PostingsList] = []
    guard root.count >= WordForms.shortestRoot else {
      let key = [TokenKind.exact.rawValue] + word
      if let info = try segment.terms.find(key[...]), info.isPositional { found.append(try segment.list(of: info)) }
      return found
    }
    try segment.terms.forEach(prefix: prefix[...]) { key, info throws(IndexError) in
      if info.isPositional && hasStem(stem, key) { found.append(try segment.list(of: info)) }
      return true
    }
    return found
  }

  /// True where a unit is a word of this stem.
  private func hasStem(_ stem: [UInt8], _ key: [UInt8]) -> Bool {
    analyzer.analyze(String(decoding: key.dropFirst(), as: UTF8.self), into: &buffer)
    return buffer.unitCount == 1
      && buffer.tokens.contains { $0.kind == .stem && buffer.key(of: $0).elementsEqual(stem) }
  }

  /// What all forms of a word begin with. A stem ends otherwise than its forms where it stands for -y or for -bility.
  private static func root(of stem: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let last = stem.last else { return stem }
    return [UInt8(ascii: "i"), UInt8(ascii: "y"), UInt8(ascii: "l")].contains(last) ? stem.dropLast() : stem
  }
}
