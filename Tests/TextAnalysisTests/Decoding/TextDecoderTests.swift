import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct TextDecoderTests {
  private func decode(_ bytes: [UInt8]) throws(TextDecodingError) -> DecodedText {
    let result = bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(TextDecodingError) in try TextDecoder.decode(bytes) }
    }
    return try result.get()
  }

  private func text(_ decoded: DecodedText) -> String { String(decoding: decoded.text, as: UTF8.self) }

  @Test(arguments: ["", "plain", "焦虑症 naïve 👍", "\u{FFFD}"])
  func `UTF-8 stays as it is, with or without a mark`(sample: String) throws {
    let plain = try decode(Array(sample.utf8))
    #expect(text(plain) == sample && plain.encoding == "UTF-8")
    let marked = try decode([0xEF, 0xBB, 0xBF] + Array(sample.utf8))
    #expect(text(marked) == sample && marked.encoding == "UTF-8")
    for offset in 0...sample.utf8.count {
      #expect(plain.sourceOffset(ofUTF8Offset: offset) == offset)
      #expect(marked.sourceOffset(ofUTF8Offset: offset) == offset + 3)
    }
  }

  @Test(arguments: EncodedSamples.all)
  func `Older encodings are recognised and decoded`(sample: EncodedSamples.Sample) throws {
    let decoded = try decode(sample.bytes)
    #expect(decoded.encoding == sample.encoding)
    #expect(text(decoded) == sample.text)
  }

  @Test(
    arguments: [
      ([0xC4, 0xE3, 0xBA, 0xC3], "你好", "GB18030"), ([0xBD, 0xB9, 0xC2, 0xC7, 0x0A], "焦虑\n", "GB18030"),
      ([0x63, 0x61, 0x66, 0xE9], "café", "windows-1252"),
    ] as [([UInt8], String, String)])
  func `A few characters are enough`(bytes: [UInt8], expected: String, encoding: String) throws {
    let decoded = try decode(bytes)
    #expect(text(decoded) == expected && decoded.encoding == encoding)
  }

  @Test func `Control characters make binary data of what is not UTF-8`() {
    #expect(throws: TextDecodingError.unknownEncoding(offset: 0)) { try decode([0xC4, 0xE3, 0xBA, 0xC3, 0x01]) }
  }

  /// Checks that the bytes of the file before the place of each character decode to the text before it.
  private func expectExactOffsets(_ decoded: DecodedText, _ bytes: [UInt8], markLength: Int) throws {
    var offset = 0
    for scalar in String(decoding: decoded.text, as: UTF8.self).unicodeScalars {
      let source = decoded.sourceOffset(ofUTF8Offset: offset)
      let before = try bytes[markLength..<source].withUnsafeBufferPointer { bytes in
        try ICUDecoding.decode(bytes, encoding: decoded.encoding, start: 0)
      }
      #expect(before.text == Array(decoded.text[..<offset]), "byte \(offset)")
      let length = UTF8.width(scalar)
      for inner in 1..<max(length, 1) { #expect(decoded.sourceOffset(ofUTF8Offset: offset + inner) == source) }
      offset += length
    }
    #expect(decoded.sourceOffset(ofUTF8Offset: offset) == bytes.count)
  }

  @Test(arguments: EncodedSamples.all)
  func `Offsets lead back to the bytes of the file`(sample: EncodedSamples.Sample) throws {
    // Longer than several intervals of the landmarks.
    let bytes = Array([sample.bytes, [0x0A]].joined())
    let long = (0..<12).flatMap { _ in bytes }
    try expectExactOffsets(try decode(long), long, markLength: 0)
  }

  private func wide(_ text: String, unit: Int, bigEndian: Bool) -> [UInt8] {
    let numbers = unit == 2 ? text.utf16.map(UInt32.init) : text.unicodeScalars.map(\.value)
    return numbers.flatMap { number in
      let bytes = (0..<unit).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
      return bigEndian ? bytes.reversed() : bytes
    }
  }

  @Test(arguments: [(2, false, "UTF-16LE"), (2, true, "UTF-16BE"), (4, false, "UTF-32LE"), (4, true, "UTF-32BE")])
  func `UTF-16 and UTF-32 are known by their marks`(unit: Int, bigEndian: Bool, name: String) throws {
    let sample = "焦虑 anxiety 𠮷👍\nline"
    let mark = wide("\u{FEFF}", unit: unit, bigEndian: bigEndian)
    let bytes = mark + wide(sample, unit: unit, bigEndian: bigEndian)
    let decoded = try decode(bytes)
    #expect(decoded.encoding == name && text(decoded) == sample)
    try expectExactOffsets(decoded, bytes, markLength: mark.count)
  }

  @Test func `Binary data and damaged text are refused at their byte`() {
    #expect(throws: TextDecodingError.binary(offset: 3)) { try decode([0x61, 0x62, 0x63, 0, 0x64]) }
    #expect(throws: TextDecodingError.binary(offset: 4)) { try decode([0xEF, 0xBB, 0xBF, 0x61, 0]) }
    let chinese = Array("催产素调节焦虑症的认知与神经生理机制".utf8)
    #expect(throws: TextDecodingError.malformedUTF8(offset: chinese.count)) { try decode(chinese + [0xFF]) }
    // A character that is cut off at the end does not make another encoding of the file.
    #expect(throws: TextDecodingError.malformedUTF8(offset: chinese.count - 3)) {
      try decode(Array(chinese.dropLast()))
    }
    #expect(throws: TextDecodingError.malformedUTF8(offset: 4)) { try decode([0xEF, 0xBB, 0xBF, 0x61, 0xC0, 0x80]) }
    #expect(throws: TextDecodingError.unknownEncoding(offset: 1)) { try decode([0x61, 0x81, 0x20, 0xFF, 0xFE, 0x8F]) }
    #expect {
      try decode([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x61, 0x00])
    } throws: { error in
      guard case TextDecodingError.malformed(encoding: "UTF-16LE", offset: 4) = error else { return false }
      return true
    }
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `Any bytes give text or an error`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
      UInt8.random(in: Bool.random(using: &generator) ? 1...255 : 0x80...255, using: &generator)
    }
    do {
      let decoded = try decode(bytes)
      #expect(String(validating: decoded.text, as: UTF8.self) != nil, "seed \(seed)")
      #expect(decoded.sourceOffset(ofUTF8Offset: decoded.text.count) == bytes.count, "seed \(seed)")
    } catch {
      #expect(!error.description.isEmpty)
    }
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `Validation agrees with the standard library`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = RandomText(count: 10, using: &generator).text
    for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0x80...255, using: &generator)
    }
    let first = bytes.withUnsafeBufferPointer { UTF8Validation($0).firstMalformed }
    #expect((first == nil) == (String(validating: bytes, as: UTF8.self) != nil), "seed \(seed)")
    if let first { #expect(String(validating: bytes[..<first], as: UTF8.self) != nil, "seed \(seed)") }
  }
}
