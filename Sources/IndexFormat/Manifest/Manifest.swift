package import ByteStorage
package import JSONText

/// What an index is at one moment: its segments, its analyzer and its statistics.
///
/// The file `manifest` is one JSON object on one line, then its XXH3 checksum as 16 hexadecimal digits on a second line.
/// It holds nothing that differs between two builds of the same input.
package struct Manifest: Sendable, Equatable {
  /// Segments in the order of their passages.
  package var segments: [SegmentRecord]
  /// The analyzer's description with the versions of the libraries behind it.
  package var analyzer: JSONValue
  /// Documents, passages and scored tokens of all segments together, for a look without opening them.
  package var documents: Int
  package var passages: Int
  package var totalLength: Int

  /// The name of the file in the index folder.
  package static let fileName = "manifest"

  package init(
    segments: [SegmentRecord], analyzer: JSONValue, documents: Int, passages: Int, totalLength: Int
  ) {
    self.segments = segments
    self.analyzer = analyzer
    self.documents = documents
    self.passages = passages
    self.totalLength = totalLength
  }

  /// The bytes of the file.
  package func encoded() -> [UInt8] {
    let segments = segments.map { segment -> JSONValue in
      ["file": .string(segment.file), "id": .string(segment.identity), "bytes": .integer(segment.byteCount)]
    }
    let object: JSONValue = [
      "format": .integer(SegmentLayout.version), "analyzer": analyzer,
      "statistics": [
        "documents": .integer(documents), "passages": .integer(passages), "tokens": .integer(totalLength),
      ],
      "segments": .array(segments),
    ]
    let body = object.encoded()
    return body + [0x0A] + Manifest.checksum(of: body) + [0x0A]
  }

  private static func checksum(of body: [UInt8]) -> [UInt8] {
    let digits = String(body.withUnsafeBytes { Checksum.of($0) }, radix: 16)
    return Array((String(repeating: "0", count: 16 - digits.count) + digits).utf8)
  }

  /// Reads a manifest.
  ///
  /// - Parameter file: the path for messages.
  package init(_ bytes: [UInt8], file: String) throws(IndexError) {
    func damaged(_ reason: String) -> IndexError { .damaged(file: file, section: "manifest", reason: reason) }
    guard bytes.first == UInt8(ascii: "{") else {
      throw .foreignFile(file: file, expected: "expected a JSON object and its checksum")
    }
    let tail = 18  // line end, 16 digits, line end
    guard bytes.count > tail, bytes[bytes.count - tail] == 0x0A, bytes.last == 0x0A else {
      throw damaged("expected a line of JSON and a line with its checksum")
    }
    let body = Array(bytes.dropLast(tail))
    guard Manifest.checksum(of: body).elementsEqual(bytes.suffix(17).dropLast()) else {
      throw damaged("the checksum does not match")
    }
    let object: JSONValue
    do { object = try JSONValue(parsing: body) } catch { throw damaged("\(error)") }
    guard let version = object["format"]?.integer else { throw damaged("expected the number `format`") }
    guard SegmentLayout.readable.contains(version) else {
      throw .unsupportedVersion(file: file, found: version, supported: SegmentLayout.readable)
    }
    guard let analyzer = object["analyzer"], let list = object["segments"]?.array,
      let documents = object["statistics"]?["documents"]?.integer,
      let passages = object["statistics"]?["passages"]?.integer,
      let totalLength = object["statistics"]?["tokens"]?.integer
    else { throw damaged("expected `analyzer`, `statistics` and `segments`") }
    var segments: [SegmentRecord] = []
    for entry in list {
      guard let name = entry["file"]?.string, let identity = entry["id"]?.string,
        let count = entry["bytes"]?.integer, !name.contains("/"), count >= 0
      else { throw damaged("expected `file`, `id` and `bytes` of each segment") }
      segments.append(SegmentRecord(file: name, identity: identity, byteCount: count))
    }
    self.init(
      segments: segments, analyzer: analyzer, documents: documents, passages: passages, totalLength: totalLength)
  }

  /// Reads the manifest of an index folder.
  package init(in folder: StorageFolder) throws(IndexError) {
    guard folder.contains(Manifest.fileName) else { throw .notAnIndex(folder: folder.path) }
    let bytes: [UInt8]
    do { bytes = try folder.read(Manifest.fileName) } catch { throw .storage(error) }
    try self.init(bytes, file: folder.path(of: Manifest.fileName))
  }
}
