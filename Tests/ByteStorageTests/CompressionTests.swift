import ByteStorage
import TestSupport
import Testing

struct CompressionTests {
  private func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = [1, 2, 3]
    Compressor().compress(bytes, to: &output)
    return Array(output.dropFirst(3))
  }

  private func text(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    let alphabet = generator.pick([2, 20, 256])
    return (0..<count).map { _ in UInt8(Int.random(in: 0..<alphabet, using: &generator)) }
  }

  @Test(arguments: [0, 1, 2, 100, 4096, 16_384, 100_000])
  func bytesComeBack(count: Int) throws {
    for seed in Seeds.first(3) {
      var generator = SeededGenerator(seed: seed)
      let bytes = text(count, &generator)
      let frame = ByteView(copying: compressed(bytes))
      #expect(try Compressor.decompress(frame, count: count) == bytes, "seed \(seed)")
      for wrong in [count - 1, count + 1, 2 * count + 2, 1 << 30] where wrong >= 0 {
        #expect(throws: StorageError.self) { try Compressor.decompress(frame, count: wrong) }
      }
    }
  }

  @Test func oneCompressorServesManyTexts() throws {
    let compressor = Compressor()
    var output: [UInt8] = []
    var ends: [Int] = []
    for number in 0..<20 {
      compressor.compress([UInt8](repeating: UInt8(number), count: 50 * number), to: &output)
      ends.append(output.count)
    }
    let view = ByteView(copying: output)
    for number in 0..<20 {
      let start = number == 0 ? 0 : ends[number - 1]
      let bytes = try Compressor.decompress(view.slice(start, ends[number] - start), count: 50 * number)
      #expect(bytes == [UInt8](repeating: UInt8(number), count: 50 * number))
    }
  }

  @Test func shortFramesAreRefused() {
    var generator = SeededGenerator(seed: 1)
    let frame = compressed(text(1000, &generator))
    for count in 0..<frame.count {
      let short = ByteView(copying: frame.prefix(count))
      #expect(throws: StorageError.self, "\(count) bytes") { try Compressor.decompress(short, count: 1000) }
    }
  }

  @Test(arguments: Seeds.first(3))
  func damagedFramesAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let frame = compressed(text(500, &generator))
    for offset in frame.indices {
      var damaged = frame
      damaged[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      guard let bytes = try? Compressor.decompress(ByteView(copying: damaged), count: 500) else { continue }
      #expect(bytes.count == 500, "seed \(seed)")
    }
  }
}
