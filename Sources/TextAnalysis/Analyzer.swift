/// Turns text into tokens. One instance serves one thread; making one is cheap, reusing one is cheaper.
package final class Analyzer {
  package let description: AnalyzerDescription

  private let table: CharacterTable
  private let breaker: WordBreaker
  private let stemmer: Stemmer?
  /// Behind a pointer, since the properties of a class would be checked for exclusive access with every text.
  private let memory: UnsafeMutablePointer<Memory>
  /// Whether a text of ASCII alone is cut at blanks and otherwise left as it is.
  private let splitsPlainly: Bool
  private let minesAbbreviations: Bool

  /// What a text is cut in, from text to text.
  private struct Memory: ~Copyable {
    var folded = FoldedText()
    var writer = TokenWriter()
    var terms = TermBuilder()

    mutating func tokens(of text: UnsafeBufferPointer<UInt8>, by analyzer: Analyzer) -> TokenView {
      if analyzer.splitsPlainly, let count = ASCIIWordTokenizer.tokenize(text, into: &writer) {
        return writer.view(unitCount: count)
      }
      writer.removeAll()
      folded.scan(text, with: analyzer.table)
      let unitCount: Int
      switch analyzer.description.tokenizer {
      case .bilingual:
        let tokenizer = BilingualTokenizer(
          units: folded.units.elements, signs: folded.signs.elements, bytes: folded.bytes.elements,
          breaker: analyzer.breaker, stemmer: analyzer.stemmer)
        tokenizer.tokenize(into: &writer, &terms)
        unitCount = folded.units.count
      case .words, .bigrams, .whitespace:
        let tokenizer = PlainTokenizer(
          units: folded.units.elements, bytes: folded.bytes.elements.baseAddress!, breaker: analyzer.breaker,
          stemmer: analyzer.stemmer, tokenizer: analyzer.description.tokenizer)
        unitCount = tokenizer.tokenize(into: &writer)
      }
      writer.finish()
      if analyzer.minesAbbreviations, folded.openings.count > 0 {
        let miner = AbbreviationMiner(text: text, units: folded.units.elements, bytes: folded.bytes.elements)
        let declarations = miner.declarations(at: folded.openings.elements)
        if !declarations.isEmpty {
          var buffer = TokenBuffer()
          buffer.take(writer.view(unitCount: unitCount))
          buffer.add(declarations)
          writer.take(buffer)
        }
      }
      return writer.view(unitCount: unitCount)
    }
  }

  /// - Throws: `AnalyzerError` where a library behind the analyzer cannot be opened.
  package init(_ description: AnalyzerDescription) throws(AnalyzerError) {
    self.description = description
    table = try CharacterTable(FoldingOptions(description))
    breaker = try WordBreaker()
    stemmer = description.filters.contains(.stemEnglish) ? try Stemmer() : nil
    splitsPlainly = description.tokenizer == .whitespace && description.filters.isEmpty
    minesAbbreviations = description.filters.contains(.abbreviations)
    memory = .allocate(capacity: 1)
    memory.initialize(to: Memory())
  }

  deinit {
    memory.deinitialize(count: 1)
    memory.deallocate()
  }

  /// The tokens of `text`, in memory of the analyzer; valid until it looks at the next text.
  ///
  /// - Parameter text: valid UTF-8 of less than 4 GiB. Offsets in the tokens count its bytes.
  package func tokens(of text: UnsafeBufferPointer<UInt8>) -> TokenView {
    precondition(text.count < UInt32.max)
    return memory.pointee.tokens(of: text, by: self)
  }

  /// Replaces the content of `buffer` with the tokens of `text`.
  ///
  /// - Parameter text: valid UTF-8 of less than 4 GiB. Offsets in the tokens count its bytes.
  package func analyze(_ text: UnsafeBufferPointer<UInt8>, into buffer: inout TokenBuffer) {
    buffer.take(tokens(of: text))
  }
}

extension Analyzer {
  /// The tokens of `text`, in memory of the analyzer; valid until it looks at the next text. Offsets count UTF-8 bytes.
  package func tokens(of text: String) -> TokenView {
    var text = text
    return text.withUTF8 { tokens(of: $0) }
  }

  /// Replaces the content of `buffer` with the tokens of `text`; offsets count its UTF-8 bytes.
  package func analyze(_ text: String, into buffer: inout TokenBuffer) {
    var text = text
    text.withUTF8 { analyze($0, into: &buffer) }
  }
}
