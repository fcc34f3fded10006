private import CZlib

/// Decompresses files of gzip (RFC 1952), which may have several members one after the other.
package enum Gzip {
  /// Whether bytes begin as gzip's do. No text in UTF-8 does.
  package static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// zlib's largest window, and its mark for gzip's header and trailer.
  private static let gzipWindow: Int32 = MAX_WBITS + 16
  /// Bytes that are decompressed in one step.
  private static let chunkBytes = 1 << 18

  /// The decompressed bytes of all members.
  package static func decompress(_ bytes: [UInt8]) throws(GzipError) -> [UInt8] {
    guard !bytes.isEmpty else { throw .truncated }
    var output: [UInt8] = []
    var position = 0
    repeat { position = try decompressMember(of: bytes, from: position, to: &output) } while position < bytes.count
    return output
  }

  /// Appends the member that begins at `start`, and returns where it ends.
  private static func decompressMember(
    of bytes: [UInt8], from start: Int, to output: inout [UInt8]
  ) throws(GzipError) -> Int {
    var stream = z_stream()
    guard inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      fatalError("out of memory")
    }
    defer { inflateEnd(&stream) }
    var position = start
    var chunk = [UInt8](repeating: 0, count: chunkBytes)
    while true {
      let available = min(bytes.count - position, Int(UInt32.max))
      var status = Z_OK
      bytes.withUnsafeBufferPointer { input in
        chunk.withUnsafeMutableBufferPointer { room in
          // zlib only reads the input; its interface is older than `const`.
          stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress! + position)
          stream.avail_in = UInt32(available)
          stream.next_out = room.baseAddress
          stream.avail_out = UInt32(room.count)
          status = inflate(&stream, Z_NO_FLUSH)
        }
      }
      position += available - Int(stream.avail_in)
      output += chunk[..<(chunkBytes - Int(stream.avail_out))]
      switch status {
      case Z_STREAM_END: return position
      case Z_OK where stream.avail_out == 0 || position < bytes.count: continue
      case Z_OK, Z_BUF_ERROR: throw .truncated
      default: throw failure(stream.msg.map { String(cString: $0) } ?? "")
      }
    }
  }

  /// What zlib's message means.
  private static func failure(_ message: String) -> GzipError {
    switch message {
    case "incorrect header check", "unknown compression method", "unknown header flags set", "header crc mismatch":
      .unsupportedHeader
    case "incorrect data check", "incorrect length check": .checksumMismatch
    default: .malformedData
    }
  }
}
