import ByteStorage
import TestSupport
import Testing

struct ChecksumTests {
  private func checksum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { Checksum.of($0) } }

  /// The value that the xxHash specification's reference program prints for no bytes:
  /// 99aa06d3014798d86001c324468d497f.
  @Test func theEmptyInputHasTheKnownValue() {
    #expect(checksum([]) == 0x6001_C324_468D_497F)
    #expect(
      Checksum.identity(of: [])
        == [0x7F, 0x49, 0x8D, 0x46, 0x24, 0xC3, 0x01, 0x60, 0xD8, 0x98, 0x47, 0x01, 0xD3, 0x06, 0xAA, 0x99])
  }

  @Test(arguments: Seeds.first(5))
  func piecesGiveTheSameAsTheWhole(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let pieces = Checksum()
    var start = 0
    while start < bytes.count {
      let end = min(start + Int.random(in: 0...700, using: &generator), bytes.count)
      Array(bytes[start..<end]).withUnsafeBytes { pieces.update($0) }
      start = end
    }
    #expect(pieces.value == checksum(bytes), "seed \(seed)")
    #expect(Checksum.of(ByteView(copying: bytes)) == checksum(bytes))
  }

  @Test func everyBitCounts() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
    let expected = checksum(bytes)
    for bit in 0..<(8 * bytes.count) {
      var changed = bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(checksum(changed) != expected)
    }
  }
}
