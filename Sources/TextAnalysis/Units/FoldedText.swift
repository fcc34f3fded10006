import ByteStorage

/// A text after folding, divided into units.
///
/// The division is free of context: it looks at the classes of the folded characters alone, so the units of a piece that
/// is cut at the edges of units are the units of the whole at that place. That is what makes quoting exact.
struct FoldedText: ~Copyable {
  /// The folded text in UTF-8, blanks as single spaces and characters without meaning left out. At least 64 bytes of
  /// memory follow its end.
  private(set) var bytes = PlainBuffer<UInt8>(capacity: 4096)
  private(set) var units = PlainBuffer<Unit>(capacity: 1024)
  private(set) var signs = PlainBuffer<Sign>(capacity: 16)
  /// Where there is a `(` in the folded text.
  private(set) var openings = PlainBuffer<UInt32>(capacity: 16)

  /// Bytes that stay free after the folded text, so that a word may be loaded 16 bytes at a time.
  private static let slack = 64
  private static let longestUnit = TokenBuffer.longestKey - 1
  /// The most code points that are normalized together; more marks than that on one letter are not language.
  private static let longestSegment = 32

  // The unit that is being made.
  private var open: CharacterClass?
  private var unit = Unit(
    start: 0, end: 0, sourceStart: 0, sourceEnd: 0, characterClass: .letter, followsBlank: false, isASCII: true)
  private var blankSeen = false

  /// Folds and divides `text`, which has to be valid UTF-8.
  mutating func scan(_ text: UnsafeBufferPointer<UInt8>, with table: CharacterTable) {
    bytes.count = 0
    units.count = 0
    signs.count = 0
    openings.count = 0
    open = nil
    blankSeen = false
    // No ASCII byte grows, and no other code point of two bytes or more becomes longer than four by a single folding;
    // `foldSegment` renews the room for what lies after it.
    bytes.reserve(2 * text.count + Self.slack)
    let splitsAtBlanksOnly = table.options.splitsAtBlanksOnly
    let ascii = table.ascii
    var index = 0
    while index < text.count {
      if text[index] < 0x80 {
        if index + 1 < text.count, text[index + 1] >= 0x80, !table[decodeUTF8(text, at: index + 1).scalar].beginsSegment
        {
          index = foldSegment(text, from: index, with: table)
          continue
        }
        index = scanASCII(text, from: index, ascii)
        continue
      }
      let (scalar, length) = decodeUTF8(text, at: index)
      let entry = table[scalar]
      let next = index + length
      if entry.isSingle {
        let characterClass = entry.characterClass
        if !splitsAtBlanksOnly && (characterClass == .emoji || characterClass == .regionalIndicator) {
          index = scanEmoji(text, from: index, with: table)
          continue
        }
        if entry.standsAlone || next == text.count || text[next] < 0x80
          || table[decodeUTF8(text, at: next).scalar].beginsSegment
        {
          put(entry.scalar, characterClass, sourceStart: index, sourceEnd: next)
          index = next
          continue
        }
      }
      index = foldSegment(text, from: index, with: table)
    }
    close()
  }

  /// Takes ASCII bytes of one class from `start` on, but none that a character beyond ASCII follows, save the first.
  @inline(__always)
  private mutating func scanASCII(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ ascii: UnsafeMutablePointer<UInt16>
  ) -> Int {
    let entry = ascii[Int(text[start])]
    let characterClass = CharacterClass(rawValue: UInt8(truncatingIfNeeded: entry >> 8)).unsafelyUnwrapped
    guard characterClass == .letter || characterClass == .digit else {
      close()
      if characterClass == .blank {
        blankSeen = true
        bytes.base[bytes.count] = 0x20
      } else {
        let byte = UInt8(truncatingIfNeeded: entry)
        bytes.base[bytes.count] = byte
        if byte == 0x23 || byte == 0x2B {
          signs.append(Sign(offset: UInt32(bytes.count), sourceEnd: UInt32(start + 1)))
        } else if byte == 0x28 {
          openings.append(UInt32(bytes.count))
        }
      }
      bytes.count += 1
      return start + 1
    }
    if open != characterClass || bytes.count - Int(unit.start) >= Self.longestUnit {
      startRun(characterClass, sourceStart: start)
    }
    let memory = bytes.base
    var index = start
    var end = bytes.count
    let limit = Int(unit.start) + Self.longestUnit
    var byte = UInt8(truncatingIfNeeded: entry)
    while true {
      memory[end] = byte
      end += 1
      index += 1
      guard index < text.count, end < limit, text[index] < 0x80 else { break }
      let next = ascii[Int(text[index])]
      guard next >> 8 == entry >> 8, index + 1 == text.count || text[index + 1] < 0x80 else { break }
      byte = UInt8(truncatingIfNeeded: next)
    }
    bytes.count = end
    unit.sourceEnd = UInt32(index)
    return index
  }

  /// Takes one emoji sequence: a flag, or a picture with its skin tone, tags and what zero-width joiners add to it.
  /// Variation selectors are left out.
  private mutating func scanEmoji(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, with table: CharacterTable
  ) -> Int {
    close()
    begin(.emoji, sourceStart: start)
    let (first, length) = decodeUTF8(text, at: start)
    var index = start + length
    write(first)
    func scalar(at index: Int) -> (scalar: UInt32, length: Int)? {
      index < text.count && text[index] >= 0x80 ? decodeUTF8(text, at: index) : nil
    }
    if table[first].characterClass == .regionalIndicator {
      if let next = scalar(at: index), table[next.scalar].characterClass == .regionalIndicator {
        write(next.scalar)
        index += next.length
      }
    } else {
      while let next = scalar(at: index), bytes.count - Int(unit.start) + 8 <= Self.longestUnit {
        if next.scalar == 0x200D {
          guard let joined = scalar(at: index + next.length), table[joined.scalar].characterClass == .emoji else {
            break
          }
          write(next.scalar)
          write(joined.scalar)
          index += next.length + joined.length
        } else if (0x1F3FB...0x1F3FF).contains(next.scalar) || (0xE0020...0xE007F).contains(next.scalar) {
          write(next.scalar)
          index += next.length
        } else if next.scalar & ~1 == 0xFE0E {
          index += next.length
        } else {
          break
        }
      }
    }
    unit.sourceEnd = UInt32(index)
    return index
  }

  /// Folds the segment that begins at `start`: the character there and those after it that begin none of their own.
  @inline(never)
  private mutating func foldSegment(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, with table: CharacterTable
  ) -> Int {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 2 * Self.longestSegment) { units in
      var count = 0
      var scalars = 0
      var index = start
      while index < text.count, scalars < Self.longestSegment {
        let (scalar, length) = decodeUTF8(text, at: index)
        if scalars > 0 && (scalar < 0x80 || table[scalar].beginsSegment) { break }
        if scalar < 0x10000 {
          units[count] = UInt16(truncatingIfNeeded: scalar)
          count += 1
        } else {
          units[count] = UInt16(truncatingIfNeeded: 0xD7C0 + scalar >> 10)
          units[count + 1] = UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF)
          count += 2
        }
        scalars += 1
        index += length
      }
      let first = decodeUTF8(text, at: start).scalar
      let folded = table.fold(UnsafeBufferPointer(rebasing: units[..<count]))
      bytes.reserve(4 * folded.count + 2 * (text.count - index) + Self.slack)
      for scalar in folded {
        put(scalar, table.classOf(scalar, from: first), sourceStart: start, sourceEnd: index)
      }
      return index
    }
  }

  /// Adds one folded code point.
  @inline(__always)
  private mutating func put(
    _ scalar: UInt32, _ characterClass: CharacterClass, sourceStart: Int, sourceEnd: Int
  ) {
    switch characterClass {
    case .unspaced:
      close()
      begin(.unspaced, sourceStart: sourceStart)
      write(scalar)
      unit.sourceEnd = UInt32(sourceEnd)
    case .letter, .digit, .numeral:
      if open != characterClass || bytes.count - Int(unit.start) + utf8Length(scalar) > Self.longestUnit {
        startRun(characterClass, sourceStart: sourceStart)
      }
      write(scalar)
      unit.sourceEnd = UInt32(sourceEnd)
    case .mark:
      guard open != nil else { return }
      // Marks beyond the longest key are dropped, so that no unit begins with a mark.
      if bytes.count - Int(unit.start) + utf8Length(scalar) <= Self.longestUnit { write(scalar) }
      unit.sourceEnd = UInt32(sourceEnd)
    case .ignorable:
      if open != nil { unit.sourceEnd = UInt32(sourceEnd) }
    case .blank:
      close()
      blankSeen = true
      bytes.base[bytes.count] = 0x20
      bytes.count += 1
    case .separator:
      close()
      if scalar == 0x23 || scalar == 0x2B {
        signs.append(Sign(offset: UInt32(bytes.count), sourceEnd: UInt32(sourceEnd)))
      } else if scalar == 0x28 {
        openings.append(UInt32(bytes.count))
      }
      write(scalar)
    case .emoji, .regionalIndicator:
      close()
      begin(.emoji, sourceStart: sourceStart)
      write(scalar)
      unit.sourceEnd = UInt32(sourceEnd)
    }
  }

  /// Begins a letter run or a digit run. Numerals and digits side by side are kept apart, in words as well, by a sign
  /// between them in the folded text.
  @inline(__always)
  private mutating func startRun(_ characterClass: CharacterClass, sourceStart: Int) {
    let isNumber = (characterClass == .digit && open == .numeral) || (characterClass == .numeral && open == .digit)
    close()
    if isNumber { write(0x5E) }
    begin(characterClass, sourceStart: sourceStart)
    if characterClass == .numeral { unit.characterClass = .digit }
  }

  @inline(__always)
  private mutating func begin(_ characterClass: CharacterClass, sourceStart: Int) {
    open = characterClass
    unit.start = UInt32(bytes.count)
    unit.sourceStart = UInt32(sourceStart)
    unit.characterClass = characterClass
    unit.followsBlank = blankSeen
    unit.isASCII = true
    blankSeen = false
  }

  @inline(__always)
  private mutating func close() {
    guard open != nil else { return }
    unit.end = UInt32(bytes.count)
    units.append(unit)
    open = nil
  }

  /// Writes a code point in UTF-8, for which there has to be room.
  @inline(__always)
  private mutating func write(_ scalar: UInt32) {
    let memory = bytes.base + bytes.count
    if scalar < 0x80 {
      memory[0] = UInt8(truncatingIfNeeded: scalar)
      bytes.count += 1
      return
    }
    unit.isASCII = false
    if scalar < 0x800 {
      memory[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
      memory[1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      bytes.count += 2
    } else if scalar < 0x10000 {
      memory[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
      memory[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
      memory[2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      bytes.count += 3
    } else {
      memory[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
      memory[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
      memory[2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
      memory[3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      bytes.count += 4
    }
  }

  @inline(__always)
  private func utf8Length(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }
}
