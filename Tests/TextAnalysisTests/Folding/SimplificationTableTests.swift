import CICU
import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

/// The table of simplified characters is what ICU's transliterator makes of single characters.
///
/// With `SUO_WRITE_TABLES=1` in the environment the first test writes `Sources/CICU/SimplificationTable.h` instead of
/// comparing it.
@Suite struct SimplificationTableTests {
  /// What the transliterator makes of each single Han character, followed until it stays. Where two characters turn into
  /// each other, both and all that lead to them become the one with the lower code point, so that folding twice is
  /// folding once.
  private static func pairs() throws -> [(UInt32, UInt32)] {
    var status: Int32 = 0
    let transliterator = try #require(cicu_transliterator_open("Traditional-Simplified", &status))
    defer { cicu_transliterator_close(transliterator) }
    func once(_ character: UInt32) -> UInt32 {
      guard let scalar = Unicode.Scalar(character), cicu_is_han(character) else { return character }
      let units = Array(String(scalar).utf16)
      var result = [UInt16](repeating: 0, count: 16)
      let count = cicu_transliterate(transliterator, units, Int32(units.count), &result, 16, &status)
      let scalars = String(decoding: result.prefix(Int(max(count, 0))), as: UTF16.self).unicodeScalars
      return scalars.count == 1 ? scalars.first!.value : character
    }
    var pairs: [(UInt32, UInt32)] = []
    for character in UInt32(0x80)..<0x110000 {
      var chain = [character]
      while true {
        let next = once(chain.last!)
        if next == chain.last! { break }
        if let start = chain.firstIndex(of: next) {
          chain.append(chain[start...].min()!)
          break
        }
        chain.append(next)
      }
      if chain.last! != character { pairs.append((character, chain.last!)) }
    }
    return pairs
  }

  private static var icuVersion: String {
    var version = [CChar](repeating: 0, count: Int(CICU_VERSION_CAPACITY))
    cicu_icu_version(&version)
    return String(decoding: version.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static var isMadeHere: Bool {
    icuVersion == String(cString: cicu_simplification_icu_version()) || mayWrite
  }

  private static var mayWrite: Bool { ProcessInfo.processInfo.environment["SUO_WRITE_TABLES"] == "1" }

  @Test(.enabled(if: isMadeHere, "the table was made with another version of ICU"))
  func `The file of the table is what the transliterator gives`() throws {
    var lines = [
      "// Made by the test suite from ICU's transliterator Traditional-Simplified, one character at a time; do not edit.",
      "// Sorted by the first column: traditional character, simplified character.", "#pragma once", "",
      "#include <stdint.h>", "", "#define SIMPLIFICATION_ICU_VERSION \"\(Self.icuVersion)\"", "",
      "static const uint32_t simplifications[][2] = {",
    ]
    let pairs = try Self.pairs()
    for start in stride(from: 0, to: pairs.count, by: 6) {
      let row = pairs[start..<min(start + 6, pairs.count)].map { pair in
        "{0x\(String(pair.0, radix: 16, uppercase: true)), 0x\(String(pair.1, radix: 16, uppercase: true))},"
      }
      lines.append("  " + row.joined(separator: " "))
    }
    lines.append("};")
    let text = lines.joined(separator: "\n") + "\n"
    let file = URL(fileURLWithPath: SharedData.packageFolder + "/Sources/CICU/SimplificationTable.h")
    if Self.mayWrite { try text.write(to: file, atomically: true, encoding: .utf8) }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test(.enabled(if: isMadeHere, "the table was made with another version of ICU"))
  func `The table that is compiled has every pair and nothing else`() throws {
    let pairs = try Self.pairs()
    #expect(pairs.count == Int(cicu_simplification_count()))
    for (index, pair) in pairs.enumerated() {
      #expect(cicu_simplification_source(Int32(index)) == pair.0)
      #expect(cicu_simplified(pair.0) == pair.1)
    }
  }

  @Test func `Simplifying twice is simplifying once, and keeps what is not in the table`() {
    for character in UInt32(0)..<0x30000 {
      let simplified = cicu_simplified(character)
      #expect(cicu_simplified(simplified) == simplified)
    }
    for character in "a1中〇の한".unicodeScalars { #expect(cicu_simplified(character.value) == character.value) }
  }
}
