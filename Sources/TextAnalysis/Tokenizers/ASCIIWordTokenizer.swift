import ByteStorage

/// The tokenizer `whitespace` for texts of ASCII alone: finds the words 64 bytes at a time, and
/// writes the same tokens as `PlainTokenizer`.
///
/// The keys are the text itself, where every blank has become the kind of the word behind it.
enum ASCIIWordTokenizer {
  private static let blockSize = ASCIIKernels.blockSize

  /// Replaces the content of `writer` by the words of `text` and returns how many there are; nil where the text has other
  /// characters or a word that is too long for a key, and then what `writer` holds is of no use.
  static func tokenize(_ text: UnsafeBufferPointer<UInt8>, into writer: inout TokenWriter) -> Int? {
    // Most texts of another script show it at once.
    if let first = text.first, first >= 0x80 { return nil }
    let blocks = (text.count + blockSize - 1) / blockSize
    return writer.fill(count: 1 + blocks * blockSize + TokenView.slack) { keys, tokens in
      keys[0] = TokenKind.exact.rawValue
      var scanner = Scanner(start: nil, isASCII: true)
      for block in 0..<text.count / blockSize {
        let offset = block * blockSize
        let words = scanner.mask(text.baseAddress! + offset, keys + 1 + offset)
        guard scanner.addWords(words, at: offset, to: &tokens) else { return nil }
      }
      let rest = text.count % blockSize
      if rest > 0 {
        let offset = text.count - rest
        let isShort = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: blockSize) { padded in
          padded.initialize(repeating: 0x20)
          for index in 0..<rest { padded[index] = text[offset + index] }
          let words = scanner.mask(padded.baseAddress!, keys + 1 + offset)
          return scanner.addWords(words, at: offset, to: &tokens)
        }
        guard isShort else { return nil }
      }
      if let start = scanner.start {
        guard scanner.add(start, text.count, to: &tokens) else { return nil }
      }
      return scanner.isASCII ? tokens.count : nil
    }
  }

  private struct Scanner {
    /// Where the word begins that the last block ended with.
    var start: Int?
    var isASCII: Bool

    /// Writes a block with its blanks replaced, and returns which of its bytes belong to words, as bits.
    @inline(__always)
    mutating func mask(_ text: UnsafePointer<UInt8>, _ keys: UnsafeMutablePointer<UInt8>) -> UInt64 {
      let (bits, isASCII) = ASCIIKernels.words(in: text, blank: TokenKind.exact.rawValue, into: keys)
      self.isASCII = self.isASCII && isASCII
      return bits
    }

    /// Adds the words that end in a block; false where one is too long or the text is not ASCII.
    @inline(__always)
    mutating func addWords(_ mask: UInt64, at offset: Int, to tokens: inout PlainBuffer<Token>) -> Bool {
      guard isASCII else { return false }
      // Bits where a word begins or has ended, by turns.
      var edges = mask ^ (mask << 1 | (start == nil ? 0 : 1))
      if let begun = start {
        guard edges != 0 else { return true }
        guard add(begun, offset + edges.trailingZeroBitCount, to: &tokens) else { return false }
        edges &= edges &- 1
        start = nil
      }
      tokens.reserve(blockSize)
      while edges != 0 {
        let first = offset &+ edges.trailingZeroBitCount
        edges &= edges &- 1
        if edges == 0 {
          start = first
          return true
        }
        guard add(first, offset &+ edges.trailingZeroBitCount, to: &tokens) else { return false }
        edges &= edges &- 1
      }
      return true
    }

    /// Adds the word `start..<end`; false where it is too long.
    @inline(__always)
    func add(_ start: Int, _ end: Int, to tokens: inout PlainBuffer<Token>) -> Bool {
      guard end &- start < TokenBuffer.longestKey else { return false }
      let place = UInt32(truncatingIfNeeded: start)
      tokens.append(
        Token(
          keyStart: place, keyLength: UInt32(truncatingIfNeeded: end &- start &+ 1),
          position: UInt32(truncatingIfNeeded: tokens.count), positionLength: 1, sourceStart: place,
          sourceEnd: UInt32(truncatingIfNeeded: end), kind: .exact, roles: [.scored, .positional]))
      return true
    }
  }
}
