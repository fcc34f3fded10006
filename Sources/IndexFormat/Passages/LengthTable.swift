import ByteStorage

/// The length of every passage in scored tokens, exact: width in bytes u64 (1, 2 or 4), then the lengths.
package struct LengthTable: Sendable {
  /// How many passages there are.
  package let count: Int
  private let width: Int
  private let values: ByteView

  /// Bytes before the lengths, so that they are aligned.
  static let headerBytes = 8

  package init(_ section: SectionBytes, count: Int) throws(IndexError) {
    self.count = count
    do throws(StorageError) {
      let width = try section.view.load(0, as: UInt64.self)
      guard [1, 2, 4].contains(width) else {
        throw .inconsistent(reason: "expected lengths of 1, 2 or 4 bytes, found \(width)")
      }
      self.width = Int(width)
      values = try section.view.slice(LengthTable.headerBytes, count * Int(width))
    } catch { throw section.damaged(error) }
  }

  /// The bytes of a section with these lengths.
  package static func encode(_ lengths: [UInt32]) -> [UInt8] {
    let longest = lengths.max() ?? 0
    var bytes: [UInt8] = []
    let width = longest <= UInt8.max ? 1 : longest <= UInt16.max ? 2 : 4
    bytes.append(littleEndian: UInt64(width))
    bytes.reserveCapacity(headerBytes + width * lengths.count)
    for length in lengths {
      switch width {
      case 1: bytes.append(UInt8(length))
      case 2: bytes.append(littleEndian: UInt16(length))
      default: bytes.append(littleEndian: length)
      }
    }
    return bytes
  }

  /// The length of a passage, which must exist.
  @inline(__always)
  package subscript(passage: UInt32) -> UInt32 {
    precondition(Int(passage) < count)
    return unchecked(Int(passage))
  }

  /// Bytes of a length: 1, 2 or 4.
  package var bytesPerLength: Int { width }

  /// The lengths as they lie in the file, little-endian, `bytesPerLength` bytes each; valid as long as the table is.
  package var bytes: UnsafeRawPointer { values.base }

  @inline(__always)
  private func unchecked(_ passage: Int) -> UInt32 {
    switch width {
    case 1: UInt32(values.base.load(fromByteOffset: passage, as: UInt8.self))
    case 2: UInt32(UInt16(littleEndian: values.base.load(fromByteOffset: 2 * passage, as: UInt16.self)))
    default: UInt32(littleEndian: values.base.load(fromByteOffset: 4 * passage, as: UInt32.self))
    }
  }
}
