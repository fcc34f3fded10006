import ByteStorage
import TestSupport

@testable import IndexFormat

/// A random list of postings with the bytes that the encoders make of it.
struct PostingsSample {
  var documents: [UInt32] = []
  var frequencies: [UInt32] = []
  /// Positions of each posting; empty for a list without positions.
  var positions: [[UInt32]] = []
  /// The length of every passage.
  var lengths: [UInt32]
  var info: TermInfo
  var postingBytes: [UInt8] = []
  var positionBytes: [UInt8] = []

  /// A list of `count` postings.
  ///
  /// - Parameter density: postings for each passage, above 0 and at most 1.
  init(count: Int, density: Double, isPositional: Bool, _ generator: inout SeededGenerator) {
    let mostFrequent = generator.pick([1, 2, 5, 40])
    var document: UInt32 = 0
    for _ in 0..<count {
      let gap = density == 1 ? 0 : Int.random(in: 0...Int(2 / density), using: &generator)
      documents.append(document + UInt32(gap))
      document += UInt32(gap) + 1
      // Most passages hold a term once or twice.
      let spread = generator.chance(0.1) ? mostFrequent * 20 : mostFrequent
      frequencies.append(UInt32.random(in: 1...UInt32(spread), using: &generator))
    }
    let longest = generator.pick([1, 100, 70_000])
    lengths = (0...document).map { _ in UInt32.random(in: 0...UInt32(longest), using: &generator) }
    if isPositional {
      for frequency in frequencies {
        var position = UInt32.random(in: 0...50, using: &generator)
        var places = [position]
        for _ in 1..<frequency {
          position += UInt32.random(in: 1...(generator.chance(0.05) ? 1_000_000 : 9), using: &generator)
          places.append(position)
        }
        positions.append(places)
      }
    }
    info = TermInfo(
      documentFrequency: UInt32(count), totalFrequency: frequencies.reduce(0) { $0 + UInt64($1) },
      isPositional: isPositional, postings: 0..<0, positions: 0..<0)
    encode()
  }

  private mutating func encode() {
    var positionEnds: [UInt32]?
    if info.isPositional {
      var encoder = PositionsEncoder()
      let numbers = positions.flatMap { places in
        places.indices.map { $0 == 0 ? places[0] : places[$0] - places[$0 - 1] }
      }
      let frequencies = frequencies
      var bytes: [UInt8] = []
      positionEnds = numbers.withUnsafeBufferPointer { numbers in
        frequencies.withUnsafeBufferPointer { encoder.encode(numbers, frequencies: $0, to: &bytes) }
      }
      positionBytes = bytes
    }
    if documents.count == 1 {
      info.singlePosting = TermInfo.SinglePosting(document: documents[0], frequency: frequencies[0])
    } else {
      var encoder = PostingsEncoder()
      var bytes: [UInt8] = []
      documents.withUnsafeBufferPointer { documents in
        frequencies.withUnsafeBufferPointer { frequencies in
          encoder.encode(documents: documents, frequencies: frequencies, positionEnds: positionEnds, to: &bytes)
        }
      }
      postingBytes = bytes
    }
    info.postings = 0..<postingBytes.count
    info.positions = 0..<positionBytes.count
  }

  func list(_ bytes: [UInt8]? = nil) throws(IndexError) -> PostingsList {
    try PostingsList(info, postings: SectionBytes(.postings, bytes ?? postingBytes))
  }

  func cursor(_ bytes: [UInt8]? = nil) throws(IndexError) -> PostingsCursor {
    PostingsCursor(try list(bytes), passageCount: lengths.count)
  }

  /// The sizes at which the form of a list changes, and some between them.
  static let counts = [1, 2, 3, 127, 128, 129, 200, 255, 256, 257, 1000, 1024, 1300]
  static let densities = [1, 0.7, 0.01]
}
