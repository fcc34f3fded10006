import ByteStorage
import IndexFormat
import Retrieval
import TestSupport
import Testing
import TextAnalysis

/// Searching a damaged index gives results or an error: it neither ends the process nor hangs, whatever the bytes say.
///
/// Opening does not compare the checksums of sections, so all of these changes reach the code that decodes them.
struct DamagedSearchTests {
  @Test func anyByteMayBeDamaged() throws {
    let index = try SampleIndex.small(seed: 1, analyzer: .cjkBigram)
    #expect(try SampleIndex.search(index.folder) > 20, "the sample's queries find something")
    #expect(try SampleIndex.readAll(index.folder) > 30)
    let damaged = TemporaryFolder()
    let folder = StorageFolder(damaged.path)
    try folder.replace(Manifest.fileName, with: index.manifestBytes)
    try folder.replace(index.record.file, with: index.segmentBytes)
    let file = try FileEdit(folder.path(of: index.record.file))
    let sections = try index.sections()
    var generator = SeededGenerator(seed: 1)
    var refused = 0
    for offset in index.segmentBytes.indices {
      let section = sections.first { $0.range.contains(offset) }
      let isChosen = section.map { DamagedSearchTests.isChosen(offset, in: $0.range) } ?? (offset % 8 == 0)
      guard isChosen || Exhaustive.isAsked else { continue }
      // One bit of each byte; which of them is another matter in every place.
      for bit in Exhaustive.isAsked ? Array(0..<8) : [UInt8.random(in: 0..<8, using: &generator)] {
        file.write(index.segmentBytes[offset] ^ (1 << bit), at: offset)
        do {
          switch section?.section {
          case .texts, .passages, .documents, .fields: try SampleIndex.readAll(folder)
          case .lengths, .postings, .positions, .terms, .statistics, .latent, nil: try SampleIndex.search(folder)
          }
        } catch { refused += 1 }
      }
      file.write(index.segmentBytes[offset], at: offset)
    }
    #expect(refused > 0)
    #expect(try SampleIndex.readAll(folder) > 30)
  }

  /// What decides about the rest lies at the beginning and at the end of a section; of what is between, every fourth byte.
  private static func isChosen(_ offset: Int, in section: Range<Int>) -> Bool {
    offset < section.lowerBound + 48 || offset >= section.upperBound - 48 || offset % 4 == 0
  }

  @Test(arguments: Seeds.first(4))
  func severalBytesMayBeDamaged(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let index = try SampleIndex.small(
      seed: seed, analyzer: generator.pick([.bilingual, .whitespace, .english]), makesLatentVectors: true)
    let damaged = TemporaryFolder()
    let folder = StorageFolder(damaged.path)
    try folder.replace(Manifest.fileName, with: index.manifestBytes)
    let sections = try index.sections()
    for (_, range) in sections where !range.isEmpty {
      for _ in 0..<25 {
        var bytes = index.segmentBytes
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          // Sections keep what decides about the rest at their beginning or at their end.
          let place =
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: range.prefix(40)
            case 1: range.suffix(200)
            default: range[...]
            }
          bytes[generator.pick(Array(place))] = generator.pick([0, 1, 2, 25, 33, 0x7F, 0x80, 0xFE, 0xFF])
        }
        try folder.write(index.record.file, bytes)
        _ = try? SampleIndex.search(folder)
        _ = try? SampleIndex.readAll(folder)
      }
    }
  }
}
