import TestSupport
import Testing

@testable import TextAnalysis

/// Terms of the default analyzer, written out.
@Suite struct AnalyzerGoldenTests {
  @Test(
    arguments: [
      ("5-羟色胺", ["stem:5", "gram:5羟", "gram:羟色", "gram:色胺"]),
      ("γ-氨基丁酸", ["stem:γ", "gram:γ氨", "gram:氨基", "gram:基丁", "gram:丁酸", "character:氨"]),
      ("DSM-5", ["stem:dsm", "stem:5", "stem:dsm5"]),
      ("COVID-19疫苗", ["stem:covid", "stem:19", "stem:covid19", "gram:covid19疫", "gram:疫苗"]),
      ("GABA能系统", ["stem:gaba", "gram:gaba能", "gram:能系", "gram:系统"]),
      ("α1受体", ["stem:α1", "gram:α1受", "gram:受体"]),
      ("24国际单位", ["stem:24", "gram:24国", "gram:国际", "gram:单位"]),
      ("C#", ["stem:c", "compound:c#"]), ("C++语言", ["stem:c", "compound:c++", "gram:语言"]),
      ("F# 教程", ["stem:f", "compound:f#"]), ("C++11", ["compound:c++"]), ("用C#写", ["compound:c#", "gram:用c"]),
      ("维生素B12", ["stem:b12", "gram:素b12", "gram:维生"]), ("T细胞", ["gram:t细", "gram:细胞"]),
      ("C盘", ["gram:c盘", "character:盘"]), ("张悦彤", ["gram:张悦", "gram:悦彤", "character:张"]),
      ("𠮷野家", ["character:𠮷", "gram:𠮷野"]), ("很好👍🏽", ["exact:👍🏽"]),
      ("e-mail", ["stem:email", "stem:e", "stem:mail"]), ("email", ["stem:email"]),
      ("double-blinded", ["stem:doubl", "stem:blind", "stem:doubleblind"]), ("doubleblinded", ["stem:doubleblind"]),
      ("COVID19", ["stem:covid19"]), ("patient’s", ["stem:patient"]), ("don't", ["stem:don't"]),
      ("dogs'", ["stem:dog"]),
      ("U.S.A.", ["stem:usa"]), ("1,000", ["stem:1000"]), ("1,234,567.89", ["stem:1234567.89"]),
      ("3.14", ["stem:3.14"]),
      ("example.com", ["stem:exampl", "stem:com", "compound:example.com"]),
      ("file_name", ["stem:file", "stem:name", "stem:filenam"]), ("filename", ["stem:filenam"]),
      ("hypothalamic–pituitary", ["stem:hypothalam", "stem:pituitari", "stem:hypothalamicpituitari"]),
      ("Café", ["stem:cafe"]), ("naïve", ["stem:naiv"]), ("ＧＡＢＡ", ["stem:gaba"]), ("therapies", ["stem:therapi"]),
    ] as [(String, [String])])
  func `A text has the scored terms`(text: String, expected: [String]) throws {
    let terms = AnalyzedText(text, by: try Analyzer(.bilingual)).terms(.scored)
    for term in expected { #expect(terms.contains(term), "\(terms)") }
  }

  @Test(arguments: [
    ("1990-2000", "19902000"), ("2024-01-15", "20240115"), ("cc#", "c#"), ("c #", "c#"),
    ("C+", "c++"),
    ("C+", "c+"), ("a - b", "ab"), ("a-\nb", "ab"), ("and/or", "andor"),
  ])
  func `A text does not have the term`(text: String, term: String) throws {
    #expect(!AnalyzedText(text, by: try Analyzer(.bilingual)).tokens.map(\.text).contains(term))
  }

  @Test(arguments: [
    ("焦慮症", "焦虑症"), ("ＧＡＢＡ", "gaba"), ("CAFÉ", "cafe"), ("patient’s", "patient's"), ("ﬁne", "fine"),
    ("５－羟色胺", "5-羟色胺"), ("COVID‑19", "COVID-19"), ("Ｃ＃", "c#"), ("soft\u{AD}ware", "software"), ("⼤", "大"),
    ("❤️", "❤"), ("ｶﾞｽ", "ガス"), ("㎎", "mg"), ("後来", "后来"),
  ])
  func `Two spellings have the same tokens`(first: String, second: String) throws {
    let analyzer = try Analyzer(.bilingual)
    func keys(_ text: String) -> [String] {
      AnalyzedText(text, by: analyzer).tokens.map { "\($0.kind.name) \($0.text) \($0.position) \($0.length)" }
    }
    #expect(keys(first) == keys(second))
  }

  @Test func `Every token of a mixed text stands where it should`() throws {
    let text = "α1受体，Ｃ＃"
    let tokens = AnalyzedText(text, by: try Analyzer(.bilingual)).tokens
    let both: TokenRoles = [.scored, .positional]
    func token(
      _ kind: TokenKind, _ text: String, _ position: Int, _ length: Int, _ source: Range<Int>, _ roles: TokenRoles
    ) -> SpeltToken {
      SpeltToken(kind: kind, text: text, position: position, length: length, source: source, roles: roles)
    }
    #expect(
      tokens == [
        token(.exact, "α", 0, 1, 0..<2, .positional), token(.stem, "α1", 0, 2, 0..<3, .scored),
        token(.gram, "α1受", 0, 3, 0..<6, .scored), token(.exact, "1", 1, 1, 2..<3, .positional),
        token(.character, "受", 2, 1, 3..<6, both), token(.gram, "受体", 2, 2, 3..<9, both),
        token(.character, "体", 3, 1, 6..<9, both), token(.exact, "c", 4, 1, 12..<15, .positional),
        token(.stem, "c", 4, 1, 12..<15, .scored), token(.compound, "c#", 4, 1, 12..<18, both),
      ])
  }

  /// Pairs and characters say what words would, and depend on no dictionary.
  @Test func `Characters and their pairs are all that a run is scored by`() throws {
    let terms = AnalyzedText("神经科学研究", by: try Analyzer(.bilingual)).terms(.scored)
    #expect(
      terms.sorted()
        == (["神经", "经科", "科学", "学研", "研究"].map { "gram:" + $0 }
        + "神经科学研究".map { "character:\($0)" }).sorted())
  }

  @Test(arguments: ["1a", "u.", "a'", "x9.", "ab_"])
  func `Every unit of a very long word is covered by a scored term`(piece: String) throws {
    let analyzed = AnalyzedText(String(repeating: piece, count: 900), by: try Analyzer(.bilingual))
    var covered = Set<Int>()
    for token in analyzed.tokens where token.roles.contains(.scored) {
      covered.formUnion(token.position..<(token.position + token.length))
    }
    #expect(covered.count == analyzed.unitCount)
  }

  @Test func `Roles follow from kinds`() throws {
    var generator = SeededGenerator(seed: 21)
    let analyzer = try Analyzer(.bilingual)
    for _ in 0..<50 {
      for token in AnalyzedText(RandomText(count: 60, using: &generator).text, by: analyzer).tokens {
        switch token.kind {
        case .character: #expect(token.roles == [.scored, .positional] && token.length == 1)
        case .gram: #expect(token.roles.contains(.scored) && (token.length == 2 || token.roles == .scored))
        case .stem: #expect(token.roles == .scored)
        case .exact: #expect(token.roles.contains(.positional) && token.length == 1)
        case .compound: #expect(token.roles.contains(.scored))
        case .abbreviation, .expansion: #expect(token.roles.isEmpty)
        }
      }
    }
  }
}
