import Testing

@testable import Indexing

struct DocumentIdentitiesTests {
  @Test func everyIdIsTakenOnce() {
    var identities = DocumentIdentities()
    let ids = (0..<5000).map { "document \($0)" } + [""]
    var taken: [Bool] = []
    for id in ids + ids + ["document 5000"] { taken.append(identities.insert(id)) }
    #expect(
      taken == [Bool](repeating: true, count: 5001) + [Bool](repeating: false, count: 5001) + [true])
  }
}
