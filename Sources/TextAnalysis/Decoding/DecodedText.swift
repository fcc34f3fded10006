/// The text of a file as UTF-8, with the way back to the bytes of the file.
package struct DecodedText: Sendable {
  /// Valid UTF-8 without a byte order mark.
  package let text: [UInt8]
  /// The encoding of the file by its IANA name, such as `UTF-8` or `GB18030`.
  package let encoding: String
  private let map: OffsetMap

  private enum OffsetMap: Sendable {
    /// The file is UTF-8 and `text` begins at this byte of it.
    case identity(start: Int)
    /// Another encoding.
    case converted(ScalarLengths)
  }

  /// A file in UTF-8 whose text begins after a byte order mark of `markLength` bytes, which may be 0.
  init(utf8 text: [UInt8], markLength: Int) {
    self.text = text
    encoding = "UTF-8"
    map = .identity(start: markLength)
  }

  /// A file in another encoding.
  init(text: [UInt8], encoding: String, lengths: ScalarLengths) {
    self.text = text
    self.encoding = encoding
    map = .converted(lengths)
  }

  /// The byte of the file at which the character stands that covers the byte `offset` of `text`.
  ///
  /// - Parameter offset: from 0 to `text.count`; the end of the text maps to the end of the file.
  package func sourceOffset(ofUTF8Offset offset: Int) -> Int {
    precondition(offset >= 0 && offset <= text.count)
    switch map {
    case .identity(let start): return start + offset
    case .converted(let lengths): return lengths.sourceOffset(ofUTF8Offset: offset, in: text)
    }
  }
}

/// How many bytes of the file each code point of the text takes, with a landmark every 256 code points.
struct ScalarLengths: Sendable {
  private struct Landmark {
    /// Offset in the UTF-8 text.
    var text: Int
    /// Offset in the file.
    var source: Int
  }

  private static let interval = 256
  private var lengths: [UInt8] = []
  private var landmarks: [Landmark] = []
  /// Where the first character starts in the file: after the byte order mark.
  private var source: Int

  init(start: Int) {
    source = start
  }

  /// Adds the code point that begins at the offset `text` of the UTF-8 text.
  mutating func append(text: Int, sourceLength: Int) {
    if lengths.count % Self.interval == 0 { landmarks.append(Landmark(text: text, source: source)) }
    lengths.append(UInt8(sourceLength))
    source += sourceLength
  }

  func sourceOffset(ofUTF8Offset offset: Int, in text: [UInt8]) -> Int {
    if offset == text.count { return source }
    var low = 0
    var high = landmarks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if landmarks[middle].text <= offset { low = middle } else { high = middle }
    }
    var position = landmarks[low].text
    var result = landmarks[low].source
    var index = low * Self.interval
    while true {
      let first = text[position]
      position += first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      if position > offset { return result }
      result += Int(lengths[index])
      index += 1
    }
  }
}
