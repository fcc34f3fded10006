import ByteStorage
import JSONText
import TestSupport
import Testing

@testable import IndexFormat

struct ManifestTests {
  private let manifest = Manifest(
    segments: [
      SegmentRecord(file: "segment-1.suo", identity: String(repeating: "0a", count: 16), byteCount: 1234),
      SegmentRecord(file: "segment-2.suo", identity: String(repeating: "ff", count: 16), byteCount: 1 << 50),
    ], analyzer: ["name": "whitespace", "filters": []], documents: 3, passages: 9, totalLength: 1 << 40)

  /// A manifest of this text with the right checksum.
  private func signed(_ body: String) -> [UInt8] {
    let digits = String(Array(body.utf8).withUnsafeBytes { Checksum.of($0) }, radix: 16)
    return Array((body + "\n" + String(repeating: "0", count: 16 - digits.count) + digits + "\n").utf8)
  }

  @Test func aManifestComesBack() throws {
    #expect(try Manifest(manifest.encoded(), file: "m") == manifest)
    let empty = Manifest(segments: [], analyzer: nil, documents: 0, passages: 0, totalLength: 0)
    #expect(try Manifest(empty.encoded(), file: "m") == empty)
  }

  @Test func theWeightOfHeadingsIsSaidWhereThereIsOne() throws {
    var weighed = manifest
    for index in weighed.segments.indices { weighed.segments[index].headingWeight = 3 }
    #expect(try Manifest(weighed.encoded(), file: "m") == weighed)
    #expect(weighed.headingWeight == 3 && manifest.headingWeight == 0)
    #expect(!String(decoding: manifest.encoded(), as: UTF8.self).contains("heading_weight"))
    for weights in [(0, 3), (3, 2), (101, 101)] {
      var mixed = manifest
      (mixed.segments[0].headingWeight, mixed.segments[1].headingWeight) = weights
      #expect(throws: IndexError.self, "\(weights)") { try Manifest(mixed.encoded(), file: "m") }
    }
  }

  @Test func theBytesAreOneLineOfTextAndItsChecksum() throws {
    let text = String(decoding: manifest.encoded(), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("{\"format\":4,"))
    #expect(lines[1].count == 16)
    #expect(lines[2].isEmpty)
    #expect(signed(String(lines[0])) == manifest.encoded())
  }

  @Test func everyChangedBitAndEveryShorterLengthIsNoticed() {
    let bytes = manifest.encoded()
    for bit in 0..<(8 * bytes.count) {
      var changed = bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: IndexError.self, "bit \(bit)") { try Manifest(changed, file: "m") }
    }
    for count in bytes.indices {
      #expect(throws: IndexError.self, "\(count) bytes") { try Manifest(Array(bytes.prefix(count)), file: "m") }
    }
    #expect(throws: IndexError.self) { try Manifest(bytes + [0x0A], file: "m") }
  }

  @Test(arguments: [
    "{}", "{\"format\":\"1\"}", "{\"format\":4}", "{\"format\":4,\"analyzer\":null,\"statistics\":{},\"segments\":[]}",
    "{\"format\":4,\"analyzer\":0,\"statistics\":{\"documents\":1,\"passages\":1,\"tokens\":1},\"segments\":[{}]}",
    "{\"format\":4,\"analyzer\":0,\"statistics\":{\"documents\":1,\"passages\":1,\"tokens\":1.5},\"segments\":[]}",
    "{\"format\":4,\"analyzer\":0,\"statistics\":{\"documents\":1,\"passages\":1,\"tokens\":1},\"segments\":"
      + "[{\"file\":\"../x\",\"id\":\"\",\"bytes\":1}]}",
    "{\"format\":4,\"analyzer\":0,\"statistics\":{\"documents\":1,\"passages\":1,\"tokens\":1},\"segments\":"
      + "[{\"file\":\"x\",\"id\":\"\",\"bytes\":-1}]}",
    "{\"format\":4,\"analyzer\":0,\"statistics\":{\"documents\":1,\"passages\":1,\"tokens\":1},\"segments\":"
      + "[{\"file\":\"x\",\"id\":\"\",\"bytes\":1,\"heading_weight\":-1}]}",
    "{\"format\":4,",
  ])
  func soundTextThatIsNoManifestIsDamage(body: String) {
    #expect {
      try Manifest(signed(body), file: "folder/manifest")
    } throws: { error in
      guard case .damaged(let file, let section, _) = error as? IndexError else { return false }
      return file == "folder/manifest" && section == "manifest"
    }
  }

  @Test func otherVersionsAndOtherFilesAreNamed() {
    let later = IndexError.unsupportedVersion(file: "m", found: 99, supported: SegmentLayout.readable)
    #expect(throws: later) { try Manifest(signed("{\"format\":99}"), file: "m") }
    for bytes in [[], Array("hello".utf8), [UInt8](repeating: 0, count: 100)] {
      #expect(throws: IndexError.foreignFile(file: "m", expected: "expected a JSON object and its checksum")) {
        try Manifest(bytes, file: "m")
      }
    }
  }

  @Test func aFolderWithoutOneIsNoIndex() throws {
    let folder = TemporaryFolder()
    #expect(throws: IndexError.notAnIndex(folder: folder.path)) { try Manifest(in: StorageFolder(folder.path)) }
    try StorageFolder(folder.path).replace(Manifest.fileName, with: manifest.encoded())
    #expect(try Manifest(in: StorageFolder(folder.path)) == manifest)
  }
}
