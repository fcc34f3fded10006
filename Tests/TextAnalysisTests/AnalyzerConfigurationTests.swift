import JSONText
import Testing

@testable import TextAnalysis

@Suite struct AnalyzerConfigurationTests {
  @Test func `Every built-in analyzer is found by its name and survives encoding`() throws {
    for description in AnalyzerDescription.builtIn {
      #expect(try AnalyzerDescription.named(description.name) == description)
      #expect(try AnalyzerDescription(description.encoded) == description)
      #expect(try AnalyzerDescription(configuration: description.encoded.encoded()) == description)
      let stamp = AnalyzerStamp(description)
      #expect(try AnalyzerStamp(stamp.encoded) == stamp)
    }
  }

  @Test func `An unknown name lists the known ones`() {
    #expect(
      throws: AnalyzerError.unknownName(
        kind: "analyzer", name: "german", allowed: ["bilingual", "english", "standard", "cjk-bigram", "whitespace"])
    ) { try AnalyzerDescription.named("german") }
  }

  @Test func `A configuration file gives its analyzer, with the filters in their order`() throws {
    let text = #"{"name": "plain", "tokenizer": "words", "filters": ["stem-english", "fold", "fold"]}"#
    let description = try AnalyzerDescription(configuration: Array(text.utf8))
    #expect(description == AnalyzerDescription(name: "plain", tokenizer: .words, filters: [.fold, .stemEnglish]))
    let short = try AnalyzerDescription(configuration: Array(#"{"name": "w", "tokenizer": "whitespace"}"#.utf8))
    #expect(short.filters.isEmpty)
  }

  @Test(arguments: [
    "[]", "", "{", #"{"tokenizer": "words"}"#, #"{"name": "", "tokenizer": "words"}"#, #"{"name": "a"}"#,
    #"{"name": "a", "tokenizer": 1}"#, #"{"name": "a", "tokenizer": "words", "filters": "fold"}"#,
    #"{"name": "a", "tokenizer": "words", "filters": [1]}"#,
  ])
  func `A malformed configuration says what was expected`(text: String) {
    #expect {
      try AnalyzerDescription(configuration: Array(text.utf8))
    } throws: { error in
      guard case AnalyzerError.malformedConfiguration(let reason) = error else { return false }
      return !reason.isEmpty
    }
  }

  @Test(arguments: [
    (#"{"name": "a", "tokenizer": "letters"}"#, "tokenizer", "letters"),
    (#"{"name": "a", "tokenizer": "words", "filters": ["pinyin"]}"#, "filter", "pinyin"),
    (#"{"name": "a", "tokenizer": "words", "filter": []}"#, "key", "filter"),
  ])
  func `An unknown part is named`(text: String, kind: String, name: String) {
    #expect {
      try AnalyzerDescription(configuration: Array(text.utf8))
    } throws: { error in
      guard case AnalyzerError.unknownName(kind, name, let allowed) = error else { return false }
      return !allowed.isEmpty
    }
  }

  @Test func `The libraries have versions`() {
    let current = AnalyzerLibraries.current
    #expect(current.icuVersion.split(separator: ".").count >= 2)
    #expect(current.unicodeVersion.split(separator: ".").count >= 2)
  }
}
