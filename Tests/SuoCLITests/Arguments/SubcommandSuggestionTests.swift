import Testing

@testable import SuoCLI

@Suite struct SubcommandSuggestionTests {
  @Test func distances() {
    #expect(SubcommandSuggestion.distance("", "abc") == 3)
    #expect(SubcommandSuggestion.distance("kitten", "sitting") == 3)
    #expect(SubcommandSuggestion.distance("search", "search") == 0)
    #expect(SubcommandSuggestion.distance("serch", "search") == 1)
  }

  @Test func onlyUnknownWordsAreCorrected() {
    #expect(SubcommandSuggestion.message(for: ["search", "x"]) == nil)
    #expect(SubcommandSuggestion.message(for: ["help"]) == nil)
    #expect(SubcommandSuggestion.message(for: ["--version"]) == nil)
    #expect(SubcommandSuggestion.message(for: []) == nil)
    #expect(SubcommandSuggestion.message(for: ["chek"])?.contains("did you mean 'check'?") == true)
    #expect(SubcommandSuggestion.message(for: ["杏仁核"])?.contains("did you mean") == false)
  }
}
