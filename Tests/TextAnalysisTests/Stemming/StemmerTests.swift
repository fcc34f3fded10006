import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct StemmerTests {
  private func stem(_ word: String, _ stemmer: Stemmer) -> String {
    let padded = Array(word.utf8) + [UInt8](repeating: 0xFF, count: 16)
    return padded.withUnsafeBufferPointer { bytes in
      String(decoding: stemmer.stem(UnsafeBufferPointer(rebasing: bytes.dropLast(16))), as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("treatments", "treatment"), ("running", "run"), ("patient's", "patient"), ("therapies", "therapi"), ("sky", "sky"),
    ("news", "news"), ("generously", "generous"), ("a", "a"), ("s", "s"), ("abcdefghijklmnop", "abcdefghijklmnop"),
    ("internationalizations", "internation"),
  ])
  func `English words have the stems of Snowball`(word: String, expected: String) throws {
    #expect(stem(word, try Stemmer()) == expected)
  }

  @Test func `What is remembered is what a new stemmer gives`() throws {
    var generator = SeededGenerator(seed: 3)
    let used = try Stemmer()
    let endings = ["", "s", "ing", "ed", "ational", "'s", "ies", "ly", "ness", "fulnesses"]
    let letters = Array("abcdeghilnorstuy")
    // Words that begin alike share half of what they are remembered by, and more words than are remembered displace
    // each other.
    let words = (0..<8000).map { number in
      (number % 2 == 0 ? "neurotra" : "")
        + String((0..<Int.random(in: 1...6, using: &generator)).map { _ in letters.randomElement(using: &generator)! })
        + endings.randomElement(using: &generator)!
    }
    let first = words.map { stem($0, used) }
    #expect(words.map { stem($0, used) } == first)
    for (word, stemmed) in zip(words, first) { #expect(stem(word, try Stemmer()) == stemmed, "\(word)") }
  }

  @Test func `The fingerprint names this stemmer and stays`() {
    let fingerprint = StemmerFingerprint.current()
    #expect(fingerprint.hasPrefix("english-") && fingerprint.count == 16)
    #expect(StemmerFingerprint.current() == fingerprint)
    #expect(AnalyzerLibraries.current.snowballVersion == fingerprint)
  }
}
