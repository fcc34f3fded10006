private import CKernels

/// The inner loops on latent vectors, written in C. Every sum is formed in one order, so all processors give equal bits.
package enum LatentKernels {
  /// Numbers in a vector; rows of matrices have as many.
  package static let width = Int(SUO_LATENT_WIDTH)

  /// Adds `vector` times its weight to each of the rows that `places` names, in their order.
  @inline(__always)
  package static func scatter(
    _ rows: UnsafeMutablePointer<Float>, _ places: UnsafePointer<UInt32>, _ weights: UnsafePointer<Float>, count: Int,
    _ vector: UnsafePointer<Float>
  ) {
    suo_latent_scatter(rows, places, weights, UInt32(truncatingIfNeeded: count), vector)
  }

  /// Adds each of the rows that `places` names, times its weight, to `vector`, in their order.
  @inline(__always)
  package static func gather(
    _ vector: UnsafeMutablePointer<Float>, _ rows: UnsafePointer<Float>, _ places: UnsafePointer<UInt32>,
    _ weights: UnsafePointer<Float>, count: Int
  ) {
    suo_latent_gather(vector, rows, places, weights, UInt32(truncatingIfNeeded: count))
  }

  /// Multiplies a vector by an upper triangular matrix.
  package static func multiply(
    _ vector: UnsafePointer<Float>, by matrix: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>
  ) {
    suo_latent_multiply(output, vector, matrix)
  }

  /// Adds the products of all pairs of numbers of two vectors to a matrix, in its upper triangle; what lies below it has no
  /// meaning.
  package static func addProducts(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
  ) {
    suo_latent_add_products(sums, left, right)
  }

  /// Adds bytes times `weight` to a vector.
  package static func add(_ bytes: UnsafePointer<Int8>, times weight: Float, to vector: UnsafeMutablePointer<Float>) {
    suo_latent_add_bytes(vector, bytes, weight)
  }

  /// Adds bytes brought to a length to a vector; nothing where all bytes are 0.
  package static func add(
    directionOf bytes: UnsafePointer<Int8>, length: Float, to vector: UnsafeMutablePointer<Float>
  ) {
    suo_latent_add_direction(vector, bytes, length)
  }

  /// 1 divided by the length of each row of bytes, or 0 where all of its bytes are 0.
  package static func inverseLengths(
    _ rows: UnsafePointer<UnsafePointer<Int8>?>, count: Int, into inverses: UnsafeMutablePointer<Float>
  ) {
    suo_latent_inverse_lengths(inverses, rows, UInt32(truncatingIfNeeded: count))
  }

  /// The products of a vector with rows of bytes, each times its weight.
  package static func products(
    _ vector: UnsafePointer<Float>, _ rows: UnsafePointer<UnsafePointer<Int8>?>, weights: UnsafePointer<Float>,
    count: Int, into products: UnsafeMutablePointer<Float>
  ) {
    suo_latent_products(products, vector, rows, weights, UInt32(truncatingIfNeeded: count))
  }
}
