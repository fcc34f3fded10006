private import CXXHash

/// XXH3 with 64 and 128 bits (Collet, "xxHash"): any change of the bytes changes it but for a chance of 2^-64.
package final class Checksum {
  private let state: OpaquePointer

  package init() {
    guard let state = XXH3_createState() else { fatalError("out of memory") }
    self.state = state
    XXH3_128bits_reset(state)
  }

  deinit { XXH3_freeState(state) }

  /// Takes in more bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    if bytes.count > 0 { XXH3_128bits_update(state, bytes.baseAddress, bytes.count) }
  }

  /// The low 64 bits of the checksum of all bytes so far.
  package var value: UInt64 { XXH3_128bits_digest(state).low64 }

  /// The checksum of one buffer.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    XXH3_128bits(bytes.baseAddress, bytes.count).low64
  }

  /// The checksum of a view.
  package static func of(_ view: ByteView) -> UInt64 { view.withBytes { of($0) } }

  /// Sixteen bytes that stand for the content of `bytes`.
  package static func identity(of bytes: [UInt8]) -> [UInt8] {
    let (low, high) = bytes.withUnsafeBytes { halves(of: $0) }
    var identity: [UInt8] = []
    identity.append(littleEndian: low)
    identity.append(littleEndian: high)
    return identity
  }

  /// Both halves of the 128 bits of one buffer.
  package static func halves(of bytes: UnsafeRawBufferPointer) -> (low: UInt64, high: UInt64) {
    let hash = XXH3_128bits(bytes.baseAddress, bytes.count)
    return (hash.low64, hash.high64)
  }
}
