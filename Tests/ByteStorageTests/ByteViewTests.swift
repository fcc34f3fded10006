import ByteStorage
import Testing

struct ByteViewTests {
  private let view = ByteView(copying: Array(UInt8(0)..<16))

  @Test func slicesStayInside() throws {
    #expect(try view.slice(4, 3).copied() == [4, 5, 6])
    #expect(try view.slice(16, 0).count == 0)
    #expect(try view.slice(2, 10).slice(9, 1).copied() == [11])
    for (offset, count) in [(17, 0), (16, 1), (-1, 1), (0, -1), (0, 17), (1, .max), (.max, 1), (.max, .max), (.min, 1)]
    {
      #expect(throws: StorageError.outOfBounds(offset: offset, needed: count, available: 16)) {
        try view.slice(offset, count)
      }
    }
  }

  @Test func loadsStayInside() throws {
    #expect(try view.load(1, as: UInt32.self) == 0x0403_0201)
    #expect(try view.load(15, as: UInt8.self) == 15)
    for offset in [-1, 9, 16, Int.max, Int.min] {
      #expect(throws: StorageError.outOfBounds(offset: offset, needed: 8, available: 16)) {
        try view.load(offset, as: UInt64.self)
      }
    }
  }

  @Test func anEmptyViewGivesNothing() {
    let empty = ByteView(copying: [])
    #expect(empty.copied().isEmpty)
    #expect(throws: StorageError.self) { try empty.load(0, as: UInt8.self) }
  }

  @Test func aSliceKeepsTheBytesAlive() throws {
    var slices: [ByteView] = []
    for number in UInt8(0)..<50 {
      slices.append(try ByteView(copying: [UInt8](repeating: number, count: 64)).slice(8, 8))
    }
    for (number, slice) in slices.enumerated() {
      #expect(slice.copied() == [UInt8](repeating: UInt8(number), count: 8))
    }
  }
}
