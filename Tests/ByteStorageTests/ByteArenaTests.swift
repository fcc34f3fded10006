import ByteStorage
import Testing

struct ByteArenaTests {
  /// Copies of all sizes, of which some fill a stretch to its end and one is larger than a stretch.
  private static let sizes = [0, 1, 5_000_000, 0, 3_388_607, 1, 9_000_000, 17]

  private static func bytes(_ number: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: UInt8(number), count: sizes[number])
    if let last = bytes.indices.last { (bytes[0], bytes[last]) = (100, bytes[last] &+ 200) }
    return bytes
  }

  @Test func copiesOutliveTheArena() {
    var views: [ByteView] = []
    do {
      var arena = ByteArena()
      for number in ByteArenaTests.sizes.indices {
        let original = ByteArenaTests.bytes(number)
        views.append(original.withUnsafeBufferPointer { arena.copy($0) })
      }
    }
    for (number, view) in views.enumerated() {
      #expect(view.copied() == ByteArenaTests.bytes(number), "copy \(number)")
    }
  }
}
