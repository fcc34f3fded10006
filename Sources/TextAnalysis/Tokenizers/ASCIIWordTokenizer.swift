import ByteStorage

/// The tokenizer `whitespace` for texts of ASCII alone: finds the words by words of the machine, 64 bytes at a time, and
/// writes the same tokens as `PlainTokenizer`.
///
/// The keys are the text itself, where every blank has become the kind of the word behind it.
enum ASCIIWordTokenizer {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  private static let blockSize = 64

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
        let words = scanner.mask(UnsafeRawPointer(text.baseAddress!) + offset, keys + 1 + offset)
        guard scanner.addWords(words, at: offset, to: &tokens) else { return nil }
      }
      let rest = text.count % blockSize
      if rest > 0 {
        let offset = text.count - rest
        let isShort = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: blockSize) { padded in
          padded.initialize(repeating: 0x20)
          for index in 0..<rest { padded[index] = text[offset + index] }
          let words = scanner.mask(UnsafeRawPointer(padded.baseAddress!), keys + 1 + offset)
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
    mutating func mask(_ text: UnsafeRawPointer, _ keys: UnsafeMutablePointer<UInt8>) -> UInt64 {
      let target = UnsafeMutableRawPointer(keys)
      var mask: UInt64 = 0
      var all: UInt64 = 0
      for index in 0..<8 {
        let bytes = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        all |= bytes
        // The high bit of every byte above 0x20 but 0x7F; sums of ASCII do not carry.
        let inWord = (bytes &+ ones &* 0x5F) & ((bytes ^ ones &* 0x7F) &+ ones &* 0x7F) & highs
        let bits = inWord >> 7
        let whole = bits &* 0xFF
        let kept = bytes & whole | (ones &* UInt64(TokenKind.exact.rawValue)) & ~whole
        target.storeBytes(of: kept.littleEndian, toByteOffset: 8 * index, as: UInt64.self)
        // Brings the eight bits together in the highest byte.
        mask |= ((bits &* 0x0102_0408_1020_4080) >> 56) &<< UInt64(8 &* index)
      }
      if all & highs != 0 { isASCII = false }
      return mask
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
