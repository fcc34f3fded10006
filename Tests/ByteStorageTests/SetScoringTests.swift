import ByteStorage
import CKernels
import TestSupport
import Testing

/// The loop in C that scores by sets of passages does what the obvious one does, whatever the processor.
@Suite struct SetScoringTests {
  /// Terms of a query in a segment of some ranges of 128 passages.
  private struct Terms {
    let passageCount: Int
    /// By term and passage, how often it occurs.
    var frequencies: [[UInt8]] = []
    var weights: [Float] = []
    var gained: [Float] = []
    /// What a term can add, as the kernel is told it.
    var bounds: [UInt64] = []

    init(_ generator: inout SeededGenerator) {
      passageCount = Int.random(in: 1...400, using: &generator)
      for _ in 0..<Int.random(in: 1...9, using: &generator) {
        let density = Double.random(in: 0.02...1, using: &generator)
        frequencies.append(
          (0..<passageCount).map { _ in generator.chance(density) ? .random(in: 1...255, using: &generator) : 0 })
        weights.append(.random(in: 0.1...9, using: &generator))
        gained.append(weights.last! * .random(in: 0.5...1, using: &generator))
        bounds.append(UInt64(weights.last! * 1000) + 1)
      }
    }

    /// By term, the set of passages that hold it, behind which stands what must not count.
    func held(_ term: Int) -> [UInt64] {
      var words = [UInt64](repeating: 0, count: (passageCount + 127) / 128 * 2)
      for passage in 0..<passageCount where frequencies[term][passage] > 0 {
        words[passage / 64] |= 1 << UInt64(passage % 64)
      }
      return words
    }
  }

  @Test(arguments: 0..<3)
  func termsAreAddedToPassagesThatAreAlive(width: Int) {
    var generator = SeededGenerator(seed: 30 + UInt64(width))
    for _ in 0..<120 {
      let terms = Terms(&generator)
      let lengths = (0..<terms.passageCount).map { _ in
        Int.random(in: 0...(width == 1 ? 255 : 60_000), using: &generator)
      }
      let norms = (0..<(width == 0 ? terms.passageCount : 65_536)).map { 1 / (1 + Float($0 % 1000) / 100) }
      // Exactly as many bytes as there are, so that a sanitizer tells who reads more.
      let bytes = lengths.flatMap { length in (0..<width).map { UInt8(length >> (8 * $0) & 255) } }
      let range = Int.random(in: 0...(terms.passageCount - 1) / 128, using: &generator)
      let places = (range * 128)..<min(range * 128 + 128, terms.passageCount)
      var alive: [UInt64] = [0, 0]
      // Eighths behind the last passage among them.
      for eighth in 0..<8 where generator.chance(0.6) {
        alive[eighth / 4] |= 0xFFFF << UInt64(16 * (eighth % 4))
      }
      let threshold = generator.chance(0.2) ? 0 : Float.random(in: 0...15, using: &generator)
      let start = (0..<128).map { place in
        places.contains(range * 128 + place) && generator.chance(0.2)
          ? Double(Float.random(in: 0.1...3, using: &generator)) : -0.0
      }

      var expected = start
      for term in terms.weights.indices {
        for passage in places where terms.frequencies[term][passage] > 0 {
          let norm = norms[width == 0 ? passage : lengths[passage]]
          let saturation = Float(terms.frequencies[term][passage]) * norm
          expected[passage % 128] += Double(terms.weights[term] - terms.gained[term] / (1 + saturation))
        }
      }

      let order = terms.weights.indices.map { terms.bounds[$0] << 32 | UInt64($0) }
      let sets = terms.weights.indices.map { term in
        (
          terms.held(term), terms.frequencies[term].filter { $0 > 0 } + [UInt8](repeating: 77, count: 16),
          UInt64(terms.frequencies[term].prefix(range * 128).count { $0 > 0 })
        )
      }
      var results: [(sums: [Double], alive: [UInt64])] = []
      for kernel in [suo_score_sets, suo_score_sets_avx2, suo_score_sets_portable] {
        var (sums, left, active) = (start, alive, order)
        let postings = sets.map(\.2)
        var known: [suo_set] = []
        for (term, set) in sets.enumerated() {
          known.append(
            suo_set(
              held: copy(set.0), frequencies: copy(set.1), weight: terms.weights[term], gained: terms.gained[term]))
        }
        let (values, firsts, each) = (copy(norms), copy(postings), copy(known))
        bytes.withUnsafeBytes { bytes in
          var query = suo_set_query(
            sets: each, postings: firsts,
            norms: suo_norm_source(
              lengths: bytes.baseAddress, values: values, width: UInt32(width), passages: UInt32(terms.passageCount)))
          kernel(&query, &active, UInt32(order.count), UInt32(range), threshold, 0.001, &sums, &left)
        }
        values.deallocate()
        firsts.deallocate()
        each.deallocate()
        for set in known {
          set.held.deallocate()
          set.frequencies.deallocate()
        }
        results.append((sums, left))
      }
      for place in 0..<128 {
        let isAlive = results.map { $0.alive[place / 64] >> UInt64(place % 64) & 1 == 1 }
        #expect(isAlive[0] == isAlive[1] && isAlive[0] == isAlive[2])
        let was = alive[place / 64] >> UInt64(place % 64) & 1 == 1
        let reaches = places.contains(range * 128 + place) && expected[place] >= Double(threshold)
        #expect(threshold <= 0 ? isAlive[0] == was : isAlive[0] == (was && reaches))
        guard isAlive[0] else { continue }
        #expect(results.allSatisfy { $0.sums[place].bitPattern == expected[place].bitPattern })
      }
    }
  }

  private func copy<Element>(_ values: [Element]) -> UnsafePointer<Element> {
    let room = UnsafeMutableBufferPointer<Element>.allocate(capacity: values.count)
    _ = room.initialize(from: values)
    return UnsafePointer(room.baseAddress!)
  }
}
