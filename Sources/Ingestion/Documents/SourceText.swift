import TextAnalysis

/// Text that is being parsed, with the way back to the bytes of its source.
struct SourceText {
  private enum Origin {
    /// The bytes themselves.
    case source
    case decoded(DecodedText)
  }

  let bytes: [UInt8]
  /// False for lines of records of which some may be no UTF-8.
  let isUTF8: Bool
  private let origin: Origin
  /// Where the bytes that were decoded begin in their source.
  private let start: Int

  init(_ decoded: DecodedText, start: Int = 0) {
    bytes = decoded.text
    isUTF8 = true
    origin = .decoded(decoded)
    self.start = start
  }

  /// Bytes that stand in the source as they are, from `start` on.
  init(_ bytes: [UInt8], start: Int, isUTF8: Bool) {
    self.bytes = bytes
    self.isUTF8 = isUTF8
    origin = .source
    self.start = start
  }

  /// The bytes of the source that a range of the text was read from.
  func sourceRange(of range: Range<Int>) -> Range<Int> {
    switch origin {
    case .source:
      start + range.lowerBound..<start + range.upperBound
    case .decoded(let decoded):
      start + decoded.sourceOffset(ofUTF8Offset: range.lowerBound)..<start
        + decoded.sourceOffset(ofUTF8Offset: range.upperBound)
    }
  }
}
