private import CKernels

/// The inner loops over texts of ASCII, 64 bytes at a time, that are written in C.
package enum ASCIIKernels {
  /// Bytes that are looked at together.
  @inlinable
  package static var blockSize: Int { 64 }

  /// Sorts the bytes of a block.
  ///
  /// - Returns: bits of the letters, bits of the digits and apostrophes, and how many bytes there are before the first that is
  ///   not ASCII; what is no ASCII has no bit.
  @inline(__always)
  package static func letters(in block: UnsafePointer<UInt8>) -> (letters: UInt64, joints: UInt64, count: Int) {
    var letters: UInt64 = 0
    var joints: UInt64 = 0
    let count = suo_ascii_letters(block, &letters, &joints)
    return (letters, joints, Int(count))
  }

  /// Copies a block, with `blank` in the place of all but the printable characters of ASCII.
  ///
  /// - Returns: bits of these characters, and whether all bytes are ASCII.
  @inline(__always)
  package static func words(
    in block: UnsafePointer<UInt8>, blank: UInt8, into output: UnsafeMutablePointer<UInt8>
  ) -> (bits: UInt64, isASCII: Bool) {
    var others: UInt32 = 0
    let bits = suo_ascii_words(block, blank, output, &others)
    return (bits, others == 0)
  }
}
