import TestSupport
import Testing

@testable import TextAnalysis

/// Declarations in planted sentences, as the terms that they become.
@Suite struct AbbreviationMinerTests {
  /// The terms of the kind `abbreviation` in a text.
  private func declared(_ text: String, by description: AnalyzerDescription = .bilingual) throws -> [String] {
    try AnalyzedText(text, by: Analyzer(description)).tokens.filter { $0.kind == .abbreviation }.map(\.text)
  }

  @Test(arguments: [
    ("The dorsolateral prefrontal cortex (DLPFC) is active.", "dlpfc=dorsolater prefront cortex"),
    ("The DLPFC (dorsolateral prefrontal cortex) is active.", "dlpfc=dorsolater prefront cortex"),
    ("DLPFC (the dorsolateral prefrontal cortex)", "dlpfc=dorsolater prefront cortex"),
    ("在 dorsolateral prefrontal cortex（DLPFC）中", "dlpfc=dorsolater prefront cortex"),
    ("DLPFC（dorsolateral prefrontal cortex）", "dlpfc=dorsolater prefront cortex"),
    ("额叶DLPFC（dorsolateral prefrontal cortex，背外侧）", "dlpfc=dorsolater prefront cortex"),
    ("electroencephalogram (EEG)", "eeg=electroencephalogram"),
    ("EEG (electroencephalogram)", "eeg=electroencephalogram"),
    ("non-steroidal anti-inflammatory drugs (NSAIDs)", "nsaid=nonsteroid antiinflammatori drug"),
    ("interleukin-6 (IL-6) was", "il6=interleukin6"),
    ("transforming growth factor-β (TGF-β)", "tgfβ=transform growth factorβ"),
    ("5-hydroxytryptamine (5-HT)", "5ht=5hydroxytryptamine"),
    ("attention deficit/hyperactivity disorder (ADHD)", "adhd=attent deficit hyperact disord"),
    ("Magnetic resonance imaging (MRI; see below)", "mri=magnet reson imag"),
    ("body mass index (BMI, in kg)", "bmi=bodi mass index"),
    ("We saw panic. Panic disorder (PD) is common.", "pd=panic disord"),
    ("messenger RNA (mRNA)", "mrna=messeng rna"),
    ("Café au lait macule (CALM)", "calm=cafe au lait macul"),
    ("HR (heart rate)", "hr=heart rate"),
    ("heart\nrate (HR)", "hr=heart rate"),
    ("ＰＴＳＤ（ｐｏｓｔ-ｔｒａｕｍａｔｉｃ stress disorder）", "ptsd=posttraumat stress disord"),
  ])
  func `A declaration is found`(text: String, expected: String) throws {
    #expect(try declared(text) == [expected])
  }

  @Test(arguments: [
    // No letters to compare, or a gloss in another language.
    "背外侧前额叶皮质（DLPFC）", "ketamine (氯胺酮)", "氯胺酮（Ketamine）",
    // A name, a reference, a number, a list, a word in small letters.
    "studies of memory in the hippocampus (Smith, 1999)",
    "receptors or only by response in you (Roy-By, 1999)", "(DLPFC) begins a text", "cortex (see Table 1)",
    "prefrontal cortex (n = 12)", "prefrontal cortex (pfc)", "half of them (50%)", "a plain text without any",
    // One character, eleven characters, two words.
    "potassium (K)", "a b c d e f g h i j k (ABCDEFGHIJK)", "prefrontal cortex (P C)",
    // The letters are missing, out of order, inside of words, or too far away.
    "dorsolateral area (DLPFC)", "cortex prefrontal (PC)", "upper floor (PF)",
    "prefrontal and then one and one and one cortex (PC)",
    // Another sentence, nothing closed, nothing inside, another opening.
    "Heart. A rate (HR)", "heart rate (HR", "heart rate ()HR", "heart (rate (HR",
    // The long form names the abbreviation, or is no longer than it.
    "HR of heart rate (HR) HR HR (HR)", "h r (HR)",
  ])
  func `What is no declaration is left alone`(text: String) throws {
    #expect(try declared(text).allSatisfy { $0 == "hr=heart rate" && text.hasPrefix("HR of") })
  }

  @Test func `Both directions stand over the whole declaration and count for nothing`() throws {
    let text = "A panic disorder (PD) and, PD (Parkinson disease)."
    let tokens = AnalyzedText(text, by: try Analyzer(.bilingual)).tokens.filter { $0.roles.isEmpty }
    func token(_ kind: TokenKind, _ text: String, _ position: Int, _ source: Range<Int>) -> SpeltToken {
      SpeltToken(kind: kind, text: text, position: position, length: 3, source: source, roles: [])
    }
    #expect(
      tokens == [
        token(.abbreviation, "pd=panic disord", 1, 2..<20), token(.expansion, "panic disord=pd", 1, 2..<20),
        token(.abbreviation, "pd=parkinson diseas", 5, 27..<48), token(.expansion, "parkinson diseas=pd", 5, 27..<48),
      ])
  }

  @Test func `English words are enough and other analyzers look for none`() throws {
    let text = "heart rate (HR)"
    #expect(try declared(text, by: .english) == ["hr=heart rate"])
    for analyzer in [AnalyzerDescription.standard, .cjkBigram, .whitespace] {
      #expect(try declared(text, by: analyzer).isEmpty)
    }
    #expect(try declared("interleukin-6 (IL-6)", by: .english).isEmpty)
  }

  @Test(arguments: [
    ("DLPFC", true), ("mRNA", true), ("5-HT", true), ("B12", true), ("NSAIDs", true), ("DLPFC?", true), ("pfc", false),
    ("Smith", false), ("Roy-Byrne", false), ("T", false), ("β-A", true), ("McCoy", true), ("Smith’s", false),
    ("“Ketamine", false), ("氯胺酮", false), ("12", false), ("", false),
  ])
  func `Capitals tell an abbreviation`(text: String, expected: Bool) {
    #expect(AbbreviationSpelling.isAbbreviation(text) == expected)
  }

  /// The rule said again, as slowly as it can be: every beginning of a word is tried, the nearest first.
  private func naive(_ words: [String], _ abbreviation: String) -> String? {
    let most = min(abbreviation.count + 5, 2 * abbreviation.count)
    for count in 1...min(most, words.count) {
      let form = words.suffix(count)
      let text = Array(form.joined(separator: " "))
      var wanted = abbreviation.lowercased()[...]
      guard text.first == wanted.first else { continue }
      for character in text where character == wanted.first { wanted.removeFirst() }
      guard wanted.isEmpty else { continue }
      return text.filter { $0 != " " }.count > abbreviation.count ? String(text) : nil
    }
    return nil
  }

  @Test(arguments: Seeds.first(8)) func `The rule agrees with trying every beginning`(seed: UInt64) throws {
    let analyzer = try Analyzer(
      AnalyzerDescription(name: "unstemmed", tokenizer: .bilingual, filters: [.fold, .abbreviations]))
    var generator = SeededGenerator(seed: seed)
    var found = 0
    for _ in 0..<400 {
      func letters(_ count: Int) -> String { String((0..<count).map { _ in "abcd".randomElement(using: &generator)! }) }
      let words = (0..<Int.random(in: 1...14, using: &generator)).map { _ in
        letters(Int.random(in: 1...4, using: &generator))
      }
      let abbreviation = letters(Int.random(in: 2...4, using: &generator)).uppercased()
      let text = words.joined(separator: " ") + " (\(abbreviation))"
      let tokens = AnalyzedText(text, by: analyzer).tokens.filter { $0.kind == .abbreviation }
      // What names its own abbreviation is left out afterwards.
      let expected = naive(words, abbreviation).flatMap { form in
        form.split(separator: " ").contains { $0 == abbreviation.lowercased() }
          ? nil : "\(abbreviation.lowercased())=\(form)"
      }
      #expect(tokens.map(\.text) == (expected.map { [$0] } ?? []), "\(text)")
      if expected != nil { found += 1 }
    }
    #expect(found > 20)
  }
}
