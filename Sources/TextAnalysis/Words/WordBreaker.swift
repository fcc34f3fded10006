import ByteStorage
internal import CICU

/// Finds where ICU's words begin among the units of a folded text.
final class WordBreaker {
  private let breaker: OpaquePointer
  private var text = PlainBuffer<UInt16>(capacity: 1024)
  private var ends = PlainBuffer<Int32>(capacity: 1024)
  private var flags = PlainBuffer<UInt8>(capacity: 1024)
  private var joins = PlainBuffer<Bool>(capacity: 1024)

  init() throws(AnalyzerError) {
    var status: Int32 = 0
    guard let breaker = cicu_word_breaker_open(&status) else {
      throw .serviceUnavailable(service: "ICU word breaker", code: String(cString: cicu_status_name(status)))
    }
    self.breaker = breaker
  }

  deinit {
    cicu_word_breaker_close(breaker)
  }

  /// For each of `units` whether it belongs to the same word as the unit before it; `false` for the first. Valid until
  /// the next call.
  ///
  /// - Parameters:
  ///   - units: neighbours in the folded text.
  ///   - bytes: the folded text.
  func joins(_ units: UnsafeBufferPointer<Unit>, in bytes: UnsafePointer<UInt8>) -> UnsafeBufferPointer<Bool> {
    joins.count = 0
    joins.reserve(units.count)
    joins.append(false)
    if !addJoinsByRules(units, bytes) {
      joins.count = 1
      addJoinsByICU(units, bytes)
    }
    return joins.elements
  }

  /// Adds what the rules for ASCII say; `false` where they say nothing about a pair of units.
  private func addJoinsByRules(_ units: UnsafeBufferPointer<Unit>, _ bytes: UnsafePointer<UInt8>) -> Bool {
    guard isASCII(units, bytes) else { return false }
    for index in 1..<units.count {
      guard let joined = Self.asciiJoins(units[index - 1], units[index], bytes) else { return false }
      joins.append(joined)
    }
    return true
  }

  private func isASCII(_ units: UnsafeBufferPointer<Unit>, _ bytes: UnsafePointer<UInt8>) -> Bool {
    for index in Int(units[0].start)..<Int(units[units.count - 1].end) where bytes[index] >= 0x80 { return false }
    return true
  }

  /// Whether two units of ASCII are parts of one word by the rules WB5 to WB13b of Unicode Standard Annex #29. The tests
  /// compare this with ICU; it saves the call for most English text. `nil` where the answer depends on the version of
  /// ICU: releases differ on the colon, and release 72 joins letters by an at sign.
  static func asciiJoins(_ first: Unit, _ second: Unit, _ bytes: UnsafePointer<UInt8>) -> Bool? {
    let gap = Int(first.end)..<Int(second.start)
    if gap.isEmpty { return true }
    if gap.count == 1 && first.characterClass == second.characterClass {
      switch bytes[gap.lowerBound] {
      case 0x27, 0x2E: return true  // apostrophe, full stop
      case 0x2C, 0x3B: return first.characterClass == .digit  // comma, semicolon
      case 0x3A: return nil  // colon
      default: break
      }
    }
    var isLowLine = true
    for index in gap {
      if bytes[index] == 0x40 { return nil }  // at sign
      if bytes[index] != 0x5F { isLowLine = false }
    }
    return isLowLine
  }

  private func addJoinsByICU(_ units: UnsafeBufferPointer<Unit>, _ bytes: UnsafePointer<UInt8>) {
    let start = Int(units[0].start)
    let end = Int(units[units.count - 1].end)
    text.count = 0
    text.reserve(end - start)
    ends.reserve(end - start)
    flags.reserve(end - start)
    let source = UnsafeBufferPointer(start: bytes, count: end)
    var index = start
    while index < end {
      let (scalar, length) = decodeUTF8(source, at: index)
      index += length
      if scalar < 0x10000 {
        text.append(UInt16(truncatingIfNeeded: scalar))
      } else {
        text.append(UInt16(truncatingIfNeeded: 0xD7C0 + scalar >> 10))
        text.append(UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF))
      }
    }
    var status: Int32 = 0
    let count = Int(
      cicu_word_breaks(breaker, text.base, Int32(text.count), ends.base, flags.base, &status))
    precondition(status == 0, "ICU could not break words: \(String(cString: cicu_status_name(status)))")
    // Walks through the text once more, with the breaks in UTF-16 and the units in UTF-8.
    var boundary = 0
    var utf16 = 0
    index = start
    for number in 1..<max(units.count, 1) {
      let gapStart = Int(units[number - 1].end)
      let gapEnd = Int(units[number].start)
      utf16 += utf16Length(source, from: index, to: gapStart)
      while boundary < count && Int(ends.base[boundary]) < utf16 { boundary += 1 }
      utf16 += utf16Length(source, from: gapStart, to: gapEnd)
      index = gapEnd
      joins.append(!(boundary < count && Int(ends.base[boundary]) <= utf16))
    }
  }

  @inline(__always)
  private func utf16Length(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
    var length = 0
    for index in start..<end {
      let byte = bytes[index]
      length += byte >= 0xF0 ? 2 : byte & 0xC0 != 0x80 ? 1 : 0
    }
    return length
  }
}
