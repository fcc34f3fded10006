/// Why bytes in gzip's form cannot be decompressed.
package enum GzipError: Error, Equatable, Sendable {
  /// The bytes end before the compressed data do.
  case truncated
  /// A header asks for what RFC 1952 does not define, or another method than deflate.
  case unsupportedHeader
  /// The compressed data break the rules of RFC 1951.
  case malformedData
  /// The decompressed bytes have not the length or the checksum that were stored with them.
  case checksumMismatch
}

extension GzipError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated: "the gzip data end too early; copy the file again"
    case .unsupportedHeader: "expected gzip data as RFC 1952 defines them; decompress the file first"
    case .malformedData: "the gzip data are damaged; copy the file again"
    case .checksumMismatch: "the gzip data are damaged: their checksum does not match; copy the file again"
    }
  }
}
