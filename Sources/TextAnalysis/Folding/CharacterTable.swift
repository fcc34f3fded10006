internal import CICU

/// What folding makes of each code point, filled as texts ask for it.
///
/// A code point costs ICU a few hundred nanoseconds once and a load from memory from then on.
final class CharacterTable {
  /// What is known of a code point.
  struct Entry {
    private(set) var bits: UInt32

    /// Folds to exactly one code point, `scalar`, where what follows begins a segment.
    var isSingle: Bool { bits & 1 << 26 != 0 }
    /// Nothing before it is changed by it, so that folding may stop before it.
    var beginsSegment: Bool { bits & 1 << 25 != 0 }
    /// Is not normalized with what follows it.
    var standsAlone: Bool { bits & 1 << 27 != 0 }
    var isFilled: Bool { bits & 1 << 31 != 0 }
    /// The code point that it folds to, if single.
    var scalar: UInt32 { bits & 0x1F_FFFF }
    /// The class of `scalar`, if single.
    var characterClass: CharacterClass {
      CharacterClass(rawValue: UInt8(truncatingIfNeeded: bits >> 21 & 0xF)).unsafelyUnwrapped
    }

    init(bits: UInt32) {
      self.bits = bits
    }

    init(scalar: UInt32, characterClass: CharacterClass, isSingle: Bool, beginsSegment: Bool, standsAlone: Bool) {
      bits =
        1 << 31 | scalar | UInt32(characterClass.rawValue) << 21 | (isSingle ? 1 << 26 : 0)
        | (beginsSegment ? 1 << 25 : 0) | (standsAlone ? 1 << 27 : 0)
    }
  }

  let options: FoldingOptions
  /// For each ASCII byte its class in the upper half and what it folds to in the lower.
  let ascii: UnsafeMutablePointer<UInt16>
  private let pages: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>?>
  private let folder: OpaquePointer
  private let folded: UnsafeMutablePointer<UInt32>
  private static let pageCount = 0x110000 / 256

  init(_ options: FoldingOptions) throws(AnalyzerError) {
    var status: Int32 = 0
    guard let folder = cicu_folder_open(&status) else {
      throw .serviceUnavailable(service: "ICU normalizer", code: String(cString: cicu_status_name(status)))
    }
    self.folder = folder
    self.options = options
    pages = .allocate(capacity: Self.pageCount)
    pages.initialize(repeating: nil, count: Self.pageCount)
    folded = .allocate(capacity: Int(CICU_FOLD_OUTPUT_LIMIT))
    ascii = .allocate(capacity: 128)
    for byte in 0..<UInt16(128) {
      let isUpper = byte &- 0x41 < 26
      let characterClass: CharacterClass =
        if byte <= 0x20 || byte == 0x7F {
          .blank
        } else if options.splitsAtBlanksOnly || isUpper || byte &- 0x61 < 26 {
          .letter
        } else if byte &- 0x30 < 10 {
          .digit
        } else {
          .separator
        }
      ascii[Int(byte)] = UInt16(characterClass.rawValue) << 8 | (options.folds && isUpper ? byte | 0x20 : byte)
    }
  }

  deinit {
    for page in 0..<Self.pageCount { pages[page]?.deallocate() }
    pages.deallocate()
    folded.deallocate()
    ascii.deallocate()
    cicu_folder_close(folder)
  }

  /// What is known of `character`, which has to be a Unicode scalar value.
  @inline(__always)
  subscript(character: UInt32) -> Entry {
    if let page = pages[Int(character >> 8)] {
      let entry = Entry(bits: page[Int(character & 0xFF)])
      if entry.isFilled { return entry }
    }
    return fill(character)
  }

  /// Folds a whole segment of UTF-16; the result is valid until the next call.
  func fold(_ segment: UnsafeBufferPointer<UInt16>) -> UnsafeMutableBufferPointer<UInt32> {
    guard options.folds else { return decode(segment) }
    var status: Int32 = 0
    let count = cicu_fold(folder, segment.baseAddress!, Int32(segment.count), folded, &status)
    // The normalizer fails only for want of room, which the limits of input and output rule out.
    precondition(status == 0, "ICU could not normalize: \(String(cString: cicu_status_name(status)))")
    let result = UnsafeMutableBufferPointer(start: folded, count: Int(count))
    if options.simplifies {
      for index in result.indices where result[index] >= 0x80 { result[index] = cicu_simplified(result[index]) }
    }
    return result
  }

  /// The class of a code point that folding made of a segment with the first character `origin`.
  func classOf(_ character: UInt32, from origin: UInt32) -> CharacterClass {
    let result: CharacterClass =
      if character < 0x80 {
        CharacterClass(rawValue: UInt8(ascii[Int(character)] >> 8)) ?? .separator
      } else {
        classified(character)
      }
    return result == .digit && character != origin && CharacterClass(of: origin) != .digit ? .numeral : result
  }

  private func decode(_ segment: UnsafeBufferPointer<UInt16>) -> UnsafeMutableBufferPointer<UInt32> {
    var count = 0
    for unit in segment {
      if unit & 0xFC00 == 0xDC00, count > 0 {
        folded[count - 1] = 0x10000 + (folded[count - 1] & 0x3FF) << 10 + UInt32(unit & 0x3FF)
      } else {
        folded[count] = UInt32(unit)
        count += 1
      }
    }
    if options.simplifies {
      for index in 0..<count { folded[index] = cicu_simplified(folded[index]) }
    }
    return UnsafeMutableBufferPointer(start: folded, count: count)
  }

  private func classified(_ character: UInt32) -> CharacterClass {
    let result = CharacterClass(of: character)
    return options.splitsAtBlanksOnly && result != .blank ? .letter : result
  }

  @inline(never)
  private func fill(_ character: UInt32) -> Entry {
    let entry = makeEntry(character)
    let number = Int(character >> 8)
    let page: UnsafeMutablePointer<UInt32>
    if let existing = pages[number] {
      page = existing
    } else {
      page = .allocate(capacity: 256)
      page.initialize(repeating: 0, count: 256)
      pages[number] = page
    }
    page[Int(character & 0xFF)] = entry.bits
    return entry
  }

  private func makeEntry(_ character: UInt32) -> Entry {
    if options.folds, let fixed = Self.fixedClass(of: character) {
      // Normalization would delete these or make letters of them.
      let characterClass: CharacterClass = options.splitsAtBlanksOnly && fixed != .blank ? .letter : fixed
      return Entry(
        scalar: character, characterClass: characterClass, isSingle: true, beginsSegment: true, standsAlone: true)
    }
    var units = [UInt16](UTF16.encode(Unicode.Scalar(character)!)!)
    let result = units.withUnsafeMutableBufferPointer { fold(UnsafeBufferPointer($0)) }
    let begins = !options.folds || cicu_begins_segment(folder, character)
    guard result.count == 1 else {
      return Entry(
        scalar: 0, characterClass: .separator, isSingle: false, beginsSegment: begins, standsAlone: false)
    }
    return Entry(
      scalar: result[0], characterClass: classOf(result[0], from: character), isSingle: true, beginsSegment: begins,
      standsAlone: !options.folds)
  }

  /// Characters that keep a class of their own against NFKC_Casefold.
  private static func fixedClass(of character: UInt32) -> CharacterClass? {
    switch character {
    case 0x200B: .blank  // zero-width space, which separates the words of scripts without blanks
    case 0x2120, 0x2122: .separator  // service mark and trade mark, or "Suo™" would read "suotm"
    default: nil
    }
  }
}
