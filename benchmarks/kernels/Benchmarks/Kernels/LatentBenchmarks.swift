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
  measure("products of a vector with 100 rows, portable") { _ in
    withExtendedLifetime(bytes) {
      suo_latent_products_portable(results.values, vector.values, rows.values, weights.values, 100)
    }
  }
  measure("inverse lengths of 100 rows, portable") { _ in
    withExtendedLifetime(bytes) { suo_latent_inverse_lengths_portable(results.values, rows.values, 100) }
  }
  measure("inverse lengths of 100 rows") { _ in
    withExtendedLifetime(bytes) { suo_latent_inverse_lengths(results.values, rows.values, 100) }
  }
  let matrix = Room<Float>((0..<width * width).map { _ in .random(in: -1...1, using: &generator) })
  let product = Room<Float>(repeating: 0, count: width)
  measure("product of a vector and a matrix") { _ in
    suo_latent_multiply(product.values, vector.values, matrix.values)
  }
  measure("product of a vector and a matrix, portable") { _ in
    suo_latent_multiply_portable(product.values, vector.values, matrix.values)
  }
  measure("products of two vectors, added to a matrix, portable") { _ in
    suo_latent_add_products_portable(matrix.values, vector.values, vector.values)
  }
  measure("products of two vectors, added to a matrix") { _ in
    suo_latent_add_products(matrix.values, vector.values, vector.values)
  }

  measure("add a row of bytes to a vector") { _ in suo_latent_add_bytes(product.values, bytes.values, 0.01) }
  measure("add a row of bytes to a vector, portable") { _ in
    suo_latent_add_bytes_portable(product.values, bytes.values, 0.01)
  }
  measure("add the direction of a row to a vector") { _ in suo_latent_add_direction(product.values, bytes.values, 1) }
  measure("add the direction of a row to a vector, portable") { _ in
    suo_latent_add_direction_portable(product.values, bytes.values, 1)
  }
  addRowBenchmarks(using: &generator)
}

/// What is done with the 60 different words of a passage when an index is made, each of which has a row.
private func addRowBenchmarks(using generator: inout SplitMix64) {
  let (words, passageWords) = (4_000, 60)
  let rows = Room<Float>(repeating: 0.5, count: words * Int(SUO_LATENT_WIDTH))
  let vector = Room<Float>(repeating: 0.5, count: Int(SUO_LATENT_WIDTH))
  let weights = Room<Float>((0..<passageWords).map { _ in .random(in: -0.1...0.1, using: &generator) })
  let places = Room<UInt32>((0..<UInt32(words)).shuffled(using: &generator).prefix(passageWords).map { $0 })
  let count = UInt32(passageWords)
  measure("add a vector to 60 rows") { _ in
    suo_latent_scatter(rows.values, places.values, weights.values, count, vector.values)
  }
  measure("add a vector to 60 rows, portable") { _ in
    suo_latent_scatter_portable(rows.values, places.values, weights.values, count, vector.values)
  }
  measure("add 60 rows to a vector") { _ in
    suo_latent_gather(vector.values, rows.values, places.values, weights.values, count)
  }
  measure("add 60 rows to a vector, portable") { _ in
    suo_latent_gather_portable(vector.values, rows.values, places.values, weights.values, count)
  }
}
