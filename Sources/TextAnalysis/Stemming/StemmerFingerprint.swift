/// Tells releases of Snowball apart.
///
/// The library does not say its version, and an index depends only on the stems: so the stems of words that touch every
/// rule and most exceptions of the English stemmer stand for the version.
enum StemmerFingerprint {
  private static let words = [
    "abilities", "abruptly", "added", "agreed", "analogically", "andes", "apologist", "argument", "atlas", "bias",
    "canning", "caresses", "commune", "congratulatory", "controlled", "cosmos", "cry", "dying", "early", "emery",
    "enjoyable", "evening", "exceeding", "falling", "feed", "formative", "gas", "general", "gently", "generously",
    "happiness", "hedging", "herring", "hopping", "howe", "hurried", "idly", "inning", "internationalization", "kiwis",
    "lying", "national", "news", "o'clock", "only", "operational", "outing", "past", "patient's", "proceed", "quickly",
    "rational", "relativity", "replacement", "singly", "skies", "skis", "sky", "succeed", "tying", "ugly", "universe",
    "vietnamization", "yielding", "youth", "zoologist",
  ]

  /// The FNV-1a hash of the stems, such as `english-1a2b3c4d`; `english-unavailable` where there is no stemmer.
  ///
  /// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm", offset basis and prime for 32 bits.
  static func current() -> String {
    guard let stemmer = try? Stemmer() else { return "english-unavailable" }
    var hash: UInt32 = 0x811C_9DC5
    for word in words {
      Array(word.utf8).withUnsafeBufferPointer { bytes in
        for byte in stemmer.stemAnew(bytes) { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        hash = (hash ^ 0x0A) &* 0x0100_0193
      }
    }
    let digits = String(hash, radix: 16)
    return "english-" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
