import ByteStorage
import TestSupport
import Testing
import TextAnalysis

@testable import IndexFormat

struct IndexCheckTests {
  @Test(arguments: Seeds.first(2))
  func soundIndexesHaveNoFindings(seed: UInt64) throws {
    for analyzer in AnalyzerDescription.builtIn {
      for storesTexts in [true, false] {
        var generator = RandomDocuments(seed: seed)
        let index = try SampleIndex(generator.documents(count: 80), analyzer: analyzer, storesTexts: storesTexts)
        let report = try IndexCheck.run(folder: index.temporary.path, deep: true)
        #expect(report.findings == [], "seed \(seed), \(analyzer.name)")
        #expect(report.isSound)
        #expect(report.sections.map(\.section) == SegmentSection.allCases)
        #expect(report.sections.allSatisfy { $0.checksumHolds })
        let sizes = try index.sections().map { $0.range.count }
        #expect(report.sections.map(\.byteCount) == sizes)
        let segment = try Segment(index.record, in: index.folder)
        #expect(report.passages == segment.statistics.passages)
        #expect(report.terms == segment.statistics.terms)
        #expect(report.postings == segment.statistics.postings)
        #expect((report.sections[0].byteCount == 0) == !storesTexts)
      }
    }
  }

  @Test func anEmptyIndexIsSound() throws {
    let index = try SampleIndex([])
    for deep in [false, true] {
      let report = try IndexCheck.run(folder: index.temporary.path, deep: deep)
      #expect(report.findings == [])
      #expect(report.terms == 0)
    }
  }

  @Test func aFolderWithoutAnIndexIsAnError() {
    let folder = TemporaryFolder()
    #expect(throws: IndexError.notAnIndex(folder: folder.path)) {
      try IndexCheck.run(folder: folder.path, deep: false)
    }
  }

  /// Writes the index with one section changed and its checksums right: only a deep check can see that.
  private func findings(
    _ index: SampleIndex, _ section: SegmentSection, _ change: (inout [UInt8]) -> Void
  ) throws -> [IndexError] {
    let folder = TemporaryFolder()
    try index.rewritten(section, in: StorageFolder(folder.path), change)
    let shallow = try IndexCheck.run(folder: folder.path, deep: false)
    #expect(shallow.sections.allSatisfy { $0.checksumHolds })
    return try IndexCheck.run(folder: folder.path, deep: true).findings
  }

  @Test func aDeepCheckRecomputesEveryStatistic() throws {
    let index = try SampleIndex.small(seed: 1)
    for start in stride(from: 0, to: SegmentStatistics().encoded().count, by: 8) {
      let found = try findings(index, .statistics) { $0[start] ^= 1 }
      #expect(!found.isEmpty, "number \(start / 8)")
    }
  }

  @Test func aDeepCheckReadsTheLatentVectors() throws {
    let index = try SampleIndex.small(seed: 1, makesLatentVectors: true)
    let segment = try Segment(index.record, in: index.folder)
    let vectors = try #require(segment.latent)
    let layout = LatentLayout(
      termVectors: vectors.termVectorCount, terms: segment.terms.count, passages: segment.passages.count)
    let places = [
      LatentLayout.headerBytes, LatentLayout.headerBytes + 8, layout.termVectors, layout.passageVectors + 5,
    ]
    for place in places {
      // A mark more or less, another count of marks, a number that is not written.
      let found = try findings(index, .latent) { $0[place] = place < layout.termVectors ? $0[place] ^ 1 : 0x80 }
      #expect(!found.isEmpty, "byte \(place)")
    }
    for place in [layout.termScales, layout.reaches] {
      let found = try findings(index, .latent) { $0.replaceSubrange(place..<(place + 4), with: [0, 0, 0x80, 0x7F]) }
      #expect(!found.isEmpty, "byte \(place)")
    }
  }

  @Test func aDeepCheckComparesLengthsWithTheirSum() throws {
    let index = try SampleIndex.small(seed: 1)
    let count = try Segment(index.record, in: index.folder).passages.count
    for passage in stride(from: 0, to: count, by: 7) {
      let found = try findings(index, .lengths) { $0[LengthTable.headerBytes + passage] ^= 1 }
      #expect(!found.isEmpty, "passage \(passage)")
    }
  }

  @Test func aDeepCheckReadsTexts() throws {
    let index = try SampleIndex.small(seed: 1)
    let found = try findings(index, .texts) { bytes in
      var writer = StoredRecordsWriter()
      var other: [UInt8] = []
      let count = (try? Segment(index.record, in: index.folder).passages.count) ?? 0
      for _ in 0..<count { writer.append([0xFF], to: &other) }
      writer.finish(to: &other)
      bytes = other
    }
    #expect(found.count == CheckReport.mostFindings)
    #expect("\(found[0])".contains("UTF-8"))
  }

  @Test func aManifestOfOtherSumsIsAFinding() throws {
    let index = try SampleIndex.small(seed: 1)
    for change in [\Manifest.documents, \Manifest.passages, \Manifest.totalLength] {
      var manifest = index.manifest
      manifest[keyPath: change] += 1
      try index.folder.replace(Manifest.fileName, with: manifest.encoded())
      let report = try IndexCheck.run(folder: index.temporary.path, deep: false)
      #expect(report.findings.map(\.file) == [index.folder.path(of: Manifest.fileName)])
    }
  }

  /// Random changes with right checksums: whatever the bytes say, the check ends and says something.
  @Test(arguments: Seeds.first(4))
  func aDeepCheckSurvivesEveryChange(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let index = try SampleIndex.small(seed: seed, makesLatentVectors: true)
    let folder = TemporaryFolder()
    for section in SegmentSection.allCases {
      for _ in 0..<15 {
        try index.rewritten(section, in: StorageFolder(folder.path)) { bytes in
          for _ in 0..<Int.random(in: 1...4, using: &generator) {
            bytes[Int.random(in: bytes.indices, using: &generator)] = generator.pick([0, 1, 0x7F, 0x80, 0xFE, 0xFF])
          }
        }
        _ = try IndexCheck.run(folder: folder.path, deep: true)
      }
    }
  }
}
