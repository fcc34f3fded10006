private import CZstd

/// Zstandard frames that know their own length.
package final class Compressor {
  /// How much time is spent on a better ratio.
  package enum Effort: Int32, Sendable {
    /// For short records that repeat much of each other.
    case quick = 3
    /// For texts: where the ratio on passages stops paying for the time.
    case thorough = 6
  }

  private let context: OpaquePointer
  private let level: Int32

  package init(_ effort: Effort = .thorough) {
    guard let context = ZSTD_createCCtx() else { fatalError("out of memory") }
    self.context = context
    level = effort.rawValue
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Appends the compressed form of `bytes`.
  package func compress(_ bytes: [UInt8], to output: inout [UInt8]) {
    let start = output.count
    let room = ZSTD_compressBound(bytes.count)
    output.append(contentsOf: repeatElement(0, count: room))
    let written = output.withUnsafeMutableBytes { output in
      bytes.withUnsafeBytes { bytes in
        ZSTD_compressCCtx(
          context, output.baseAddress! + start, room, bytes.baseAddress, bytes.count, level)
      }
    }
    // With room for the worst case there is nothing that can fail but memory.
    precondition(ZSTD_isError(written) == 0, "zstd: \(String(cString: ZSTD_getErrorName(written)))")
    output.removeLast(room - written)
  }

  /// Gives back the bytes of one frame.
  ///
  /// - Parameter count: the length of the result, which is known from elsewhere; nothing else is accepted, so a damaged
  ///   frame cannot ask for more memory.
  package static func decompress(_ frame: ByteView, count: Int) throws(StorageError) -> [UInt8] {
    // The frame's own word for its length keeps a damaged table from asking for more memory than there is text.
    let recorded = frame.withBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
    guard recorded == UInt64(count) else {
      throw .malformedCompression(reason: "expected a frame of \(count) bytes, found another length")
    }
    var failure = ""
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
      let written = frame.withBytes { ZSTD_decompress(output.baseAddress, count, $0.baseAddress, $0.count) }
      if ZSTD_isError(written) != 0 {
        failure = String(cString: ZSTD_getErrorName(written))
      } else if written != count {
        failure = "expected \(count) bytes, found \(written)"
      } else {
        initialized = written
      }
    }
    guard failure.isEmpty else { throw .malformedCompression(reason: failure) }
    return bytes
  }
}
