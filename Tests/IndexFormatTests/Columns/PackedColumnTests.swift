import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct PackedColumnTests {
  private func values(bits: Int, count: Int, _ generator: inout SeededGenerator) -> [UInt64] {
    let largest = bits == 0 ? 0 : UInt64.max >> UInt64(64 - bits)
    let smallest = generator.chance(0.5) ? 0 : UInt64.random(in: 0...(UInt64.max - largest), using: &generator)
    return (0..<count).map { index in
      switch index % 7 {
      case 3: smallest
      case 5: smallest + largest
      default: smallest + UInt64.random(in: 0...largest, using: &generator)
      }
    }
  }

  @Test(arguments: 0...64)
  func everyWidthComesBack(bits: Int) throws {
    for seed in Seeds.first(2) {
      var generator = SeededGenerator(seed: seed &+ UInt64(bits) << 32)
      for count in [0, 1, 127, 128, 129, 300] {
        let values = values(bits: bits, count: count, &generator)
        let column = try PackedColumn(ByteView(copying: PackedColumnWriter.encode(values)))
        #expect(column.count == count)
        var found: [UInt64] = []
        for index in 0..<column.count { found.append(try column[index]) }
        #expect(found == values, "seed \(seed), \(count) values")
        for index in [-1, count, Int.max, Int.min] {
          #expect(throws: StorageError.self) { try column[index] }
        }
      }
    }
  }

  /// Rising by whole numbers, by parts, so steeply that no line follows, up to the greatest numbers; with and without what
  /// strays from the line, at first below it too.
  @Test(arguments: Seeds.first(40))
  func valuesAlongALineComeBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...400, using: &generator)
    let step = UInt64.random(in: 0...(1 << UInt64.random(in: 1...52, using: &generator)), using: &generator)
    let parts = UInt64.random(in: 1...300, using: &generator)
    let stray = UInt64.random(in: 0...(1 << UInt64.random(in: 0...20, using: &generator)), using: &generator)
    let start: UInt64 = generator.pick([0, 5, 1 << 40, 1 << 61, (1 << 62) - 1_000, .max >> 1])
    let values = (0..<UInt64(count)).map { index -> UInt64 in
      let above = generator.chance(0.3) ? UInt64.random(in: 0...stray, using: &generator) : 0
      return start + step * index / parts + above
    }
    let column = try PackedColumn(ByteView(copying: PackedColumnWriter.encode(values)))
    var found: [UInt64] = []
    for index in 0..<column.count { found.append(try column[index]) }
    #expect(found == values, "\(count) values from \(start), \(step) / \(parts), stray \(stray)")
  }

  @Test func numbersInARowTakeNothingButTheirLine() {
    let column = PackedColumnWriter.encode((1_000..<1_256).map { UInt64($0) })
    #expect(column.count == 8 + 2 * PackedColumn.directoryEntryBytes + 8)
    let halves = PackedColumnWriter.encode((0..<128).map { UInt64($0 / 2) })
    #expect(halves.count == 8 + PackedColumn.directoryEntryBytes + 16 + 8)
  }

  @Test(arguments: Seeds.first(5))
  func theLastOfThoseNotAboveIsFound(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sorted = values(bits: 9, count: Int.random(in: 0...400, using: &generator), &generator).sorted()
    let column = try PackedColumn(ByteView(copying: PackedColumnWriter.encode(sorted)))
    let low = sorted.first ?? 0
    for value in [0, .max, low] + sorted.flatMap({ [$0, $0 &+ 1, $0 &- 1] }) {
      #expect(try column.lastIndex(notAbove: value) == sorted.lastIndex { $0 <= value }, "seed \(seed)")
    }
  }

  @Test func numbersAboveTheLimitAreRefused() throws {
    let column = try PackedColumn(ByteView(copying: PackedColumnWriter.encode([7, .max])))
    #expect(try column.ordinal(0, atMost: 7) == 7)
    #expect(throws: StorageError.self) { try column.ordinal(0, atMost: 6) }
    #expect(throws: StorageError.self) { try column.ordinal(1, atMost: .max) }
  }

  @Test(arguments: [0, 3, 17, 56, 64])
  func shortBytesAreRefusedWhenOpenedOrRead(bits: Int) {
    // The last 8 bytes only make room for wide loads: without them some widths can still be read.
    let padding = 8
    var generator = SeededGenerator(seed: UInt64(bits))
    let bytes = PackedColumnWriter.encode(values(bits: bits, count: 200, &generator))
    for count in 0..<(bytes.count - padding) {
      #expect(throws: StorageError.self, "\(count) bytes") {
        let column = try PackedColumn(ByteView(copying: bytes.prefix(count)))
        for index in 0..<column.count { _ = try column[index] }
      }
    }
  }

  @Test(arguments: Seeds.first(5))
  func damagedColumnsAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = PackedColumnWriter.encode(values(bits: 13, count: 300, &generator))
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = generator.pick([0, 0x7F, 0x80, 0xFF, 65])
      }
      guard let column = try? PackedColumn(ByteView(copying: damaged)) else { continue }
      for index in 0..<min(column.count, 400) { _ = try? column[index] }
      _ = try? column.lastIndex(notAbove: 5)
    }
  }
}
