import ByteStorage
package import SearchModel

/// Tells from its scripts which language a text is mainly written in.
package enum LanguageDetector {
  /// The main language of a text.
  ///
  /// Let `h`, `k` and `g` be the numbers of Han, kana and Hangul characters and `w` the number of words in Latin
  /// letters. Hangul that outnumbers both Han and Latin words is Korean; kana that is a tenth or more of `h + k` is
  /// Japanese; Han characters at least as many as Latin words are Chinese; other Latin words are English; all else is
  /// undetermined. A character of Chinese carries about as much as half a word of English, so equal counts lean to
  /// Chinese: notes in Chinese that name many things in English stay Chinese.
  ///
  /// - Parameter text: valid UTF-8.
  package static func language(of text: UnsafeBufferPointer<UInt8>) -> Language {
    var han = 0
    var kana = 0
    var hangul = 0
    var words = 0
    var isInWord = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        if let plain = PlainWords(text, at: index) {
          words += plain.beginnings(isInWord: &isInWord)
          index += plain.count
          continue
        }
        let isLetter = (byte | 0x20) &- 0x61 < 26
        if isLetter && !isInWord { words += 1 }
        // An apostrophe or a digit does not end a word.
        isInWord = isLetter || (isInWord && (byte == 0x27 || byte &- 0x30 < 10))
        index += 1
        continue
      }
      let (scalar, length) = decodeUTF8(text, at: index)
      index += length
      switch scalar {
      case 0xC0...0x24F where scalar != 0xD7 && scalar != 0xF7, 0x1E00...0x1EFF:
        if !isInWord { words += 1 }
        isInWord = true
        continue
      case 0x300...0x36F, 0xAD, 0x2019:
        continue
      case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3007: han += 1
      case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0x31F0...0x31FF, 0xFF66...0xFF9D: kana += 1
      case 0xAC00...0xD7A3, 0x1100...0x11FF, 0x3131...0x318E: hangul += 1
      default: break
      }
      isInWord = false
    }
    if hangul > han && hangul > words { return .korean }
    if kana > 0 && kana * 10 >= han + kana && han + kana >= words { return .japanese }
    if han > 0 && han >= words { return .chinese }
    return words > 0 ? .english : .undetermined
  }
}

/// Bytes of ASCII, in which words are found side by side.
private struct PlainWords {
  /// How many bytes there are, at least one.
  let count: Int
  private let letters: UInt64
  /// Digits and apostrophes, which do not end a word.
  private let joints: UInt64

  /// Nil where the text ends within a block.
  ///
  /// - Precondition: the byte at `index` is ASCII.
  @inline(__always)
  init?(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
    guard index &+ ASCIIKernels.blockSize <= text.count else { return nil }
    (letters, joints, count) = ASCIIKernels.letters(in: text.baseAddress.unsafelyUnwrapped + index)
  }

  /// How many words begin in the bytes. `isInWord` tells whether the byte before them belongs to a word and is left telling
  /// whether their last one does.
  @inline(__always)
  func beginnings(isInWord: inout Bool) -> Int {
    let carried: UInt64 = isInWord ? 1 : 0
    // A joint behind a letter belongs to the word, and so do the joints behind it: 1 added to their bits carries through them
    // and leaves zeros.
    let first = ((letters << 1) | carried) & joints
    let inWord = letters | (joints & ~(joints &+ first))
    let begins = letters & ~((inWord << 1) | carried)
    isInWord = (inWord &>> UInt64(count &- 1)) & 1 == 1
    // What stands behind the first other character is looked at later.
    return (begins & (.max &>> UInt64(64 &- count))).nonzeroBitCount
  }
}
