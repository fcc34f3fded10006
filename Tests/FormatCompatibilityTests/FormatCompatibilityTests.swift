import ByteStorage
import IndexFormat
import Retrieval
import TestSupport
import Testing

/// Indexes of every released version open and give the hits that they gave when they were released.
struct FormatCompatibilityTests {
  @Test(.disabled(if: FixtureIndex.isWriting), arguments: FixtureIndex.versions)
  func theIndexOfEveryVersionIsSound(version: Int) throws {
    let report = try IndexCheck.run(folder: FixtureIndex.folder(version: version).path, deep: true)
    #expect(report.findings == [])
    #expect(report.terms > 0)
  }

  @Test(.disabled(if: FixtureIndex.isWriting), arguments: FixtureIndex.versions)
  func theIndexOfEveryVersionGivesItsHits(version: Int) throws {
    let folder = FixtureIndex.folder(version: version)
    let expected = FixtureIndex.decoded(try folder.read(FixtureIndex.hitsName))
    let found = try FixtureIndex.hits(folder)
    #expect(found.map(\.facts) == expected.map(\.facts))
    for (hit, expected) in zip(found, expected) {
      // The logarithm of another C library may differ in the last place.
      #expect(abs(hit.score - expected.score) <= 1e-5 * expected.score, "\(hit.facts)")
    }
  }

  /// What this program writes is the version that it says: equal documents give the bytes of the fixture. Compressed
  /// blocks may differ with the version of Zstandard, so the sections that have them are compared by what they hold.
  @Test(.disabled(if: FixtureIndex.isWriting)) func theSameDocumentsGiveTheSameBytes() throws {
    let folder = FixtureIndex.folder(version: SegmentLayout.version)
    let temporary = TemporaryFolder()
    try FixtureIndex.build(in: temporary.path)
    let fresh = StorageFolder(temporary.path)
    let (old, new) = try (Manifest(in: folder), Manifest(in: fresh))
    #expect(new.analyzer == old.analyzer)
    #expect(new.documents == old.documents && new.passages == old.passages && new.totalLength == old.totalLength)
    let (kept, built) = try (Segment(old.segments[0], in: folder), Segment(new.segments[0], in: fresh))
    for section in [SegmentSection.lengths, .postings, .positions, .terms, .statistics, .latent] {
      #expect(
        try built.file.section(section).view.copied() == kept.file.section(section).view.copied(), "\(section.name)")
    }
    #expect(try contents(built) == contents(kept))
    #expect(built.fields.columns == kept.fields.columns)
  }

  /// Everything in the compressed sections, as text.
  private func contents(_ segment: Segment) throws -> [String] {
    let (documents, fields) = (segment.documents.makeReader(), segment.fields.makeReaders())
    let (headings, texts) = (segment.passages.makeHeadingReader(), try #require(segment.texts).makeReader())
    var lines: [String] = []
    for document in 0..<segment.documents.count {
      let record = try segment.documents.record(document, documents)
      lines.append(
        "\(record) \(try segment.documents.passages(of: document)) \(try segment.fields.fields(of: document, fields))")
    }
    for passage in 0..<segment.passages.count {
      let place = try segment.passages.place(of: passage)
      let text = try String(decoding: texts.record(passage), as: UTF8.self)
      lines.append("\(place) \(try segment.passages.headings(place.headingPath, headings)) \(text)")
    }
    return lines
  }

  @Test(.enabled(if: FixtureIndex.isWriting)) func writeTheFixtureOfThisVersion() throws {
    let folder = FixtureIndex.folder(version: SegmentLayout.version)
    try folder.create()
    for name in try folder.names() { folder.remove(name) }
    let temporary = TemporaryFolder()
    try FixtureIndex.build(in: temporary.path)
    let fresh = StorageFolder(temporary.path)
    for name in [Manifest.fileName] + (try Manifest(in: fresh).segments.map(\.file)) {
      try folder.replace(name, with: fresh.read(name))
    }
    try folder.replace(FixtureIndex.hitsName, with: FixtureIndex.encoded(FixtureIndex.hits(fresh)))
  }
}
