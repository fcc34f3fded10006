import Testing

@testable import Retrieval

struct CompiledTermsTests {
  private func term(_ key: [UInt8], hash: UInt64) throws -> CompiledTerm {
    CompiledTerm(try KnownTerm(key, []), weight: 1, hash: hash)
  }

  @Test func termsAreFoundByTheirKeysHoweverManyThereAre() throws {
    var terms = CompiledTerms()
    let keys = (0..<1000).map { Array("e\($0)".utf8) }
    for (index, key) in keys.enumerated() {
      let hash = CompiledTerms.hash(of: key)
      #expect(terms.find(key, hash)?.known.key == nil)
      terms.insert(try term(key, hash: hash))
      for known in [0, index / 2, index] {
        #expect(terms.find(keys[known], CompiledTerms.hash(of: keys[known]))?.known.key == keys[known])
      }
    }
    terms.removeAll()
    #expect(terms.find(keys[0], CompiledTerms.hash(of: keys[0]))?.known.key == nil)
  }

  @Test func termsOfOneHashAreToldApart() throws {
    var terms = CompiledTerms()
    let keys = (0..<100).map { Array("c\($0)".utf8) }
    for key in keys { terms.insert(try term(key, hash: .max)) }
    for key in keys { #expect(terms.find(key, .max)?.known.key == key) }
    #expect(terms.find([0x65], .max)?.known.key == nil)
  }
}
