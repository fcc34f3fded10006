import ByteStorage

/// Where the parts of the section of latent vectors lie.
package struct LatentLayout: Sendable {
  /// Numbers of a vector, a signed byte each.
  package static let width = LatentKernels.width
  /// Terms with a vector u64, all terms u64, passages u64.
  static let headerBytes = 24
  /// The marks of 64 terms u64, and how many marks stand before them u64.
  static let markBytes = 16
  /// The vectors of the terms are rows of a matrix of orthonormal columns, so that no number in them is above 1; a little is
  /// allowed for rounding.
  static let greatestScale: Float = 1.01 / 127
  /// Reaches are below this: a passage of a million tokens would have to hold a word of its own once to come near it.
  static let greatestReach: Float = 1e6

  /// The offsets of the parts, counted from the section's beginning.
  let termVectors: Int
  let termScales: Int
  let passageVectors: Int
  let reaches: Int
  /// The length of the section.
  let end: Int

  init(termVectors vectors: Int, terms: Int, passages: Int) {
    termVectors = LatentLayout.headerBytes + LatentLayout.markBytes * ((terms + 63) / 64)
    termScales = termVectors + LatentLayout.width * vectors
    passageVectors = termScales + 4 * vectors
    reaches = passageVectors + LatentLayout.width * passages
    end = reaches + 4 * passages
  }
}
