import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct LatentVectorsTests {
  /// Vectors as they were put in, with the bytes of the section.
  private struct Sample {
    var marked: [Int] = []
    var terms: Int
    var termVectors: [[Float]] = []
    var passageVectors: [[Float]] = []
    var reaches: [Float] = []
    var bytes: [UInt8] = []

    init(terms: Int, passages: Int, _ generator: inout SeededGenerator) {
      self.terms = terms
      var encoder = LatentVectorsEncoder()
      marked = (0..<terms).filter { _ in generator.chance(0.3) }
      bytes = encoder.head(marked: marked, count: marked.count, terms: terms, passages: passages)
      for _ in marked {
        let vector = Sample.vector(&generator)
        vector.withUnsafeBufferPointer { encoder.appendTerm($0.baseAddress!, to: &bytes) }
        termVectors.append(vector)
      }
      bytes += encoder.termScales()
      for _ in 0..<passages {
        let vector = Sample.vector(&generator)
        reaches.append(Float.random(in: 0...3, using: &generator))
        vector.withUnsafeBufferPointer {
          encoder.appendPassage($0.baseAddress!, reach: reaches[reaches.count - 1], to: &bytes)
        }
        passageVectors.append(vector)
      }
      bytes += encoder.passageReaches()
    }

    private static func vector(_ generator: inout SeededGenerator) -> [Float] {
      let size: Float = generator.pick([0, 1e-6, 0.1, 1])
      return (0..<LatentLayout.width).map { _ in size * Float.random(in: -1...1, using: &generator) }
    }

    func vectors(_ bytes: [UInt8]? = nil) throws(IndexError) -> LatentVectors? {
      try LatentVectors(
        SectionBytes(.latent, bytes ?? self.bytes), terms: terms, passages: passageVectors.count)
    }
  }

  @Test(arguments: Seeds.first(10))
  func vectorsComeBackToHalfAByte(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sample = Sample(
      terms: generator.pick([0, 1, 63, 64, 65, 200]), passages: generator.pick([0, 1, 40]), &generator)
    let vectors = try #require(try sample.vectors())
    #expect(vectors.termVectorCount == sample.marked.count)
    for term in 0..<sample.terms {
      let found = try vectors.vector(ofTerm: term)
      guard let place = sample.marked.firstIndex(of: term) else {
        #expect(found == nil, "seed \(seed), term \(term)")
        continue
      }
      let vector = try #require(found)
      for (column, number) in sample.termVectors[place].enumerated() {
        #expect(abs(Float(vector.bytes[column]) * vector.scale - number) <= 0.501 * vector.scale, "seed \(seed)")
      }
    }
    for passage in sample.passageVectors.indices {
      #expect(try vectors.reach(ofPassage: passage) == sample.reaches[passage])
      let greatest = sample.passageVectors[passage].reduce(0) { max($0, abs($1)) }
      for (column, number) in sample.passageVectors[passage].enumerated() where greatest > 0 {
        let found = Float(vectors.vector(ofPassage: passage)[column]) / 127
        #expect(abs(found - number / greatest) <= 0.501 / 127, "seed \(seed), passage \(passage)")
      }
    }
  }

  @Test func anotherLengthIsRefused() throws {
    var generator = SeededGenerator(seed: 3)
    let sample = Sample(terms: 70, passages: 5, &generator)
    #expect(try sample.vectors([]) == nil)
    for count in 1..<sample.bytes.count {
      #expect(throws: IndexError.self, "\(count) bytes") { try sample.vectors(Array(sample.bytes.prefix(count))) }
    }
    #expect(throws: IndexError.self) { try sample.vectors(sample.bytes + [0]) }
  }

  @Test func countsOfAnotherSegmentAreRefused() throws {
    var generator = SeededGenerator(seed: 4)
    let sample = Sample(terms: 70, passages: 5, &generator)
    let section = SectionBytes(.latent, sample.bytes)
    #expect(throws: IndexError.self) { try LatentVectors(section, terms: 71, passages: 5) }
    #expect(throws: IndexError.self) { try LatentVectors(section, terms: 70, passages: 4) }
  }

  /// What is read says so where it cannot be true, and nothing outside the section is read.
  @Test func numbersOutOfRangeAreRefused() throws {
    var generator = SeededGenerator(seed: 5)
    let sample = Sample(terms: 70, passages: 5, &generator)
    let layout = LatentLayout(termVectors: sample.marked.count, terms: 70, passages: 5)
    func changed(_ offset: Int, _ bits: UInt32) throws -> LatentVectors {
      var bytes = sample.bytes
      withUnsafeBytes(of: bits.littleEndian) { bytes.replaceSubrange(offset..<(offset + 4), with: $0) }
      return try #require(try sample.vectors(bytes))
    }
    for number in [Float.nan, .infinity, -1, 1e7] {
      let scaled = try changed(layout.termScales, number.bitPattern)
      #expect(throws: IndexError.self, "\(number)") { try scaled.vector(ofTerm: sample.marked[0]) }
      let reaching = try changed(layout.reaches + 4, number.bitPattern)
      #expect(throws: IndexError.self, "\(number)") { try reaching.reach(ofPassage: 1) }
    }
    // How many marks stand before the first 64 terms.
    let misplaced = try changed(LatentLayout.headerBytes + 12, .max)
    #expect(throws: IndexError.self) { try misplaced.vector(ofTerm: sample.marked[0]) }
  }
}
