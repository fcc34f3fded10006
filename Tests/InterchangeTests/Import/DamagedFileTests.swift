import IndexFormat
import Interchange
import SearchModel
import TestSupport
import Testing
import TextAnalysis

struct DamagedFileTests {
  private func sample(_ seed: UInt64) throws -> [UInt8] {
    try SampleIndex([Document].random(seed, count: 4, passages: 1...2), .standard).exported()
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = try sample(1)
    let index = try SampleIndex(importing: bytes, .standard)
    let before = try index.files()
    for count in bytes.indices {
      let error = #expect(throws: InterchangeError.self, "\(count) bytes") {
        try index.take(Array(bytes[..<count]), .standard)
      }
      guard case .malformed(_, let offset, _)? = error else {
        Issue.record("\(count) bytes: \(String(describing: error))")
        continue
      }
      #expect(offset <= count)
    }
    #expect(try index.files() == before)
  }

  /// A changed file is refused, or it says something else that holds together.
  @Test(arguments: Seeds.first(3))
  func changedBitsAreRefusedOrSound(seed: UInt64) throws {
    let bytes = try sample(seed)
    let index = SampleIndex()
    var refused = 0
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << UInt8((place &+ Int(seed)) % 8)
      do {
        try index.take(changed, .standard)
        let report = try IndexCheck.run(folder: index.folder.path, deep: true)
        #expect(report.findings == [], "seed \(seed), byte \(place)")
      } catch is InterchangeError {
        refused += 1
      }
    }
    #expect(refused > bytes.count / 4)
  }

  @Test(arguments: Seeds.first(40))
  func noiseIsRefused(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var bytes = (0..<Int.random(in: 1...300, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator)
    }
    // A header that asks for lists and documents, and then noise.
    if generator.chance(0.5) { bytes = [6, 8, 1, 16, 3, 24, 2] + bytes }
    #expect(throws: InterchangeError.self, "seed \(seed)") { try SampleIndex(importing: bytes, .whitespace) }
  }
}
