import ByteStorage
import CKernels
import TestSupport
import Testing

/// The loops in C over latent vectors do what the obvious loops do, and give the same bits on every kind of processor.
@Suite struct LatentKernelTests {
  private let width = LatentKernels.width

  private func floats(_ count: Int, _ generator: inout SeededGenerator) -> [Float] {
    (0..<count).map { _ in .random(in: -2...2, using: &generator) }
  }

  private func bytes(_ generator: inout SeededGenerator) -> [Int8] {
    let isZero = generator.chance(0.1)
    return (0..<width).map { _ in isZero ? 0 : .random(in: -127...127, using: &generator) }
  }

  /// 1 divided by the length of bytes, whose squares are added in eight lanes; whole numbers, so the order does not matter.
  private func inverseLength(_ bytes: [Int8]) -> Float {
    let square = bytes.reduce(Float(0)) { $0 + Float($1) * Float($1) }
    return square > 0 ? 1 / square.squareRoot() : 0
  }

  @Test(arguments: Seeds.first(20))
  func rowsAreAddedTo(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rows = floats(9 * width, &generator)
    let count = Int.random(in: 0...20, using: &generator)
    let places = (0..<count).map { _ in UInt32.random(in: 0..<9, using: &generator) }
    let weights = floats(count, &generator)
    let vector = floats(width, &generator)
    var (expected, sums) = (rows, vector)
    for index in 0..<count {
      for column in 0..<width {
        expected[Int(places[index]) * width + column] += vector[column] * weights[index]
        sums[column] += rows[Int(places[index]) * width + column] * weights[index]
      }
    }
    var (scattered, scatteredPortably) = (rows, rows)
    LatentKernels.scatter(&scattered, places, weights, count: count, vector)
    suo_latent_scatter_portable(&scatteredPortably, places, weights, UInt32(count), vector)
    #expect(scattered == expected && scatteredPortably == expected, "seed \(seed)")
    var (gathered, gatheredPortably) = (vector, vector)
    LatentKernels.gather(&gathered, rows, places, weights, count: count)
    suo_latent_gather_portable(&gatheredPortably, rows, places, weights, UInt32(count))
    #expect(gathered == sums && gatheredPortably == sums, "seed \(seed)")
  }

  @Test(arguments: Seeds.first(20))
  func upperTrianglesAreMultipliedAndAddedTo(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (left, right) = (floats(width, &generator), floats(width, &generator))
    var matrix = floats(width * width, &generator)
    for row in 0..<width {
      for column in 0..<row { matrix[row * width + column] = 0 }
    }
    var expected = [Float](repeating: 0, count: width)
    var added = matrix
    for row in 0..<width {
      for column in row..<width {
        expected[column] += matrix[row * width + column] * left[row]
        added[row * width + column] += right[column] * left[row]
      }
    }
    var (product, portableProduct) = (left, left)
    LatentKernels.multiply(left, by: matrix, into: &product)
    suo_latent_multiply_portable(&portableProduct, left, matrix)
    #expect(product == expected && portableProduct == expected, "seed \(seed)")
    var (sums, portableSums) = (matrix, matrix)
    LatentKernels.addProducts(left, right, to: &sums)
    suo_latent_add_products_portable(&portableSums, left, right)
    #expect(sums == portableSums, "seed \(seed)")
    for row in 0..<width {
      let upper = row * width + row..<(row + 1) * width
      #expect(sums[upper] == added[upper], "seed \(seed), row \(row)")
    }
  }

  @Test(arguments: Seeds.first(40))
  func bytesAreAddedAsTheyAreAndAsDirections(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (bytes, vector) = (bytes(&generator), floats(width, &generator))
    let weight = Float.random(in: -1...1, using: &generator)
    var (sums, portable) = (vector, vector)
    LatentKernels.add(bytes, times: weight, to: &sums)
    suo_latent_add_bytes_portable(&portable, bytes, weight)
    #expect(sums == zip(vector, bytes).map { $0 + Float($1) * weight } && portable == sums, "seed \(seed)")
    let square = bytes.reduce(Float(0)) { $0 + Float($1) * Float($1) }
    let length = square > 0 ? weight / square.squareRoot() : 0
    (sums, portable) = (vector, vector)
    LatentKernels.add(directionOf: bytes, length: weight, to: &sums)
    suo_latent_add_direction_portable(&portable, bytes, weight)
    #expect(sums == zip(vector, bytes).map { $0 + Float($1) * length } && portable == sums, "seed \(seed)")
  }

  @Test(arguments: Seeds.first(20))
  func rowsHaveLengthsAndProducts(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...30, using: &generator)
    let all = (0..<count).map { _ in bytes(&generator) }
    let copies = all.map { row in
      let copy = UnsafeMutablePointer<Int8>.allocate(capacity: width)
      copy.initialize(from: row, count: width)
      return Optional(UnsafePointer(copy))
    }
    defer { for copy in copies { copy?.deallocate() } }
    var (lengths, portable) = (floats(count, &generator), floats(count, &generator))
    LatentKernels.inverseLengths(copies, count: count, into: &lengths)
    suo_latent_inverse_lengths_portable(&portable, copies, UInt32(count))
    #expect(lengths == all.map(inverseLength) && portable == lengths, "seed \(seed)")
    let (vector, weights) = (floats(width, &generator), floats(count, &generator))
    var products = lengths
    LatentKernels.products(vector, copies, weights: weights, count: count, into: &products)
    suo_latent_products_portable(&portable, vector, copies, weights, UInt32(count))
    #expect(portable == products, "seed \(seed)")
    for (index, row) in all.enumerated() {
      // Every eighth product goes into one lane, and the lanes are added in their order.
      var lanes = [Float](repeating: 0, count: 8)
      for column in 0..<width { lanes[column % 8] += vector[column] * Float(row[column]) }
      #expect(products[index] == lanes.reduce(0, +) * weights[index], "seed \(seed), row \(index)")
    }
  }
}
