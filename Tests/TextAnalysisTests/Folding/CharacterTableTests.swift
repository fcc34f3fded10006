import Testing

@testable import TextAnalysis

@Suite struct CharacterTableTests {
  private func fold(_ text: String, _ description: AnalyzerDescription = .bilingual) throws -> [String] {
    AnalyzedText(text, by: try Analyzer(description)).units.map(\.text)
  }

  @Test(arguments: [
    ("ＧＡＢＡ", "gaba"), ("Café", "cafe"), ("cafe\u{301}", "cafe"), ("NAÏVE", "naive"), ("Straße", "strasse"),
    ("ﬁne", "fine"), ("ΆΛΦΑ", "αλφα"), ("Ὀδυσσεύς", "οδυσσευσ"), ("Йод", "йод"), ("İstanbul", "istanbul"),
    ("soft\u{AD}ware", "software"), ("zero\u{200D}width", "zerowidth"), ("mark\u{FEFF}ed", "marked"), ("µg", "μg"),
    ("Ⅷ", "viii"), ("Việt", "viet"), ("Łódź", "łodz"), ("ǅ", "dz"),
  ])
  func `A word folds to one unit`(text: String, folded: String) throws {
    #expect(try fold(text) == [folded])
  }

  @Test(arguments: [
    ("焦慮症", ["焦", "虑", "症"]), ("乾坤", ["干", "坤"]), ("乾淨", ["干", "净"]), ("⼤⼈", ["大", "人"]), ("ｶﾞｽ", ["ガ", "ス"]),
    ("か\u{3099}", ["が"]), ("\u{1112}\u{1161}\u{11AB}", ["한"]), ("㍻", ["平", "成"]), ("㈱", ["株"]), ("苧", ["苎"]),
    ("Suo™", ["suo"]), ("a\u{200B}b", ["a", "b"]), ("กี่", ["กี่"]), ("B₁₂", ["b", "12"]), ("covid19", ["covid", "19"]),
  ])
  func `Characters fold one by one`(text: String, folded: [String]) throws {
    #expect(try fold(text) == folded)
  }

  @Test func `Folding what is folded changes nothing`() throws {
    let options = FoldingOptions(.bilingual)
    let table = try CharacterTable(options)
    for value in UInt32(0x80)..<0x30000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let units = Array(String(scalar).utf16)
      let once = units.withUnsafeBufferPointer { Array(table.fold($0)) }
      guard !once.isEmpty, once.count < 30 else { continue }
      var again: [UInt32] = []
      for character in once {
        let units = Array(String(Unicode.Scalar(character)!).utf16)
        again += units.withUnsafeBufferPointer { Array(table.fold($0)) }
      }
      #expect(again == once, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `The ASCII table agrees with ICU`() throws {
    for description in [AnalyzerDescription.bilingual, .whitespace, .english] {
      let table = try CharacterTable(FoldingOptions(description))
      for value in UInt32(0)..<128 {
        let entry = table[value]
        #expect(entry.isSingle && entry.beginsSegment)
        #expect(UInt32(table.ascii[Int(value)] & 0xFF) == entry.scalar)
        #expect(UInt8(table.ascii[Int(value)] >> 8) == entry.characterClass.rawValue, "byte \(value)")
      }
    }
  }

  @Test func `Filters are switches of their own`() throws {
    let plain = AnalyzerDescription(name: "plain", tokenizer: .bilingual, filters: [])
    #expect(try fold("Café 焦慮 Ａ", plain) == ["Café", "焦", "慮", "Ａ"])
    let folding = AnalyzerDescription(name: "folding", tokenizer: .bilingual, filters: [.fold])
    #expect(try fold("Café 焦慮 Ａ", folding) == ["cafe", "焦", "慮", "a"])
    let simplifying = AnalyzerDescription(name: "simplifying", tokenizer: .bilingual, filters: [.simplify])
    #expect(try fold("Café 焦慮 Ａ", simplifying) == ["Café", "焦", "虑", "Ａ"])
  }
}
