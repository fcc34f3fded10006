import ByteStorage
import CKernels
import TestSupport
import Testing

/// The loops in C that score do what the obvious loops do, whatever the processor.
@Suite struct ScoringKernelTests {
  @Test func marksAreCountedAndTakenAway() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<100 {
      let count = 64 * Int.random(in: 1...300, using: &generator)
      let base = UInt32.random(in: 0...1_000_000, using: &generator)
      let documents = (0..<Int.random(in: 0...count, using: &generator)).map { _ in
        base + UInt32.random(in: 0..<UInt32(count), using: &generator)
      }
      var marks = [UInt8](repeating: 0, count: count)
      ScoringKernels.mark(documents, count: documents.count, base: base, in: &marks)
      #expect(ScoringKernels.takeMarks(&marks, count: count) == Set(documents).count)
      #expect(!marks.contains(1))
    }
  }

  @Test func sumsAreAddedToAndFound() {
    var generator = SeededGenerator(seed: 10)
    let norms = (0..<65_536).map { 1 / (1 + Float($0) / 100) }
    for _ in 0..<200 {
      let count = Int.random(in: 1...128, using: &generator)
      let base = 128 * UInt32.random(in: 0...4, using: &generator)
      let documents = (0..<128).shuffled(using: &generator).prefix(count).sorted().map { base + UInt32($0) }
      let frequencies = documents.map { _ in UInt32.random(in: 1...9, using: &generator) }
      let weight = Float.random(in: 0...10, using: &generator)
      let gained = weight * Float.random(in: 0.5...1, using: &generator)
      for width in [0, 1, 2] {
        let lengths = (0..<700).map { _ in Int.random(in: 0...(width == 1 ? 255 : 60_000), using: &generator) }
        let bytes = lengths.flatMap { length in (0..<max(width, 1)).map { UInt8(length >> (8 * $0) & 255) } }
        var sums = [Double](repeating: -0.0, count: 128)
        var portable = sums
        bytes.withUnsafeBytes { bytes in
          // What lies behind the postings is read, and must not count.
          let behind = [UInt32](repeating: .random(in: 0 ... .max, using: &generator), count: 8)
          ScoringKernels.accumulate(
            documents + behind, frequencies + behind, count: count, lengths: bytes.baseAddress!, bytesPerLength: width,
            norms: norms, weight: weight, gained: gained, base: base, to: &sums)
          suo_accumulate_portable(
            documents + behind, frequencies + behind, UInt32(count), bytes.baseAddress, UInt32(width), norms, weight,
            gained, base, &portable)
        }
        var expected = [Double](repeating: -0.0, count: 128)
        for (document, frequency) in zip(documents, frequencies) {
          let norm = norms[width == 0 ? Int(document) : lengths[Int(document)]]
          expected[Int(document - base)] += Double(weight - gained / (1 + Float(frequency) * norm))
        }
        #expect(sums == expected && portable.map(\.bitPattern) == sums.map(\.bitPattern))
        let window = 8 * Int.random(in: 0...7, using: &generator)..<8 * Int.random(in: 8...16, using: &generator)
        for least in [-Double.infinity, 0, Double.random(in: 0.01...5, using: &generator), max(sums[17], 0.01)] {
          let (low, high) = ScoringKernels.reaching(sums, in: window, least)
          var mask: [UInt64] = [1, 1]
          suo_reaching_portable(sums, UInt32(window.lowerBound), UInt32(window.upperBound), least, &mask)
          #expect(mask == [low, high])
          for place in 0..<128 {
            let isFound = (place < 64 ? low >> UInt64(place) : high >> UInt64(place - 64)) & 1 == 1
            let wasAdded = documents.contains(base + UInt32(place))
            #expect(isFound == (window.contains(place) && (least > 0 ? sums[place] >= least : wasAdded)))
          }
        }
      }
    }
  }

  @Test func markedSumsAreAddedToAndTaken() {
    var generator = SeededGenerator(seed: 12)
    let size = ScoringKernels.windowSize
    var marks = [UInt64](repeating: 0, count: size / 64)
    // What is left from the window before means nothing.
    var sums = [Double](repeating: 77, count: size)
    var (portableMarks, portableSums) = (marks, sums)
    for round in 0..<9 {
      let width = round % 3
      let base = UInt32(size * Int.random(in: 0...2, using: &generator))
      let end = Int(base) + size
      let norms = (0..<(width == 0 ? end : 65_536)).map { 1 / (1 + Float($0 % 1000) / 100) }
      let lengths = (0..<end).map { _ in Int.random(in: 0...(width == 1 ? 255 : 60_000), using: &generator) }
      let bytes = lengths.flatMap { length in (0..<max(width, 1)).map { UInt8(length >> (8 * $0) & 255) } }
      var places = [UInt32](repeating: 0, count: size + 1)
      var portablePlaces = places
      var expected: [Int: Double] = [:]
      var marked = 0
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let most = Int.random(in: 1...128, using: &generator)
        let chosen = (0..<most).map { _ in Int.random(in: 0..<300, using: &generator) }
        let documents = Set(chosen).sorted().map { base + UInt32($0 * (size / 300)) }
        let frequencies = documents.map { _ in UInt32.random(in: 1...9, using: &generator) }
        let weight = Float.random(in: 0...10, using: &generator)
        let gained = weight * Float.random(in: 0.5...1, using: &generator)
        // What lies behind the postings is read, and must not count.
        let behind = (0..<8).map { _ in UInt32.random(in: 0 ... .max, using: &generator) }
        let saturations = zip(documents, frequencies).map { document, frequency in
          Float(frequency) * norms[width == 0 ? Int(document) : lengths[Int(document)]]
        }
        let (from, count) = (UInt32(marked), UInt32(documents.count))
        let isMultiplied = generator.chance(0.5)
        var markedPortably: UInt32 = 0
        marked = bytes.withUnsafeBytes { bytes in
          if isMultiplied {
            let saturations = saturations + behind.map(Float.init(bitPattern:))
            markedPortably = suo_accumulate_saturated_portable(
              documents + behind, saturations, count, weight, gained, base, &portableSums, &portableMarks,
              &portablePlaces, from)
            return ScoringKernels.accumulate(
              documents + behind, saturations: saturations, count: documents.count, weight: weight, gained: gained,
              base: base, to: &sums, marks: &marks, places: &places, marked: marked)
          }
          markedPortably = suo_accumulate_marked_portable(
            documents + behind, frequencies + behind, count, bytes.baseAddress, UInt32(width), norms, weight, gained,
            base, &portableSums, &portableMarks, &portablePlaces, from)
          return ScoringKernels.accumulate(
            documents + behind, frequencies + behind, count: documents.count, lengths: bytes.baseAddress!,
            bytesPerLength: width, norms: norms, weight: weight, gained: gained, base: base, to: &sums, marks: &marks,
            places: &places, marked: marked)
        }
        #expect(Int(markedPortably) == marked)
        for (document, frequency) in zip(documents, frequencies) {
          let norm = norms[width == 0 ? Int(document) : lengths[Int(document)]]
          expected[Int(document - base), default: -0.0] += Double(weight - gained / (1 + Float(frequency) * norm))
        }
      }
      #expect(places.prefix(marked).sorted() == expected.keys.sorted().map { UInt32($0) })
      #expect(places.prefix(marked).allSatisfy { sums[Int($0)] == expected[Int($0)] })
      #expect(portablePlaces == places && portableMarks == marks)
      #expect(portableSums.map(\.bitPattern) == sums.map(\.bitPattern))
      portableMarks = [UInt64](repeating: 0, count: size / 64)
      let order = Array(places.prefix(marked))
      let least = Float.random(in: 0...8, using: &generator)
      let kept = ScoringKernels.takeMarked(&places, count: marked, sums, &marks, reaching: least)
      #expect(Array(places.prefix(kept)) == order.filter { Float(sums[Int($0)]) >= least })
      #expect(marks.allSatisfy { $0 == 0 })
    }
  }

  @Test func passagesOfARangeBecomeBits() {
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<300 {
      let base = 128 * UInt32.random(in: 0...9, using: &generator)
      let count = Int.random(in: 0...128, using: &generator)
      let places = (0..<128).shuffled(using: &generator).prefix(count).sorted()
      var expected: [UInt64] = [0, 0]
      for place in places { expected[place / 64] |= 1 << UInt64(place % 64) }
      let (low, high) = ScoringKernels.mask(places.map { base + UInt32($0) }, count: count, base: base)
      #expect([low, high] == expected)
    }
  }
}
