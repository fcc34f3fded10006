import CKernels

/// Vectors of 64 numbers, by which the best hits are ranked again.
func addLatentBenchmarks() {
  var generator = SplitMix64(state: 4)
  let width = Int(SUO_LATENT_WIDTH)
  let vector = Room<Float>((0..<width).map { _ in .random(in: -1...1, using: &generator) })
  let passages = 10_000
  let bytes = Room<Int8>((0..<passages * width).map { _ in .random(in: -127...127, using: &generator) })
  let results = Room<Float>(repeating: 0, count: 100)
  let weights = Room<Float>(repeating: 1, count: 100)
  let rows = Room<UnsafePointer<Int8>?>(
    (0..<100).map { _ in UnsafePointer(bytes.values + .random(in: 0..<passages, using: &generator) * width) })
  measure("products of a vector with 100 rows") { _ in
    withExtendedLifetime(bytes) {
      suo_latent_products(results.values, vector.values, rows.values, weights.values, 100)
    }
  }
  measure("inverse lengths of 100 rows") { _ in
    withExtendedLifetime(bytes) { suo_latent_inverse_lengths(results.values, rows.values, 100) }
  }
  let matrix = Room<Float>((0..<width * width).map { _ in .random(in: -1...1, using: &generator) })
  let product = Room<Float>(repeating: 0, count: width)
  measure("product of a vector and a matrix") { _ in
    suo_latent_multiply(product.values, vector.values, matrix.values)
  }
  measure("products of two vectors, added to a matrix") { _ in
    suo_latent_add_products(matrix.values, vector.values, vector.values)
  }
}
