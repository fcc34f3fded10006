import ByteStorage
import IndexFormat

/// Evenly spaced passages with the weights of their terms, from which the latent dimensions are found.
///
/// With A for the matrix of sample passages and terms, the dimensions come from subspace iteration: from pseudo-random signs,
/// `Z = A · signs` and then a few times `Z = A · Aᵀ · orthonormal(Z)` (Halko, Martinsson and Tropp, 2011). Everything is held
/// by passages; what belongs to a term is computed when it is needed.
struct LatentSample {
  /// The most passages.
  static let mostPassages = 8192
  /// The most postings of all terms, about: longer passages make a smaller sample.
  static let mostPostings = 1 << 23
  private static let iterations = 3

  /// By passage of the index, its row, or -1.
  private var rows: [Int32]
  private(set) var count = 0
  /// The terms that the sample holds, and where the entries of each begin; `entryStarts` ends with the number of entries.
  private(set) var terms: [Int] = []
  private var entryStarts: [Int] = [0]
  private var places: [UInt32] = []
  private var weights: [Float] = []
  /// By row: the squares of terms that no other passage has.
  private var ownSquares: [Float] = []

  /// - Parameter postings: of all passages together.
  init(passages: Int, postings: Int) {
    rows = [Int32](repeating: -1, count: passages)
    let mean = max(postings / max(passages, 1), 1)
    count = min(passages, LatentSample.mostPassages, max(LatentSample.mostPostings / mean, 2 * LatentLayout.width))
    for row in 0..<count { rows[row * passages / count] = Int32(row) }
  }

  /// Takes up a block of a term's postings; the terms come one after the other.
  ///
  /// - Parameter term: the place of the term among those of two or more passages.
  mutating func append(
    _ term: Int, _ passages: UnsafePointer<UInt32>, _ weights: UnsafePointer<Float>, _ count: Int
  ) {
    for index in 0..<count {
      let row = rows[Int(passages[index])]
      guard row >= 0 else { continue }
      if terms.last != term {
        terms.append(term)
        entryStarts.append(places.count)
      }
      places.append(UInt32(row))
      self.weights.append(weights[index])
      entryStarts[entryStarts.count - 1] = places.count
    }
  }

  /// Divides the weights by the lengths of the vectors, when these are known.
  mutating func normalize(inverseLengths: [Float], ownSquares squares: [Float]) {
    var inverse = [Float](repeating: 0, count: count)
    ownSquares = inverse
    for passage in rows.indices where rows[passage] >= 0 {
      inverse[Int(rows[passage])] = inverseLengths[passage]
      ownSquares[Int(rows[passage])] = squares[passage]
    }
    for index in weights.indices { weights[index] *= inverse[Int(places[index])] }
  }

  /// The row of a passage, or nil where it is not in the sample.
  func row(of passage: Int) -> Int? { rows[passage] >= 0 ? Int(rows[passage]) : nil }

  /// Sets `vector` to a term's row of the basis.
  ///
  /// - Parameter index: of the term in `terms`.
  func basis(_ index: Int, _ combinations: FloatRows, into vector: UnsafeMutablePointer<Float>) {
    vector.update(repeating: 0, count: LatentLayout.width)
    gather(index, combinations, into: vector)
  }

  /// How the rows of the sample are combined to an orthonormal basis of the terms, in as many dimensions as there are.
  func combinations(dimensions: Int) -> FloatRows {
    var rows = start(dimensions)
    var next = FloatRows(count)
    for _ in 0..<LatentSample.iterations {
      orthonormalize(rows)
      multiply(rows, into: next)
      swap(&rows, &next)
    }
    // The columns of Aᵀ · rows become orthonormal: their products are those of the rows before and after A · Aᵀ.
    let products = GramMatrix()
    for row in 0..<count { products.add(next[row], rows[row]) }
    change(next, by: products.orthonormalization())
    return next
  }

  private func start(_ dimensions: Int) -> FloatRows {
    let rows = FloatRows(count)
    let signs = FloatRows(1)
    func setSigns(_ seed: UInt64) {
      let bits = LatentSample.hash(seed)
      for column in 0..<dimensions { signs.base[column] = bits >> UInt64(column) & 1 == 1 ? 1 : -1 }
    }
    for (index, term) in terms.enumerated() {
      setSigns(UInt64(term))
      scatter(index, signs.base, into: rows)
    }
    for row in 0..<count {
      // Of the terms of one passage, whose signs would be independent, only the sum of their squares is known.
      setSigns(UInt64.max - UInt64(row))
      let length = ownSquares[row].squareRoot()
      for column in 0..<dimensions { rows[row][column] += length * signs.base[column] }
    }
    return rows
  }

  /// `output = A · Aᵀ · rows`.
  private func multiply(_ rows: FloatRows, into output: FloatRows) {
    output.clear(count)
    let vector = FloatRows(1)
    for index in terms.indices {
      vector.clear(1)
      gather(index, rows, into: vector.base)
      scatter(index, vector.base, into: output)
    }
    for row in 0..<count {
      let square = ownSquares[row]
      for column in 0..<LatentLayout.width { output[row][column] += square * rows[row][column] }
    }
  }

  private func gather(_ index: Int, _ rows: FloatRows, into vector: UnsafeMutablePointer<Float>) {
    let start = entryStarts[index]
    places.withUnsafeBufferPointer { places in
      weights.withUnsafeBufferPointer { weights in
        guard let places = places.baseAddress, let weights = weights.baseAddress else { return }
        LatentKernels.gather(
          vector, rows.base, places + start, weights + start, count: entryStarts[index + 1] - start)
      }
    }
  }

  private func scatter(_ index: Int, _ vector: UnsafePointer<Float>, into rows: FloatRows) {
    let start = entryStarts[index]
    places.withUnsafeBufferPointer { places in
      weights.withUnsafeBufferPointer { weights in
        guard let places = places.baseAddress, let weights = weights.baseAddress else { return }
        LatentKernels.scatter(
          rows.base, places + start, weights + start, count: entryStarts[index + 1] - start, vector)
      }
    }
  }

  private func orthonormalize(_ rows: FloatRows) {
    let products = GramMatrix()
    for row in 0..<count { products.add(rows[row], rows[row]) }
    change(rows, by: products.orthonormalization())
  }

  private func change(_ rows: FloatRows, by matrix: FloatRows) {
    let changed = FloatRows(1)
    for row in 0..<count {
      LatentKernels.multiply(rows[row], by: matrix.base, into: changed.base)
      rows[row].update(from: changed.base, count: LatentLayout.width)
    }
  }

  /// 64 bits without pattern (the finalizer of SplitMix64).
  private static func hash(_ seed: UInt64) -> UInt64 {
    var bits = seed &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
