import ByteStorage

/// A term with what evaluators need of it for one similarity, without locks; it serves one thread.
final class CompiledTerm {
  let known: KnownTerm
  /// Its inverse document frequency times the scale of the similarity.
  let weight: Float
  /// By segment, where they have been asked for.
  private let inSegments: UnsafeMutablePointer<UnsafeMutablePointer<SegmentTerm>?>
  /// Keeps alive what these point to.
  @exclusivity(unchecked) private var bounds: [RangeBounds] = []

  init(_ known: KnownTerm, weight: Float) {
    self.known = known
    self.weight = weight
    inSegments = .allocate(capacity: known.lists.count)
    inSegments.initialize(repeating: nil, count: known.lists.count)
  }

  deinit {
    for index in known.lists.indices { inSegments[index]?.deallocate() }
    inSegments.deallocate()
  }

  /// The term in a segment, which must be one of the index, or nil before it is inserted; valid as long as this object.
  @inline(__always)
  func find(segment index: Int) -> UnsafePointer<SegmentTerm>? { UnsafePointer(inSegments[index]) }

  /// Fetches what `find` will return.
  @inline(__always)
  func fetch(segment index: Int) {
    if let term = inSegments[index] { Prefetch.bytes(term, count: MemoryLayout<SegmentTerm>.size) }
  }

  /// Inserts the term in a segment where it is not yet.
  func insert(
    _ term: SegmentTerm, _ bounds: RangeBounds, segment index: Int
  ) -> UnsafePointer<SegmentTerm> {
    precondition(inSegments[index] == nil, "a term is inserted once in a segment")
    let place = UnsafeMutablePointer<SegmentTerm>.allocate(capacity: 1)
    place.initialize(to: term)
    inSegments[index] = place
    self.bounds.append(bounds)
    return UnsafePointer(place)
  }
}
