import IndexFormat

/// Another order of the documents of a segment, and of the passages that follow from it: those of a document stay together.
struct DocumentOrder: Sendable {
  /// The numbers that the documents had, in their new order.
  let documents: [Int]
  /// The numbers that the passages had, in their new order.
  let passages: [Int]
  /// By the number that a passage had: its new one.
  let places: [UInt32]

  /// - Parameter ranges: the passages of each document, before.
  init(_ documents: [Int], ranges: [Range<Int>]) {
    self.documents = documents
    passages = documents.flatMap { ranges[$0] }
    var places = [UInt32](repeating: 0, count: passages.count)
    for (place, passage) in passages.enumerated() { places[passage] = UInt32(place) }
    self.places = places
  }
}
