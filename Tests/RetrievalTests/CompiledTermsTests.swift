import Testing

@testable import Retrieval

@Suite struct CompiledTermsTests {
  private func insert(_ key: [UInt8], into terms: inout CompiledTerms) throws {
    _ = terms.insert(CompiledTerm(try KnownTerm(key, []), weight: 1), CompiledTerms.Fingerprint(key))
  }

  private func find(_ key: [UInt8], in terms: CompiledTerms) -> [UInt8]? {
    terms.find(key, CompiledTerms.Fingerprint(key))?.takeUnretainedValue().known.key
  }

  @Test func termsAreFoundByTheirKeysHoweverManyThereAre() throws {
    var terms = CompiledTerms()
    // Some are kept whole in a fingerprint, some are too long for it, and zeros at the end make a difference.
    let keys = (0..<1000).map { Array("e\($0)".utf8) + Array(repeating: UInt8($0 % 3), count: $0 % 30) }
    for (index, key) in keys.enumerated() {
      #expect(find(key, in: terms) == nil)
      try insert(key, into: &terms)
      for known in [0, index / 2, index] { #expect(find(keys[known], in: terms) == keys[known]) }
    }
    terms.removeAll()
    #expect(find(keys[0], in: terms) == nil)
  }

  @Test func shortKeysAreToldApartByTheirFingerprints() {
    var keys: [[UInt8]] = [[]]
    for length in 1...15 {
      for byte in UInt8(0)...2 {
        keys += [Array(repeating: byte, count: length), Array(repeating: 7, count: length - 1) + [byte]]
      }
    }
    for (index, key) in keys.enumerated() {
      for other in keys[..<index] where other != key {
        #expect(CompiledTerms.Fingerprint(key) != CompiledTerms.Fingerprint(other), "\(key), \(other)")
      }
    }
  }
}
