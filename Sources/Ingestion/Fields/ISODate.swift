import SearchModel

extension Timestamp {
  /// Reads a date of ISO 8601, `2025-12-18`, alone or with a time such as `T09:30`, `T09:30:00Z`, ` 09:30:00.5+08:00`.
  ///
  /// A time without a zone is taken as UTC. `nil` for everything else, dates that do not exist among them.
  init?(iso8601 text: String) {
    var reader = ISODateReader(bytes: Array(text.utf8))
    guard reader.bytes.count >= 10, reader.bytes.count <= 40, let days = reader.days() else { return nil }
    var seconds = days * 86_400
    if !reader.isAtEnd {
      guard let time = reader.time() else { return nil }
      seconds += time
    }
    guard reader.isAtEnd else { return nil }
    var written = Array(text.utf8)
    if written.count > 10 { written[10] = UInt8(ascii: "T") }
    self.init(text: String(decoding: written, as: UTF8.self), secondsSince1970: Int64(seconds))
  }
}

/// Reads the parts of an ISO 8601 date from left to right.
private struct ISODateReader {
  let bytes: [UInt8]
  private var index = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  private mutating func number(digits: Int, in range: ClosedRange<Int>) -> Int? {
    guard index + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[index..<index + digits] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte & 0x0F)
    }
    index += digits
    return range.contains(value) ? value : nil
  }

  private mutating func takes(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// Days since 1970-01-01 of the date at the current place.
  mutating func days() -> Int? {
    guard let year = number(digits: 4, in: 0...9999), takes(UInt8(ascii: "-")),
      let month = number(digits: 2, in: 1...12), takes(UInt8(ascii: "-")), let day = number(digits: 2, in: 1...31)
    else { return nil }
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    // Days from the civil date, with years that begin in March: Howard Hinnant, "chrono-Compatible Low-Level Date
    // Algorithms" (2013), days_from_civil.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Seconds of the time behind `T` or a blank, less the offset of its zone.
  mutating func time() -> Int? {
    guard takes(UInt8(ascii: "T")) || takes(UInt8(ascii: "t")) || takes(0x20),
      let hour = number(digits: 2, in: 0...24), takes(UInt8(ascii: ":")), let minute = number(digits: 2, in: 0...59)
    else { return nil }
    var second = 0
    if takes(UInt8(ascii: ":")) {
      guard let value = number(digits: 2, in: 0...60) else { return nil }
      second = value
      if takes(UInt8(ascii: ".")) {
        let start = index
        while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") { index += 1 }
        if index == start { return nil }
      }
    }
    let time = hour * 3_600 + minute * 60 + second
    guard time <= 86_400 else { return nil }
    if isAtEnd || takes(UInt8(ascii: "Z")) || takes(UInt8(ascii: "z")) { return time }
    let sign: Int
    if takes(UInt8(ascii: "+")) {
      sign = 1
    } else if takes(UInt8(ascii: "-")) {
      sign = -1
    } else {
      return nil
    }
    guard let zoneHour = number(digits: 2, in: 0...23) else { return nil }
    _ = takes(UInt8(ascii: ":"))
    var zoneMinute = 0
    if !isAtEnd {
      guard let value = number(digits: 2, in: 0...59) else { return nil }
      zoneMinute = value
    }
    return time - sign * (zoneHour * 3_600 + zoneMinute * 60)
  }
}
