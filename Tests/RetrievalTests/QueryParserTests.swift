import Testing

@testable import Retrieval

/// The query language means what its documentation says.
@Suite struct QueryParserTests {
  @Test func wordsAreAlternatives() throws {
    #expect(try QueryParser.parse("多巴胺") == .word("多巴胺"))
    #expect(
      try QueryParser.parse("sleep 多巴胺")
        == .group([QueryClause(.optional, .word("sleep")), QueryClause(.optional, .word("多巴胺"))]))
  }

  @Test func signsDemandAndExclude() throws {
    #expect(
      try QueryParser.parse("+a -b c NOT d")
        == .group([
          QueryClause(.required, .word("a")), QueryClause(.prohibited, .word("b")),
          QueryClause(.optional, .word("c")), QueryClause(.prohibited, .word("d")),
        ]))
  }

  @Test func signsInsideWordsAndAloneAreText() throws {
    #expect(try QueryParser.parse("covid-19") == .word("covid-19"))
    #expect(try QueryParser.parse("C++") == .word("C++"))
    #expect(
      try QueryParser.parse("a - b")
        == .group([
          QueryClause(.optional, .word("a")), QueryClause(.optional, .word("-")), QueryClause(.optional, .word("b")),
        ]))
  }

  @Test func quotesTakeEverythingAsItStands() throws {
    #expect(try QueryParser.parse("\"5-羟色胺 AND (x\"") == .phrase("5-羟色胺 AND (x"))
    #expect(try QueryParser.parse("“氯胺酮”") == .phrase("氯胺酮"))
    #expect(try QueryParser.parse(#""a \" b""#) == .phrase("a \" b"))
  }

  @Test func andBindsTighterThanOr() throws {
    let conjunction = QueryNode.group([QueryClause(.required, .word("b")), QueryClause(.prohibited, .word("c"))])
    #expect(try QueryParser.parse("a OR b AND NOT c") == .any([.word("a"), conjunction]))
    #expect(
      try QueryParser.parse("(a OR b) c")
        == .group([QueryClause(.optional, .any([.word("a"), .word("b")])), QueryClause(.optional, .word("c"))]))
  }

  @Test func fieldsTakeWordsPhrasesAndPrefixes() throws {
    #expect(try QueryParser.parse("lang:zh") == .field(name: "lang", value: .word("zh")))
    #expect(try QueryParser.parse("标题:\"a b\"") == .field(name: "标题", value: .phrase("a b")))
    #expect(try QueryParser.parse("date:2025*") == .field(name: "date", value: .prefix("2025")))
    #expect(try QueryParser.parse("https://example.com") == .word("https://example.com"))
    #expect(try QueryParser.parse(#"a\:b"#) == .word("a:b"))
  }

  @Test func prefixesEndInAStar() throws {
    #expect(try QueryParser.parse("neuro*") == .prefix("neuro"))
    #expect(try QueryParser.parse(#"neuro\*"#) == .word("neuro*"))
  }

  @Test(arguments: [
    ("焦虑 \"未闭合", 4), ("(a b", 1), ("a b)", 4), ("a OR", 3), ("OR a", 1), ("a AND", 3), ("AND a", 1), ("*", 1),
    ("a AND AND b", 3), ("a OR -b", 6), ("a title:(b)", 9), ("a NOT", 3),
  ])
  func mistakesArePointedAt(query: String, column: Int) {
    #expect(throws: QuerySyntaxError.self) { try QueryParser.parse(query) }
    do { _ = try QueryParser.parse(query) } catch { #expect(error.column == column, "\(query): \(error)") }
  }

  @Test func depthAndSizeAreBounded() {
    #expect(throws: QuerySyntaxError.self) {
      try QueryParser.parse(String(repeating: "(", count: 100) + "a" + String(repeating: ")", count: 100))
    }
    #expect(throws: QuerySyntaxError.self) { try QueryParser.parse(String(repeating: "a ", count: 5000)) }
  }

  @Test func plainTextHasNoOperators() {
    #expect(
      QueryParser.plainText("a AND \"b")
        == .group(["a", "AND", "\"b"].map { QueryClause(.optional, .word($0)) }))
  }
}
