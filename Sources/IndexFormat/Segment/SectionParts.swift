package import ByteStorage

/// A section that is made of several parts, with their places in front: count u32, then offset u64 and length u64 of
/// each, counted from the section's beginning; each part begins at a multiple of 8.
package enum SectionParts {
  /// Joins parts into the bytes of a section.
  package static func encode(_ parts: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt32(parts.count))
    var offset = aligned(4 + 16 * parts.count)
    for part in parts {
      bytes.append(littleEndian: UInt64(offset))
      bytes.append(littleEndian: UInt64(part.count))
      offset = aligned(offset + part.count)
    }
    for part in parts {
      bytes += repeatElement(0, count: aligned(bytes.count) - bytes.count)
      bytes += part
    }
    return bytes
  }

  /// The parts of a section that must have `count` of them, or any number where `count` is nil.
  package static func decode(_ view: ByteView, count expected: Int? = nil) throws(StorageError) -> [ByteView] {
    let count = Int(try view.load(0, as: UInt32.self))
    if let expected, expected != count {
      throw .inconsistent(reason: "expected \(expected) parts, found \(count)")
    }
    // The table must fit before room for its rows is taken.
    guard count <= (view.count - 4) / 16 else {
      throw .outOfBounds(offset: 4, needed: 16 * count, available: view.count)
    }
    var parts: [ByteView] = []
    parts.reserveCapacity(count)
    for index in 0..<count {
      guard let offset = Int(exactly: try view.load(4 + 16 * index, as: UInt64.self)),
        let length = Int(exactly: try view.load(12 + 16 * index, as: UInt64.self))
      else { throw .inconsistent(reason: "part \(index) lies outside the section") }
      parts.append(try view.slice(offset, length))
    }
    return parts
  }

  private static func aligned(_ offset: Int) -> Int { (offset + 7) / 8 * 8 }
}
