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

  /// How often the words of headings count in every passage below them; the same in all segments, because it goes into
  /// frequencies that are compared.
  package var headingWeight: Int { segments.first?.headingWeight ?? 0 }

  /// Headings cannot count more often.
  package static let greatestHeadingWeight = 100

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
      var members = [
        JSONValue.Member(key: "file", value: .string(segment.file)),
        JSONValue.Member(key: "id", value: .string(segment.identity)),
        JSONValue.Member(key: "bytes", value: .integer(segment.byteCount)),
      ]
      if segment.headingWeight > 0 {
        members.append(JSONValue.Member(key: "heading_weight", value: .integer(segment.headingWeight)))
      }
      return .object(members)
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
      let weight = entry["heading_weight"] ?? .integer(0)
      guard let weight = weight.integer, (0...Manifest.greatestHeadingWeight).contains(weight) else {
        throw damaged("expected 0 to \(Manifest.greatestHeadingWeight) as `heading_weight` of \(name)")
      }
      segments.append(SegmentRecord(file: name, identity: identity, byteCount: count, headingWeight: weight))
    }
    if let other = segments.first(where: { $0.headingWeight != segments[0].headingWeight }) {
      throw damaged(
        "expected one `heading_weight` in all segments, found \(segments[0].headingWeight) in \(segments[0].file) "
          + "and \(other.headingWeight) in \(other.file)")
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
